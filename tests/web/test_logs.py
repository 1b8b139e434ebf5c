"""Logs tell what happened to which request, and name nobody."""

import json
import logging
from io import StringIO

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError
from django.utils.log import configure_logging

from policyguide.web.logs import ByRoute, JsonFormatter

pytestmark = pytest.mark.django_db

REQUESTS = logging.getLogger("policyguide.requests")


@pytest.fixture
def logged():
    """What is logged as JSON, line by line."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(ByRoute())
    logging.getLogger().addHandler(handler)
    level = REQUESTS.level
    REQUESTS.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    REQUESTS.setLevel(level)
    logging.getLogger().removeHandler(handler)


def test_a_request_is_one_line_with_its_id_route_and_time(client, logged):
    answer = client.get("/policy/gai-setting/", headers={"X-Request-ID": "abc-12345"})

    (line,) = logged()
    assert answer.headers["X-Request-ID"] == "abc-12345"
    assert line["request_id"] == "abc-12345"
    assert (line["method"], line["route"], line["status"]) == (
        "GET",
        "/policy/<str:code>/",
        200,
    )
    assert line["level"] == "INFO"


@pytest.mark.parametrize("told", ["", "short", "x" * 65, "two words!", "a\tb-12345678"])
def test_an_id_that_is_not_sane_is_replaced(client, told):
    answer = client.get("/healthz", headers={"X-Request-ID": told})

    assert len(answer.headers["X-Request-ID"]) == 32


def test_no_firm_person_or_query_is_named(client_of, hale_marsh, reader, rival, logged):
    for person in (reader, rival, None):
        browser = client_of(person)
        browser.get("/firms/hale-marsh/?q=what-they-look-for")
        browser.post("/firms/hale-marsh/", {"note": "what-they-look-for"})
        browser.get("/firms/hale-marsh/no-such-page/?q=what-they-look-for")

    lines = json.dumps(logged())
    assert len(logged()) > 9, "Django's own warnings are there too"
    for name in ("hale", "Hale", "what-they-look-for", reader.email, rival.email):
        assert name not in lines


def test_an_error_is_told_without_the_values_of_a_row(
    client_of, reader, logged, monkeypatch
):
    def fail(*arguments):
        raise IntegrityError(f"twice\nDETAIL:  Key (email)=({reader.email}) exists.")

    monkeypatch.setattr("policyguide.web.views.guidance.membership_for", fail)
    answer = client_of(reader, raise_request_exception=False).get("/firms/hale-marsh/")

    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.content.decode()
    error = next(line for line in logged() if line["level"] == "ERROR")
    assert error["message"].endswith("/firms/<slug:slug>/")
    assert "IntegrityError" in error["traceback"]
    assert reader.email not in json.dumps(error)


def test_nothing_is_said_twice_and_libraries_keep_quiet():
    configure_logging(django_settings.LOGGING_CONFIG, django_settings.LOGGING)

    assert not logging.getLogger("django").handlers
    assert not logging.getLogger("pikepdf").isEnabledFor(logging.INFO)
