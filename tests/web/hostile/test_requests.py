"""Requests that nobody makes by accident: addresses, forms, hosts and ways out.

`POLICYGUIDE_EXAMPLES` says how many of each kind are made up; a few by default.
"""

import os
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.apps import apps
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policyguide.firms.models import Firm
from tests import factories
from tests.web.test_access import TABLE

EXAMPLES = int(os.environ.get("POLICYGUIDE_EXAMPLES", "5"))
made_up = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

SEGMENTS = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.sampled_from(["..", "%2e%2e", "a" * 5_000, "\x00", "%00", "é", "0", "-1"]),
)
FIELDS = (
    *("email", "role", "do", "because", "name", "password", "move", "reason", "pace"),
    *("title", "in_force_from", "change_note", "words", "code", "text", "file", "q"),
    *("uses", "headcount", "offices-TOTAL_FORMS", "offices-INITIAL_FORMS", "version"),
    *("offices-0-city", "offices-0-country", "owner", "due_on", "note", "ticked"),
    *("postal_address", "accent", "citation_style", "publish_at", "severity", "stop"),
)
VALUES = st.one_of(
    st.text(max_size=60),
    st.integers().map(str),
    st.sampled_from(["", "admin", "9" * 400, "\x00", "1e999", "0000-00-00", "\ud7ff"]),
)
WRITABLE = sorted(route for route, row in TABLE.items() if 422 in row.written.values())


def counted():
    """How many rows of each kind there are; sessions and caches apart."""
    kinds = (kind for app in ("firms", "memos", "policy") for kind in kinds_of(app))
    return {kind.__name__: kind._base_manager.count() for kind in kinds}


def kinds_of(app):
    return apps.get_app_config(app).get_models()


@pytest.mark.parametrize("role", ["nobody", "firm_admin", "editor"])
@made_up
@given(
    start=st.sampled_from(sorted(row.path for row in TABLE.values())),
    segments=st.lists(SEGMENTS, max_size=3),
    query=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=3),
)
def test_no_address_is_a_fault_of_ours(
    request, client_of, role, start, segments, query
):
    person = None if role == "nobody" else request.getfixturevalue(role)
    path = urlsplit(start).path + "/".join(quote(s, errors="replace") for s in segments)
    before = counted()

    answer = client_of(person).get(f"{path}?{urlencode(query, errors='replace')}")

    assert answer.status_code < 500
    assert counted() == before


@pytest.mark.parametrize("route", WRITABLE)
@made_up
@given(data=st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8))
def test_no_form_is_a_fault_of_ours_and_a_refusal_writes_nothing(
    request, client_of, route, data
):
    row = TABLE[route]
    role = next(role for role, status in row.written.items() if status == 422)
    person = None if role == "nobody" else request.getfixturevalue(role)
    before = counted()

    answer = client_of(person).post(row.path, data)

    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert counted() == before


ELSEWHERE = (
    *("//evil.example", "/\\evil.example", "https://evil.example", "///evil.example"),
    *(
        "https:evil.example",
        "javascript:alert(1)",
        "\t//evil.example",
        "//evil%2eexample",
    ),
    *("http://evil.example/firms/", "//a@evil.example", "/%09/evil.example", "data:,x"),
)


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client, elsewhere):
    person = factories.person()
    told = {"login": person.email, "password": factories.PASSWORD, "next": elsewhere}
    for ask in (
        lambda: client.post("/accounts/login/", told),
        lambda: client.post("/accounts/logout/", {"next": elsewhere}),
        lambda: client.get("/firms/", {"next": elsewhere}, headers={"HX-Request": "1"}),
    ):
        answer = ask()
        way = answer.headers.get("Location") or answer.headers.get("HX-Redirect", "/")
        parts = urlsplit(way)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert way.startswith("/")
        assert not way.startswith(("//", "/\\"))


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host"])
def test_another_host_is_named_nowhere(client, hale_marsh, header):
    person = factories.person()
    answer = client.post(
        "/accounts/password/reset/",
        {"email": person.email},
        headers={header: "evil.example"},
    )

    assert answer.status_code == (400 if header == "Host" else 302)
    assert b"evil" not in answer.content
    assert not any("evil" in str(message.message()) for message in mail.outbox)


CLIMBS = (
    "../",
    "..\\",
    "%2e%2e/",
    "%252e%252e/",
    "..%c0%af",
    "....//",
    "/",
    "file:///",
)


@pytest.mark.parametrize("climb", CLIMBS)
def test_no_address_climbs_out_to_a_file(client_of, firm_admin, climb):
    browser = client_of(firm_admin)
    starts = {row.path.rstrip("/").rpartition("/")[0] for row in TABLE.values()}
    for start in sorted(starts):
        for target in ("manage.py", "etc/passwd"):
            answer = browser.get(f"{start}/{climb * 6}{target}")
            assert answer.status_code in {301, 302, 400, 404, 405}
            assert b"execute_from_command_line" not in answer.content
            assert b"root:" not in answer.content


def test_a_name_with_a_line_break_adds_no_line_to_a_mail(client_of, firm_admin):
    Firm.objects.update(name="Hale\r\nBcc: all@evil.example\r\n\r\nText")

    client_of(firm_admin).post(
        "/firms/hale-marsh/people/", {"email": "new@example.test", "role": "reader"}
    )

    (message,) = mail.outbox
    assert message.message()["Bcc"] is None
    assert message.recipients() == ["new@example.test"]
