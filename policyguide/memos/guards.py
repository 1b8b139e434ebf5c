"""What the database refuses to change in the record of what was issued."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from policyguide.firms.guards import SAME_FIRM, is_of_the_firm, keeps_its_firm
from policyguide.policy.immutability import Guard, settled

ISSUED = "An issued memo does not change: issue a new one."
RECORDED = "What was issued, and what became of it, stays as it was recorded."
STARTED = "A batch stays as it was started; it may only be paused and resumed."

OF_A_MEMO = ("memos_download", "memos_original", "memos_ruling")


def guards(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """All guards of those memo tables that are there by now, as their columns are."""
    yield from settled(
        connection, "memos_memo", says=ISSUED, when="{row}.state = 'issued'"
    )
    yield keeps_its_firm("memos_memo")
    known = connection.introspection.table_names()
    if "memos_batchfirm" in known:
        yield from settled(connection, "memos_batch", says=STARTED, but=["is_paused"])
        yield keeps_its_firm("memos_batchfirm")
        yield from names_a_memo_of_its_firm("memos_batchfirm")
    for table in (table for table in OF_A_MEMO if table in known):
        yield from settled(connection, table, says=RECORDED)
        yield is_of_the_firm(table, parent="memos_memo", by="memo_id")


def names_a_memo_of_its_firm(table: str) -> Iterator[Guard]:
    """A row may name a memo later, but only one of its own firm."""
    firm = "SELECT firm_id FROM memos_memo WHERE id = NEW.memo_id"
    for event in ("INSERT", "UPDATE"):
        yield Guard(
            table=table,
            event=event,
            rule="names_a_memo_of_its_firm",
            when=f"NEW.memo_id IS NOT NULL AND NEW.firm_id IS DISTINCT FROM ({firm})",
            says=SAME_FIRM,
        )
