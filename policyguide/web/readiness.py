"""What an installation needs to serve people: each need, and what it lacks."""

import shutil
from collections.abc import Callable
from functools import cache
from tempfile import TemporaryFile

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.timezone import localdate

from policyguide.memos.worker import is_worker_there
from policyguide.policy.editions import NoEditionInForce, named_in_force

LEAST_FREE_BYTES = 100_000_000


def lacks() -> dict[str, str]:
    """By need, what is wrong; "" where nothing is. Without a database the rest that
    lives in it is not asked about."""
    needs: dict[str, Callable[[], str]] = {"disk": _disk, "database": _database}
    found = {need: look() for need, look in needs.items()}
    if not found["database"]:
        inside = {"migrations": _migrations, "edition": _edition, "worker": _worker}
        found |= {need: look() for need, look in inside.items()}
    return found


def _disk() -> str:
    try:
        with TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"x")
    except OSError as error:
        return f"the data folder cannot be written to: {error.strerror}"
    if shutil.disk_usage(settings.DATA_DIR).free < LEAST_FREE_BYTES:
        return "less than 100 MB are free"
    return ""


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return ""


def _migrations() -> str:
    missing = _known_migrations() - set(
        MigrationRecorder(connection).applied_migrations()
    )
    return f"{len(missing)} are not applied: run `manage.py migrate`" if missing else ""


@cache
def _known_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)


def _edition() -> str:
    try:
        named_in_force(localdate())
    except NoEditionInForce:
        return "none is in force: run `manage.py load_edition`"
    except DatabaseError:
        return "cannot be read"
    return ""


def _worker() -> str:
    try:
        there = is_worker_there()
    except DatabaseError:
        return "cannot be known"
    return "" if there else "has not been seen for two minutes: run `manage.py work`"
