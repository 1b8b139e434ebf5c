"""A server with demo data in a folder of its own, and a load to put on it."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
CONNECTIONS = 8
SECONDS = 2.0


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The environment of a fresh installation with the edition and the demo firms."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
            "POLICYGUIDE_DATA_DIR": folder,
            "POLICYGUIDE_DEBUG": "1",
            "POLICYGUIDE_SECRET_KEY": "measured-" * 8,
            "PYTHONPATH": str(ROOT),
        }
        manage(env, "migrate", "--verbosity=0")
        manage(env, "load_edition", "fixtures/linkedin-2025-11.yaml")
        manage(env, "load_demo", "fixtures/demo_firms.yaml")
        yield env


def manage(env: dict[str, str], *arguments: str) -> str:
    """Run a management command; what it printed."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


@contextmanager
def serving(env: dict[str, str], *, workers: int = 1) -> Iterator[tuple[int, int]]:
    """granian on a free port: the port and the process id."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--workers", str(workers), "--blocking-threads", "4"),
        *("--host", HOST, "--port", str(port)),
        *("--log-level", "warning", "policyguide.wsgi:application"),
    ]
    server = subprocess.Popen(command, cwd=ROOT, env=env)
    try:
        wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        port: int = free.getsockname()[1]
        return port


def wait_for(port: int, path: str = "/healthz") -> None:
    """Until a server answers there."""
    for _attempt in range(300):
        try:
            if fetch(port, path)[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server does not answer")


def fetch(
    port: int, path: str, asked: dict[str, str] | None = None
) -> tuple[int, bytes, dict[str, str]]:
    """One request: status, body, headers by their names in small letters."""
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    connection.request("GET", path, headers=asked or {})
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    answer = response.status, response.read(), headers
    connection.close()
    return answer


def session_cookie(env: dict[str, str], email: str) -> str:
    """A Cookie header that signs this person in."""
    code = (
        "from django.contrib.auth import *\n"
        "from django.test import RequestFactory\n"
        "from importlib import import_module\n"
        "from django.conf import settings\n"
        "engine = import_module(settings.SESSION_ENGINE)\n"
        "request = RequestFactory().get('/')\n"
        "request.session = engine.SessionStore()\n"
        f"person = get_user_model().objects.get(email={email!r})\n"
        "login(request, person, settings.AUTHENTICATION_BACKENDS[0])\n"
        "request.session.save()\n"
        "print(f'{settings.SESSION_COOKIE_NAME}={request.session.session_key}')\n"
    )
    return manage(env, "shell", "--no-imports", "-c", code).strip().splitlines()[-1]


def requests_per_second(
    port: int, path: str, headers: dict[str, str], *, expect: int = 200
) -> float:
    """What eight keep-alive connections get in a few seconds."""
    until = time.perf_counter() + SECONDS
    with ThreadPoolExecutor(CONNECTIONS) as clients:
        counts = [
            clients.submit(_keep_asking, port, path, headers, expect, until)
            for _ in range(CONNECTIONS)
        ]
        return sum(count.result() for count in counts) / SECONDS


def _keep_asking(
    port: int, path: str, headers: dict[str, str], expect: int, until: float
) -> int:
    connection = http.client.HTTPConnection(HOST, port, timeout=30)
    done = 0
    while time.perf_counter() < until:
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        response.read()
        if response.status != expect:
            raise AssertionError(f"{path}: {response.status}, not {expect}")
        done += 1
    connection.close()
    return done


def ratio(
    port: int,
    measured: tuple[str, dict[str, str], int],
    floor: tuple[str, dict[str, str], int],
    *,
    rounds: int = 3,
) -> tuple[float, float, float]:
    """Requests a second of each, taken in turn, and the median of their ratios."""
    pairs = []
    for _round in range(rounds):
        ours, theirs = (
            requests_per_second(port, path, headers, expect=status)
            for path, headers, status in (measured, floor)
        )
        pairs.append((ours, theirs, ours / theirs))
    ours, theirs, ratios = zip(*pairs, strict=True)
    return statistics.median(ours), statistics.median(theirs), statistics.median(ratios)


def memory_mb(pid: int) -> float:
    """Resident memory of the largest process below this one."""
    children = subprocess.run(
        ["ps", "-o", "rss=", "--ppid", str(pid)],  # noqa: S607 - Debian's own
        capture_output=True,
        text=True,
        check=False,
    )
    sizes = [int(size) for size in children.stdout.split()]
    return max(sizes, default=0) / 1024
