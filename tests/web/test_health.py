"""Whoever runs an installation sees whether it lives, is ready, and how it does."""

import os
import subprocess
import sys
from datetime import date

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from policyguide.memos.worker import tell_worker_is_there
from policyguide.web import readiness
from policyguide.web.middleware import RecordMiddleware
from tests.memos import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_worker_and_a_disk(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    tell_worker_is_there()


def no_database(monkeypatch):
    """The database is gone for the application, though not for the tests' tripwire."""
    answer = RecordMiddleware.__call__

    def refuse(*arguments):
        raise OperationalError("connection to 10.0.0.7 failed")

    def without_database(middleware, request):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(connection, "cursor", refuse)
            return answer(middleware, request)

    monkeypatch.setattr(RecordMiddleware, "__call__", without_database)


def test_an_installation_with_all_it_needs_is_ready(client):
    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.content.decode().splitlines() == [
        "disk: ok",
        "database: ok",
        "migrations: ok",
        "edition: ok",
        "worker: ok",
    ]


def worker_gone(monkeypatch, settings):
    cache.clear()
    return "worker: has not been seen for two minutes: run `manage.py work`"


def nothing_in_force(monkeypatch, settings):
    monkeypatch.setattr(readiness, "localdate", lambda: date(2000, 1, 1))
    return "edition: none is in force: run `manage.py load_edition`"


def not_migrated(monkeypatch, settings):
    MigrationRecorder(connection).record_unapplied("memos", "0002_guards")
    return "migrations: 1 are not applied: run `manage.py migrate`"


def no_disk(monkeypatch, settings):
    settings.DATA_DIR = settings.DATA_DIR / "gone"
    return "disk: the data folder cannot be written to: No such file or directory"


def database_gone(monkeypatch, settings):
    no_database(monkeypatch)
    return "database: does not answer"


@pytest.mark.parametrize(
    "lack",
    [worker_gone, nothing_in_force, not_migrated, no_disk, database_gone],
    ids=lambda lack: lack.__name__,
)
def test_what_is_lacking_is_named(client, monkeypatch, settings, lack):
    named = lack(monkeypatch, settings)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert named in answer.content.decode().splitlines()


@pytest.mark.parametrize("path", ["/healthz", "/", "/policy/", "/firms/hale-marsh/"])
def test_without_a_database_people_are_told_to_try_again(
    client_of, reader, monkeypatch, path
):
    browser = client_of(reader, raise_request_exception=False)
    no_database(monkeypatch)

    answer = browser.get(path)

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Try again in a minute" in answer.content.decode()
    assert "10.0.0.7" not in answer.content.decode()


def figures(client, **headers):
    return client.get("/metrics", headers=headers)


def test_figures_are_for_whoever_has_the_token(client, settings):
    settings.METRICS_TOKEN = "a-token"

    assert figures(client).status_code == 404
    assert figures(client, Authorization="Bearer another").status_code == 404
    assert figures(client, Authorization="Bearer a-token").status_code == 200


def test_figures_tell_requests_by_route_and_what_waits(
    client, settings, hale_marsh, partner
):
    settings.METRICS_TOKEN = "a-token"
    making.asked(hale_marsh, making.edition(), partner)
    client.get("/firms/hale-marsh/?q=anything")

    told = figures(client, Authorization="Bearer a-token").content.decode()

    route = 'method="GET",route="/firms/<slug:slug>/",status="302"'
    assert f"policyguide_request_seconds_count{{{route}}}" in told
    assert 'policyguide_memos{state="waiting"} 1.0' in told
    assert 'policyguide_memos{state="failed"} 0.0' in told
    assert 'policyguide_tasks{status="READY"}' in told
    assert 'policyguide_notices{state="failed"} 0.0' in told
    assert "policyguide_edition_in_force " in told
    assert "policyguide_stalest_source_days " in told
    assert "hale-marsh" not in told


OBSERVE = """
import django; django.setup()
from policyguide.web.metrics import REQUESTS, _of_requests, generate_latest
REQUESTS.labels("GET", "/", 200).observe(0.1)
print(generate_latest(_of_requests()).decode())
"""


def test_several_processes_count_together(tmp_path):
    env = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    for _ in range(2):
        told = subprocess.run(  # noqa: S603
            [sys.executable, "-c", OBSERVE],
            env=env,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    assert (
        'policyguide_request_seconds_count{method="GET",route="/",status="200"} 2.0'
        in told
    )
