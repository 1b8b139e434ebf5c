"""What was committed before a backup began is there after a restore: 25 drills on
SQLite, fewer on PostgreSQL, while another process goes on writing."""

import subprocess
import sys
import time
from contextlib import contextmanager
from io import StringIO
from itertools import count

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections
from django.db.migrations.recorder import MigrationRecorder

from policyguide.backups import read_backup, write_backup
from policyguide.policy.models import LogLine
from tests.refusing import on_postgresql, on_sqlite

pytestmark = pytest.mark.django_db

IS_SQLITE = connection.vendor == "sqlite"
DRILLS = 25 if IS_SQLITE else 5

# Commits one line of the log after another, and tells the number of each.
WRITER = """
import itertools, sqlite3, sys, time
if sys.argv[1] == "sqlite":
    db = sqlite3.connect(sys.argv[2], timeout=30)
    mark = "?"
else:
    import psycopg
    db = psycopg.connect(sys.argv[2])
    mark = "%s"
for number in itertools.count(1):
    db.execute(
        "INSERT INTO policy_logline (at, what, subject, why, sha256_before, "
        f"sha256_after) VALUES ('2026-11-24 12:00', 'drill', {mark}, '', '', '')",
        (str(number),),
    )
    db.commit()
    print(number, flush=True)
    time.sleep(0.03)
"""

numbers = count(1)


@pytest.fixture(scope="module")
def backup(django_db_setup, django_db_blocker, tmp_path_factory):
    """A backup of all that the tests' database holds, made in no test's transaction."""
    file = tmp_path_factory.mktemp("backups") / "of-the-record"
    with django_db_blocker.unblock():
        write_backup(connection, file)
    return file


@pytest.fixture
def empty(tmp_path):
    """Makes connections to new, empty databases."""
    made = []

    def new_one():
        one = connection.copy()
        number = next(numbers)
        one.settings_dict["NAME"] = (
            str(tmp_path / f"{number}.sqlite3")
            if IS_SQLITE
            else f"{connection.settings_dict['NAME']}_drill_{number}"
        )
        on_the_server("CREATE DATABASE {}", one)
        made.append(one)
        return one

    yield new_one
    for one in made:
        one.close()
        on_the_server("DROP DATABASE {} WITH (FORCE)", one)


def on_the_server(sql, one):
    """What only PostgreSQL asks for: its databases are made and dropped by name."""
    if not IS_SQLITE:
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql.format(one.settings_dict["NAME"]))


@pytest.fixture
def database(empty, backup):
    """The installation's database, for as long as the test takes."""
    one = empty()
    read_backup(one, backup)
    with installed(one):
        yield one


@contextmanager
def writing_to(one, told):
    """Another process writes, and tells in this file what is committed."""
    if IS_SQLITE:
        where = one.settings_dict["NAME"]
    else:
        asked = one.get_connection_params()
        where = f"host={asked['host']} user={asked['user']} dbname={asked['dbname']}"
    command = [sys.executable, "-c", WRITER, connection.vendor, where]
    with told.open("wb") as output:
        process = subprocess.Popen(command, stdout=output)  # noqa: S603
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def committed(told, writer, *, more_than=-1):
    """The number of the last line that was committed; there is soon another."""
    while writer.poll() is None:
        whole_lines = told.read_text().rpartition("\n")[0].split()
        last = int(whole_lines[-1]) if whole_lines else 0
        if last > more_than:
            return last
        time.sleep(0.01)
    raise AssertionError(f"the writer ended with {writer.returncode}")


@contextmanager
def installed(one):
    """The installation's database is this one."""
    kept = connections["default"]
    connections["default"] = one
    try:
        yield
    finally:
        connections["default"] = kept


def drill_lines(one):
    with one.cursor() as cursor:
        cursor.execute("SELECT subject FROM policy_logline WHERE what = 'drill'")
        return sorted(int(subject) for (subject,) in cursor.fetchall())


def said_by(*command):
    said = StringIO()
    call_command(*command, stdout=said)
    return said.getvalue()


def test_whatever_was_committed_before_a_backup_is_restored(database, empty, tmp_path):
    told, backups, last = tmp_path / "told", [], 0
    with writing_to(database, told) as writer:
        for drill in range(DRILLS):
            last = committed(told, writer, more_than=last)
            write_backup(database, tmp_path / f"backup-{drill}")
            backups.append((last, tmp_path / f"backup-{drill}"))

    for acknowledged, file in backups:
        restored = empty()
        read_backup(restored, file)

        lines = drill_lines(restored)
        assert len(lines) >= acknowledged
        assert lines == list(range(1, len(lines) + 1)), "nothing is missing in between"
        with installed(restored):
            assert "All is as it was recorded" in said_by("verify")


def test_the_commands_keep_everything_and_fill_a_new_installation(
    database, empty, tmp_path
):
    file = tmp_path / "kept"
    said = said_by("backup", file)
    assert f"{file} holds all data" in said
    assert "keep POLICYGUIDE_SECRET_KEY" in said
    assert file.stat().st_mode & 0o777 == 0o600

    with installed(empty()):
        said = said_by("restore", file)

    assert "All is as it was recorded" in said
    assert f"Restored from {file}" in said


def test_guards_stand_in_a_restored_database(database):
    with pytest.raises(IntegrityError, match="stays as it is"):
        LogLine.objects.update(what="altered")


def refused(*command):
    with pytest.raises(CommandError) as refusal:
        call_command(*command)
    return str(refusal.value)


def test_a_backup_overwrites_nothing(database, tmp_path):
    file = tmp_path / "kept"
    file.write_text("something")

    assert "is there already" in refused("backup", file)
    assert file.read_text() == "something"


def test_a_backup_needs_a_folder_that_is_there(database, tmp_path):
    file = tmp_path / "no-such-folder" / "kept"

    assert f"{file} cannot be written: No such file" in refused("backup", file)


def test_a_backup_that_fails_leaves_no_file(database, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sqlite3.connect", broken)

    assert "There is no backup." in refused("backup", tmp_path / "kept")
    assert not [*tmp_path.glob("kept*")]


def broken(*arguments, **options):
    raise OSError(28, "No space left on device")


@on_postgresql
def test_a_missing_program_is_named_with_what_to_install(
    database, tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", "")

    assert "pg_dump is missing. As root: apt-get install postgresql-client" in refused(
        "backup", tmp_path / "kept"
    )


def test_a_restore_replaces_nothing(database, backup):
    said = refused("restore", backup)

    assert "is not empty, and a restore replaces nothing" in said


def test_only_a_backup_is_restored(empty, tmp_path):
    (tmp_path / "other").write_text("Something else entirely")
    with installed(empty()):
        assert "is not a backup made by" in refused("restore", tmp_path / "other")
        assert "cannot be read: No such file" in refused("restore", tmp_path / "none")


def test_a_backup_of_the_other_database_is_named_as_such(empty, tmp_path):
    words = b"PGDMP..." if IS_SQLITE else b"SQLite format 3\0..."
    (tmp_path / "other").write_bytes(words)
    with installed(empty()):
        assert "Restore it into an empty database of its own kind." in refused(
            "restore", tmp_path / "other"
        )


def test_a_damaged_backup_is_refused_and_the_database_stays_empty(
    empty, backup, tmp_path
):
    whole, file = backup.read_bytes(), tmp_path / "damaged"
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + b"\xff" * 4096 + whole[middle + 4096 :])
    fresh = empty()
    with installed(fresh):
        assert "Nothing was restored." in refused("restore", file)
        assert not fresh.introspection.table_names()


def test_a_backup_of_a_newer_release_is_named_as_such(database, empty, tmp_path):
    MigrationRecorder(database).record_applied("policy", "9999_to_come")
    write_backup(database, tmp_path / "newer")

    with installed(empty()):
        said = refused("restore", tmp_path / "newer")

    assert "does not know policy.9999_to_come" in said


@on_sqlite
def test_a_database_that_is_not_there_is_not_backed_up(empty, tmp_path):
    with installed(empty()):
        assert "There is no backup." in refused("backup", tmp_path / "kept")
