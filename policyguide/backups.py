"""The whole database in one file, and back.

Memos, captures and people are all rows, so a backup is complete but for the settings.
SQLite is copied by its own backup, which others may write beside, PostgreSQL by
pg_dump. Each file begins with a word that tells which of them it is.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

FIRST_BYTES = {"sqlite": b"SQLite format 3\0", "postgresql": b"PGDMP"}
SECONDS_BETWEEN_TRIES = 0.005
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


class BackupFailed(Exception):
    """Why there is no backup, or nothing restored, and what to do about it."""


def write_backup(connection: BaseDatabaseWrapper, file: Path) -> None:
    """Copy the database into a new file and read all of the copy back.

    The file has its name only once it is whole; no file that is there is touched.
    """
    _reserve(file)
    partial = file.with_name(f"{file.name}.partial")
    try:
        partial.touch(mode=0o600)
        if connection.vendor == "sqlite":
            _copy_sqlite(connection, partial)
        else:
            _dump_postgresql(connection, partial)
        partial.replace(file)
    except (OSError, DatabaseError, sqlite3.Error) as error:
        raise BackupFailed(f"{file} could not be written: {error}") from error
    finally:
        partial.unlink(missing_ok=True)
        if not file.stat().st_size:
            file.unlink()


def read_backup(connection: BaseDatabaseWrapper, file: Path) -> None:
    """Fill an empty database from a backup: with all of it, or not at all."""
    _require_backup_of(connection, file)
    _require_empty(connection)
    if connection.vendor == "sqlite":
        _restore_sqlite(connection, file)
    else:
        _restore_postgresql(connection, file)


def _reserve(file: Path) -> None:
    """Take the name, so that two backups at once cannot both have it."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, mode=0o600))
    except FileExistsError as error:
        raise BackupFailed(
            f"{file} is there already, and a backup overwrites nothing. "
            "Choose another name."
        ) from error
    except OSError as error:
        raise BackupFailed(f"{file} cannot be written: {error.strerror}.") from error


def _require_backup_of(connection: BaseDatabaseWrapper, file: Path) -> None:
    try:
        with file.open("rb") as opened:
            begins = opened.read(16)
    except OSError as error:
        raise BackupFailed(f"{file} cannot be read: {error.strerror}.") from error
    made_of = [name for name, word in FIRST_BYTES.items() if begins.startswith(word)]
    if not made_of:
        raise BackupFailed(f"{file} is not a backup made by `manage.py backup`.")
    if made_of != [connection.vendor]:
        raise BackupFailed(
            f"{file} is a backup of {NAMES[made_of[0]]}, and DATABASE_URL names "
            f"{NAMES[connection.vendor]}. Restore it into an empty database of its "
            "own kind."
        )


def _require_empty(connection: BaseDatabaseWrapper) -> None:
    if connection.introspection.table_names():
        name = connection.settings_dict["NAME"]
        raise BackupFailed(
            f"The database {name} is not empty, and a restore replaces nothing. Let "
            "DATABASE_URL name a new one, or move the old one away first."
        )


# ── SQLite ──────────────────────────────────────────────────────────────────────────


def _copy_sqlite(connection: BaseDatabaseWrapper, file: Path) -> None:
    """In one go, so that all of it is of one moment. Many short tries find a gap
    between the commits of a busy writer sooner than a few long waits."""
    kept = connection.get_connection_params() | {"timeout": 0}
    with (
        closing(sqlite3.connect(**kept)) as source,
        closing(sqlite3.connect(file)) as copy,
    ):
        source.backup(copy, sleep=SECONDS_BETWEEN_TRIES)
        _require_whole(copy, file)


def _restore_sqlite(connection: BaseDatabaseWrapper, file: Path) -> None:
    connection.ensure_connection()
    with closing(
        sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    ) as kept:
        _require_whole(kept, file)
        kept.backup(connection.connection)


def _require_whole(copy: sqlite3.Connection, file: Path) -> None:
    try:
        says = [*copy.execute("PRAGMA integrity_check(1)")]
        dangling = [*copy.execute("PRAGMA foreign_key_check")]
    except sqlite3.DatabaseError as error:
        raise BackupFailed(f"{file} is damaged: {error}.") from error
    if says != [("ok",)] or dangling:
        first = (
            says[0][0] if says != [("ok",)] else f"a row of {dangling[0][0]} dangles"
        )
        raise BackupFailed(f"{file} is damaged: {first}.")


# ── PostgreSQL ──────────────────────────────────────────────────────────────────────


def _dump_postgresql(connection: BaseDatabaseWrapper, file: Path) -> None:
    kind = ("--format=custom", "--no-owner", "--no-privileges")
    options = (*kind, "--file", str(file.resolve()))
    _run("pg_dump", *_addressed(connection, *options))
    _run("pg_restore", ["--file=/dev/null", str(file.resolve())], {})


def _restore_postgresql(connection: BaseDatabaseWrapper, file: Path) -> None:
    how = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
    options = (*how, str(file.resolve()), "--dbname")
    _run("pg_restore", *_addressed(connection, *options))


def _addressed(
    connection: BaseDatabaseWrapper, *options: str
) -> tuple[list[str], dict[str, str]]:
    """The options and, last, the database; the environment holds the password."""
    asked, env = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, options
    )
    _psql, *words = asked
    return words, env or {}


def _run(program: str, words: list[str], env: dict[str, str]) -> None:
    found = shutil.which(program)
    if not found:
        raise BackupFailed(
            f"{program} is missing. As root: apt-get install postgresql-client"
        )
    done = subprocess.run(  # noqa: S603 - the database's own program
        [found, *words],
        env=os.environ | env,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise BackupFailed(f"{program} failed: {done.stderr.strip()}")
