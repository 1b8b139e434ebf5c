"""Guards: triggers by which the database refuses to change what is settled.

The code that writes the record keeps its rules by itself. Guards keep them from
everything else that reaches a table: an `update()`, the admin, a database shell. What
they refuse is an `IntegrityError`, and its message says why.

* Values are compared, so saving a row just as it was read is no change.
* SQLite's REPLACE deletes the rows in its way and asks no delete trigger, so there a
  write that shares a key with a settled row is refused as well.
* SQLite makes an altered table anew, without its triggers, and stumbles over those that
  name it. A migration that alters a guarded table therefore calls `remove` before and
  `install` after; a test notices if one did not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, kw_only=True)
class Guard:
    """Refuses an event on a table `when` a condition over OLD and NEW holds."""

    table: str
    event: str
    rule: str
    when: str
    says: str

    @property
    def name(self) -> str:
        return f"{self.table}_{self.rule}_{self.event.lower()}"


def settled(
    connection: BaseDatabaseWrapper,
    table: str,
    *,
    says: str,
    when: str = "TRUE",
    but: Iterable[str] = (),
) -> Iterator[Guard]:
    """Once `when` holds of a `{row}` it stays as it is, but for the columns in `but`.

    Without a `when`, rows can be added and nothing else.
    """
    kept = columns_of(connection, table) - set(but)
    is_settled = when.format(row="OLD")
    conditions = {
        "UPDATE": f"{is_settled} AND {changed(kept)}",
        "DELETE": is_settled,
        "TRUNCATE": "TRUE",
    }
    for event, condition in conditions.items():
        yield Guard(table=table, event=event, rule="stays", when=condition, says=says)
    if connection.vendor == "sqlite":
        yield from _irreplaceable(connection, table, says=says, when=when)


def sealed(
    connection: BaseDatabaseWrapper, table: str, *, says: str, when: str
) -> Iterator[Guard]:
    """Once `when` holds of what the rows belong to, they stay and none is added."""
    yield from settled(connection, table, says=says, when=when)
    is_sealed = when.format(row="NEW")
    conditions = {
        "INSERT": is_sealed,
        "UPDATE": f"{is_sealed} AND {changed(columns_of(connection, table))}",
    }
    for event, condition in conditions.items():
        yield Guard(table=table, event=event, rule="joins", when=condition, says=says)


def changed(columns: Iterable[str]) -> str:
    """The condition that an update gives one of the columns another value."""
    differences = (
        f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in sorted(columns)
    )
    return f"({' OR '.join(differences)})"


def install(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Put the guards up; those that stand already are put up anew."""
    guards = list(guards)
    remove(connection, guards)
    dialect = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in dialect(guard):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guards: Iterable[Guard]) -> None:
    """Take down those of the guards that stand."""
    with connection.cursor() as cursor:
        for guard in guards:
            place = "" if connection.vendor == "sqlite" else f" ON {guard.table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{place}")


def _irreplaceable(
    connection: BaseDatabaseWrapper, table: str, *, says: str, when: str
) -> Iterator[Guard]:
    """No row takes a key of one that is settled."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).values()
        primary = connection.introspection.get_primary_key_column(cursor, table)
    shared = " OR ".join(
        " AND ".join(f'kept."{column}" = NEW."{column}"' for column in key["columns"])
        for key in found
        if key["unique"] or key["primary_key"]
    )
    taken = (
        f"EXISTS (SELECT 1 FROM {table} AS kept "  # noqa: S608 - our own names
        f"WHERE ({shared}) AND {when.format(row='kept')}"
    )
    conditions = {
        "INSERT": f"{taken})",
        "UPDATE": f'{taken} AND kept."{primary}" <> OLD."{primary}")',
    }
    for event, condition in conditions.items():
        yield Guard(
            table=table, event=event, rule="unreplaced", when=condition, says=says
        )


def columns_of(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_table_description(cursor, table)
    return {column.name for column in found}


def _on_sqlite(guard: Guard) -> Iterator[str]:
    if guard.event != "TRUNCATE":
        yield (
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
            f"WHEN {guard.when} BEGIN SELECT RAISE(ABORT, '{guard.says}'); END"
        )


def _on_postgresql(guard: Guard) -> Iterator[str]:
    each = "STATEMENT" if guard.event == "TRUNCATE" else "ROW"
    row = "NEW" if guard.event in {"INSERT", "UPDATE"} else "OLD"
    yield (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger "
        f"LANGUAGE plpgsql AS $guard$ BEGIN IF {guard.when} THEN "
        f"RAISE EXCEPTION USING MESSAGE = '{guard.says}', "
        f"ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {row}; END $guard$"
    )
    yield (
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH {each} EXECUTE FUNCTION {guard.name}()"
    )
