"""Processes killed for good: SIGKILL, before and after each statement they send.

    def test_publishing(…):              # with django_db(transaction=True)
        def check(finished): …           # asserts what must hold whenever it died

        assert kill_everywhere(lambda: workflow.publish(…), check) > 40

Each process is forked with the database as the test has left it, of which it gets a
copy, and is killed one statement or commit later than the one before. After one is
before the next: nothing between them reaches the database.
"""

import os
import shutil
import signal
import sqlite3
import traceback
from contextlib import contextmanager
from itertools import count
from mmap import mmap
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings, simplefilter

from django.db import connection, connections

LONGEST = 600  # seconds that a process may take before it counts as stuck


def kill_everywhere(act, check, *, every=1):
    """Kill a process that does `act` before its first statement, then one after so many
    statements more each time, until one finishes. `check` looks at what each leaves,
    and is told whether it has finished. Returns how many were killed.
    """
    killed = 0
    with copies() as copy:
        while True:
            with working_on(copy.fresh()):
                finished = _run(act, copy, statements=killed * every)
                with each_statement(copy.note):
                    check(finished)
            if finished:
                return killed
            killed += 1


def _run(act, copy, *, statements):
    """Let a process act for so many statements; whether it came to the end."""
    code = exit_code_of(process(lambda: _act_for(statements, act, copy)))
    assert code in (0, -signal.SIGKILL), f"the process failed: {code}"
    return code == 0


def process(act):
    """Start a process that does `act` and nothing else; its id."""
    connection.close()
    with catch_warnings():
        # The threads of whatever runs the tests take no part in what the child does.
        simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        _act_and_exit(act)
    return child


def exit_code_of(child):
    """How a process ended, once it has: 0, if it did all it had to do."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _act_and_exit(act):
    """In the process itself: it never returns, so no clean-up of the tests runs."""
    code = 1
    try:
        signal.alarm(LONGEST)
        act()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _act_for(statements, act, copy):
    """Act, and die after so many statements if it comes so far."""
    sent = count()

    def die_if_due():
        if next(sent) == statements:
            os.kill(os.getpid(), signal.SIGKILL)

    def note_and_die_if_due(sql):
        copy.note(sql)
        die_if_due()

    die_if_due()
    with each_statement(note_and_die_if_due):
        act()


@contextmanager
def each_statement(done):
    """Call `done` with every statement once it has been executed; a commit is one."""
    commit = connection._commit

    def execute_it(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        done(sql)
        return result

    def commit_it():
        commit()
        done("COMMIT")

    connection._commit = commit_it
    with connection.execute_wrapper(execute_it):
        yield


# ── Copies ──────────────────────────────────────────────────────────────────────────


@contextmanager
def working_on(name):
    """The default connection leads to another database of the same kind."""
    original = connections["default"]
    copy = connections["default"] = original.copy()
    copy.settings_dict["NAME"] = name
    try:
        yield
    finally:
        copy.close()
        connections["default"] = original


@contextmanager
def copies():
    """Copies of the database as it now is."""
    if connection.vendor == "sqlite":
        with TemporaryDirectory() as folder:
            yield FileCopy(Path(folder))
    else:
        copy = ServerCopy()
        try:
            yield copy
        finally:
            copy.drop()


class Copy:
    """A copy that is made anew as soon as something has been written to it.

    `was_written` is shared with the processes; while it is not set, the database itself
    vouches that nothing was.
    """

    def __init__(self):
        self.was_written = mmap(-1, 1)
        self.was_written[0] = True

    def note(self, sql):
        """Remember if this has written something that no rollback takes back."""
        is_read = sql.startswith("SELECT")
        if sql == "COMMIT" or (connection.get_autocommit() and not is_read):
            self.was_written[0] = True

    def fresh(self):
        """The name of a copy that is as the test has left the database."""
        if self.was_written[0]:
            self.make()
            self.was_written[0] = False
        return self.name


class FileCopy(Copy):
    def __init__(self, folder):
        super().__init__()
        self.original, self.name = folder / "original", folder / "copy"
        connection.ensure_connection()
        with sqlite3.connect(self.original) as target:
            connection.connection.backup(target)
        target.close()

    def make(self):
        Path(f"{self.name}-journal").unlink(missing_ok=True)
        shutil.copyfile(self.original, self.name)


class ServerCopy(Copy):
    def __init__(self):
        super().__init__()
        self.original = connection.settings_dict["NAME"]
        self.name = f"{self.original}_killed"

    def make(self):
        connection.close()
        self.drop()
        self._execute(f"CREATE DATABASE {self.name} TEMPLATE {self.original}")

    def drop(self):
        self._execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")

    def _execute(self, sql):
        with connection._nodb_cursor() as cursor:
            cursor.execute(sql)
