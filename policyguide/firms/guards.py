"""What the database refuses between firms: a row that moves from one to another, and a
row that belongs to another firm's row."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from policyguide.policy.immutability import Guard, settled

SAME_FIRM = "A row and all that belongs to it are of one firm, and stay with it."

VISITED = "A visit stays as it was recorded."

OF_A_FIRM = (
    "firms_calendaraddress",
    "firms_invitation",
    "firms_logo",
    "firms_membership",
    "firms_office",
    "firms_task",
)
# Tables whose rows name a membership, and the column by which they do.
OF_A_MEMBERSHIP = {
    "firms_calendaraddress": "membership_id",
    "firms_task": "owner_id",
}


def guards(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """All guards of those tables of this app that are there by now."""
    for table in connection.introspection.table_names():
        if table in OF_A_FIRM:
            yield keeps_its_firm(table)
        if by := OF_A_MEMBERSHIP.get(table):
            for event in ("INSERT", "UPDATE"):
                yield is_of_the_firm(
                    table, parent="firms_membership", by=by, event=event
                )
        if table == "firms_visit":
            yield from settled(connection, table, says=VISITED)


def keeps_its_firm(table: str) -> Guard:
    """A row stays with the firm that it was made for."""
    return Guard(
        table=table,
        event="UPDATE",
        rule="keeps_its_firm",
        when="NEW.firm_id IS DISTINCT FROM OLD.firm_id",
        says=SAME_FIRM,
    )


def is_of_the_firm(table: str, *, parent: str, by: str, event: str = "INSERT") -> Guard:
    """A row that names a row of `parent` in its column `by` is of that one's firm."""
    firm = f"SELECT firm_id FROM {parent} WHERE id = NEW.{by}"  # noqa: S608 - our own names
    return Guard(
        table=table,
        event=event,
        rule="is_of_the_firm",
        when=f"NEW.{by} IS NOT NULL AND NEW.firm_id IS DISTINCT FROM ({firm})",
        says=SAME_FIRM,
    )
