"""Told to stop, the server finishes the request and the worker the memo in work."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection

import pytest
from django.db import connection

from policyguide.backups import write_backup
from policyguide.firms.models import Firm, Person
from policyguide.policy.models import Edition
from tests.memos import making
from tests.refusing import on_sqlite

pytestmark = [on_sqlite, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def env(tmp_path):
    """An installation of its own, in which a memo is asked for."""
    firm = Firm.objects.get(slug="hale-marsh")
    by = Person.objects.filter(memberships__firm=firm).first()
    making.asked(firm, Edition.objects.get(number=1), by)
    write_backup(connection, tmp_path / "db.sqlite3")
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "DJANGO_SETTINGS_MODULE": "policyguide.settings",
        "POLICYGUIDE_DATA_DIR": str(tmp_path),
    }


@contextmanager
def running(env, *command):
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, *command],
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until(holds):
    """Wait for what a process does in its own time."""
    for _ in range(6_000):
        if answer := holds():
            return answer
        time.sleep(0.01)
    raise AssertionError(f"{holds.__name__} did not come about")


def test_a_memo_in_work_is_issued_before_the_worker_stops(env, tmp_path):
    def state():
        with closing(sqlite3.connect(tmp_path / "db.sqlite3", timeout=30)) as db:
            return db.execute("SELECT state FROM memos_memo").fetchone()[0]

    def is_in_work():
        return state() == "rendering"

    with running(env, "manage.py", "work", "--no-startup-delay") as worker:
        until(is_in_work)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=120) == 0

    assert state() == "issued"


def test_a_request_in_work_is_answered_before_the_server_stops(env):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def asked(path):
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        with closing(connection):
            connection.request("GET", path)
            return connection.getresponse().read()

    def is_up():
        try:
            return asked("/healthz") == b"ok"
        except OSError:
            return False

    server_command = (
        *("-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--blocking-threads", "4"),
        *("--log-level", "warning", "tests.slow_wsgi:application"),
    )
    with running(env, *server_command) as server, ThreadPoolExecutor() as pool:
        until(is_up)
        answer = pool.submit(asked, "/slow")
        assert server.stdout.readline() == "begun\n"
        server.send_signal(signal.SIGTERM)

        assert answer.result() == b"finished"
        assert server.wait(timeout=60) == 0
