"""The public page of a memo's status: true at once, and silent about the firm."""

from datetime import date

import pytest
from django.core.cache import caches

from policyguide.memos.models import Ruling
from tests.memos import making
from tests.memos.test_doubts import doubt

Status = Ruling.Status


@pytest.fixture
def memo(hale_marsh, partner):
    return making.issued(hale_marsh, making.edition(), partner)


def rule(memo, status, *, edition=None):
    Ruling.across_firms.create(
        memo=memo,
        firm=memo.firm,
        status=status,
        since=date(2027, 2, 1),
        because="The *UK* changed.",
        edition=edition,
        ruled_at=making.LATER,
    )


def test_a_current_memo_says_so(client, memo):
    text = client.get(f"/m/{memo.code}/").text

    assert "This memo is current" in text
    assert "24 November 2026" in text
    assert memo.original.sha256 in text


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (Status.SUPERSEDED, "This memo is superseded since 1 February 2027"),
        (Status.DO_NOT_RELY, "Do not rely on this memo, since 1 February 2027"),
        (Status.WITHDRAWN, "This memo is withdrawn since 1 February 2027"),
    ],
)
def test_a_memo_past_relying_on_says_since_when_why_and_what_holds_now(
    client, memo, status, told
):
    newer = making.edition()
    rule(memo, status, edition=newer)

    text = client.get(f"/m/{memo.code}/").text

    assert told in text
    assert "The <em>UK</em> changed." in text
    assert "from 24 November 2026 to 1 February 2027" in text
    assert f"/policy/editions/{newer.number}/" in text
    assert "is current" not in text


def test_a_memo_in_doubt_says_what_reads_differently_since_when(client, memo, editor):
    row = doubt(editor)

    text = client.get(f"/m/{memo.code}/").text

    assert "This memo is current, and being checked" in text
    assert "as read on 25 November 2026" in text
    assert f'href="/policy/sources/{row.capture.source.code}/"' in text
    assert "nothing has changed since" not in text


def test_the_last_ruling_holds(client, memo):
    rule(memo, Status.SUPERSEDED)
    rule(memo, Status.CURRENT)

    assert "This memo is current" in client.get(f"/m/{memo.code}/").text


@pytest.mark.parametrize("role", [None, "rival", "removed_member", "editor"])
def test_a_stranger_learns_nothing_about_the_firm(request, client_of, memo, role):
    person = request.getfixturevalue(role) if role else None
    answer = client_of(person).get(f"/m/{memo.code}/")

    assert answer.status_code == 200
    for telling in ("Hale", "hale-marsh", "London", "Memo 1", "memo-1"):
        assert telling not in answer.text


def test_a_member_is_led_to_the_memo(client_of, memo, reader):
    text = client_of(reader).get(f"/m/{memo.code}/").text

    assert 'href="/firms/hale-marsh/memos/1/"' in text


def test_an_unknown_code_and_that_of_a_memo_not_issued_answer_alike(
    client, hale_marsh, partner
):
    waiting = making.asked(hale_marsh, making.edition(), partner)

    unknown = client.get("/m/nobody-has-this-code/")
    known = client.get(f"/m/{waiting.code}/")

    assert unknown.status_code == known.status_code == 404
    assert unknown.content == known.content


def test_the_status_is_kept_by_nobody_and_found_by_no_search(client, memo):
    answer = client.get(f"/m/{memo.code}/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_without_scripts_the_page_says_how_to_check_a_file(client, memo):
    text = client.get(f"/m/{memo.code}/").text

    for command in ("sha256sum memo.pdf", "shasum -a 256", "certutil -hashfile"):
        assert command in text


@pytest.fixture
def little_patience(settings):
    settings.ACCOUNT_RATE_LIMITS = {"memo_status": "2/m/ip"}


def ask(client, memo, address="203.0.113.7", **headers):
    where = f"/m/{memo.code}/"
    return client.get(where, REMOTE_ADDR=address, headers=headers).status_code


@pytest.mark.usefixtures("little_patience")
def test_who_asks_too_often_is_told_when_to_try_again(client, memo):
    assert [ask(client, memo) for _ in range(3)] == [200, 200, 429]

    answer = client.get(f"/m/{memo.code}/", REMOTE_ADDR="203.0.113.7")
    assert answer.headers["Retry-After"] == "60"
    assert "Try again in a minute" in answer.text
    assert ask(client, memo, "203.0.113.8") == 200


@pytest.mark.usefixtures("little_patience")
def test_an_unknown_code_counts_as_well(client, memo):
    for guess in ("a", "b"):
        client.get(f"/m/{guess}/", REMOTE_ADDR="203.0.113.7")

    assert ask(client, memo) == 429


@pytest.mark.usefixtures("little_patience")
def test_another_process_knows_how_often_somebody_asked(client, memo, monkeypatch):
    ask(client, memo)
    ask(client, memo)
    monkeypatch.delattr(caches._connections, "default")

    assert ask(client, memo) == 429


@pytest.mark.usefixtures("little_patience")
def test_an_address_that_a_header_claims_counts_only_if_it_is_our_proxys(
    client, memo, settings
):
    claimed = [
        ask(
            client, memo, X_Forwarded_For=f"198.51.100.{n}", X_Real_Ip=f"198.51.100.{n}"
        )
        for n in range(3)
    ]
    settings.ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-Ip"
    set_by_our_proxy = [
        ask(client, memo, X_Real_Ip=f"198.51.100.{n}") for n in range(3)
    ]

    assert claimed == [200, 200, 429]
    assert set_by_our_proxy == [200, 200, 200]
