"""What the database refuses to change in the record of what was issued."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from policyguide.policy.immutability import Guard, settled

ISSUED = "An issued memo does not change: issue a new one."
RECORDED = "What was issued, and what became of it, stays as it was recorded."
SAME_FIRM = "A memo and all that belongs to it are of one firm, and stay with it."

OF_A_MEMO = ("memos_original", "memos_ruling")


def guards(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """All guards of the memo tables, as their columns now are."""
    yield from settled(
        connection, "memos_memo", says=ISSUED, when="{row}.state = 'issued'"
    )
    yield Guard(
        table="memos_memo",
        event="UPDATE",
        rule="keeps_its_firm",
        when="NEW.firm_id IS DISTINCT FROM OLD.firm_id",
        says=SAME_FIRM,
    )
    for table in OF_A_MEMO:
        yield from settled(connection, table, says=RECORDED)
        yield Guard(
            table=table,
            event="INSERT",
            rule="is_of_the_firm",
            when="NEW.firm_id IS DISTINCT FROM "
            "(SELECT firm_id FROM memos_memo WHERE id = NEW.memo_id)",
            says=SAME_FIRM,
        )
