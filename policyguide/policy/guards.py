"""What the database refuses to change in the record of the terms."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from policyguide.policy.immutability import Guard, changed, sealed, settled

PUBLISHED = "A published edition does not change: make a new one."
WITHDRAWN = "A withdrawal is not taken back or reworded: publish a new edition."
RECORDED = "What is recorded stays as it is: record anew instead."
SETTLED = "What somebody has settled stays so: capture the source anew."
NOT_EXACT = "A quotation must be exactly the piece of its capture that it names."

APPEND_ONLY = (
    "policy_source",
    "policy_capture",
    "policy_quotation",
    "policy_sourcecheck",
    "policy_logline",
)
APPEND_ONLY_LATER = ("policy_seal", "policy_technicalversion")
# Tables of an edition's rows, and how each row leads to its entry.
ROWS_OF_AN_ENTRY = {
    "policy_citation": "entry_id",
    "policy_action": "entry_ptr_id",
    "policy_affiliateterm": "entry_ptr_id",
    "policy_authority": "entry_ptr_id",
    "policy_clause": "entry_ptr_id",
    "policy_conflict": "entry_ptr_id",
    "policy_control": "entry_ptr_id",
    "policy_datacategory": "entry_ptr_id",
    "policy_effect": "entry_ptr_id",
    "policy_headline": "entry_ptr_id",
    "policy_position": "entry_ptr_id",
    "policy_region": "entry_ptr_id",
    "policy_regionterm": "entry_ptr_id",
    "policy_rumour": "entry_ptr_id",
    "policy_silence": "entry_ptr_id",
}
WITHDRAWAL = ("withdrawn_at", "withdrawn_by_id", "withdrawn_because")
SETTLEMENT = ("start", "end", "settled_at", "settled_by_id", "settled_because")


def guards(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """All guards of the policy tables, as their columns now are.

    The migration that first puts guards up runs before the last tables are there.
    """
    for table in APPEND_ONLY:
        yield from settled(connection, table, says=RECORDED)
    yield Guard(
        table="policy_quotation",
        event="INSERT",
        rule="is_exact",
        when="NEW.text IS DISTINCT FROM (SELECT substr(capture.text, NEW.start + 1, "
        'NEW."end" - NEW.start) FROM policy_capture AS capture '
        "WHERE capture.id = NEW.capture_id)",
        says=NOT_EXACT,
    )
    yield from _of_editions(connection)
    there = connection.introspection.table_names()
    if "policy_recheck" in there:
        yield from _of_rechecks(connection)
    for table in APPEND_ONLY_LATER:
        if table in there:
            yield from settled(connection, table, says=RECORDED)


def _of_editions(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    yield from settled(
        connection,
        "policy_edition",
        says=PUBLISHED,
        when="{row}.published_at IS NOT NULL",
        but=WITHDRAWAL,
    )
    yield Guard(
        table="policy_edition",
        event="UPDATE",
        rule="stays_withdrawn",
        when=f"OLD.withdrawn_at IS NOT NULL AND {changed(WITHDRAWAL)}",
        says=WITHDRAWN,
    )
    # Publishing gives the edition its number, which is a key, and so waits for whoever
    # holds the row like this.
    held = "" if connection.vendor == "sqlite" else " FOR KEY SHARE OF edition"
    yield from sealed(
        connection,
        "policy_entry",
        says=PUBLISHED,
        when="(SELECT edition.published_at "  # noqa: S608 - our own names
        "FROM policy_edition AS edition "
        f"WHERE edition.id = {{row}}.edition_id{held}) IS NOT NULL",
    )
    for table, entry in ROWS_OF_AN_ENTRY.items():
        yield from sealed(
            connection,
            table,
            says=PUBLISHED,
            when="(SELECT edition.published_at "  # noqa: S608 - our own names
            "FROM policy_edition AS edition "
            "JOIN policy_entry AS entry ON entry.edition_id = edition.id "
            f"WHERE entry.id = {{row}}.{entry}{held}) IS NOT NULL",
        )


def _of_rechecks(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    yield from settled(connection, "policy_recheck", says=RECORDED, but=SETTLEMENT)
    yield Guard(
        table="policy_recheck",
        event="UPDATE",
        rule="stays_settled",
        when=f"OLD.settled_at IS NOT NULL AND {changed(SETTLEMENT)}",
        says=SETTLED,
    )
