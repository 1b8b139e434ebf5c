"""What the database refuses to change in the record of what was issued."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from policyguide.firms.guards import is_of_the_firm, keeps_its_firm
from policyguide.policy.immutability import Guard, settled

ISSUED = "An issued memo does not change: issue a new one."
RECORDED = "What was issued, and what became of it, stays as it was recorded."

OF_A_MEMO = ("memos_original", "memos_ruling")


def guards(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """All guards of the memo tables, as their columns now are."""
    yield from settled(
        connection, "memos_memo", says=ISSUED, when="{row}.state = 'issued'"
    )
    yield keeps_its_firm("memos_memo")
    for table in OF_A_MEMO:
        yield from settled(connection, table, says=RECORDED)
        yield is_of_the_firm(table, parent="memos_memo", by="memo_id")
