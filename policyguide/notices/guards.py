"""What the database refuses to change in what people were told."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from policyguide.firms.guards import SAME_FIRM, keeps_its_firm
from policyguide.policy.immutability import Guard, columns_of


def guards(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """All guards of the tables of notices."""
    yield keeps_its_firm("notices_notice")
    if "ruling_id" in columns_of(connection, "notices_notice"):
        yield from _of_rulings()


def _of_rulings() -> Iterator[Guard]:
    """A notice is about a ruling of its own firm, or about none, and stays so."""
    firm = "SELECT firm_id FROM memos_ruling WHERE id = NEW.ruling_id"
    yield Guard(
        table="notices_notice",
        event="INSERT",
        rule="is_of_the_firm",
        when=f"NEW.ruling_id IS NOT NULL AND NEW.firm_id IS DISTINCT FROM ({firm})",
        says=SAME_FIRM,
    )
    yield Guard(
        table="notices_notice",
        event="UPDATE",
        rule="keeps_its_ruling",
        when="NEW.ruling_id IS DISTINCT FROM OLD.ruling_id",
        says=SAME_FIRM,
    )
