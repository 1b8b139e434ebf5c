"""What the database itself refuses, and the ways around Django to try it."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from policyguide.firms.guards import guards as firm_guards
from policyguide.memos.guards import guards as memo_guards
from policyguide.notices.guards import guards as notice_guards
from policyguide.policy.guards import guards as policy_guards


def every_guard(on=connection):
    """The guards of all tables."""
    apps = (policy_guards, firm_guards, memo_guards, notice_guards)
    return [guard for guards in apps for guard in guards(on)]


@contextmanager
def refused(message):
    """The database refuses what is done here, for the reason that is told."""
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        yield


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def replace(row, **changes):
    """Write the row by SQLite's INSERT OR REPLACE, as a connection like any other."""
    fields = row._meta.local_concrete_fields
    values = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in fields
    } | changes
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(["%s"] * len(values))
    execute("PRAGMA recursive_triggers = OFF")
    try:
        execute(
            f"INSERT OR REPLACE INTO {row._meta.db_table} "  # noqa: S608 - our own names
            f"({names}) VALUES ({marks})",
            *values.values(),
        )
    finally:
        execute("PRAGMA recursive_triggers = ON")


on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite")
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only on PostgreSQL"
)
