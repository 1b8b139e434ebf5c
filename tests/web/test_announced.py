"""What is announced stands beside what is in force, and both sides can be read."""

from datetime import timedelta

import pytest
from django.utils.dateformat import format as formatted
from django.utils.timezone import localdate

from policyguide.policy import workflow
from policyguide.policy.models import Clause
from tests import desk, factories

SOON = localdate() + timedelta(days=30)
COMING = f"?from={SOON.isoformat()}"
TODAYS, NEXT = "It trains.", "It no longer trains."


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def announced(base, editor, approver):
    """A change of one clause and a new one, published to be in force in a month."""
    change = desk.change(editor, on=SOON, note="Training *ends*.")
    Clause.objects.filter(edition=change.edition, code="clause").update(words=NEXT)
    factories.cite(
        factories.entry(change.edition, code="added", words="Only then."),
        *base.entries.get(code="clause").quotations.all(),
    )
    workflow.publish_unreviewed(change, reason="Urgent.", by=approver, at=desk.AT)
    change.edition.refresh_from_db()
    return change


def day():
    return formatted(SOON, "j F Y")


@pytest.mark.parametrize(
    "path", ["/", "/firms/hale-marsh/", "/policy/", "/policy/clause/"]
)
def test_every_page_says_what_is_announced_beside_what_holds_today(
    path, client_of, reader, base, announced
):
    text = client_of(reader).get(path).text

    assert f"Edition {base.number}</a>" in text
    assert f"edition {announced.edition.number}</a>, in force from {day()}" in text
    assert "Training <em>ends</em>." in text


@pytest.mark.parametrize("path", ["/", "/firms/hale-marsh/"])
def test_either_side_is_shown_by_its_address(path, client_of, reader, announced):
    browser = client_of(reader)

    today, coming = browser.get(path).text, browser.get(f"{path}{COMING}").text

    assert f'href="{COMING}"' in today
    assert TODAYS in today
    assert NEXT not in today
    assert NEXT in coming
    assert f"Not in force until {day()}" in coming
    assert f'<a href="{COMING}" aria-current="true">' in coming


@pytest.mark.parametrize("tail", [f"{COMING}&region=uk", f"{COMING}&use=posts"])
def test_the_switch_and_the_picker_keep_what_the_other_picked(client, announced, tail):
    text = client.get(f"/{tail}").text
    question = tail.split("&")[1]

    assert f'href="?{question}"' in text
    assert f'href="?{question}&amp;from={SOON.isoformat()}"' in text
    assert f'<input type="hidden" name="from" value="{SOON.isoformat()}">' in text


def test_a_side_alone_is_no_trial(client_of, reader, announced):
    page = client_of(reader).get(f"/firms/hale-marsh/{COMING}").text

    assert "A trial: nothing is saved." not in page


@pytest.mark.parametrize("asked", ["2031-01-01", "soon", "", "2026-03-01"])
def test_a_day_for_which_nothing_is_announced_is_today(client, announced, asked):
    text = client.get(f"/?from={asked}").text

    assert TODAYS in text
    assert NEXT not in text


def test_both_sides_are_kept_apart_and_forgotten_with_the_announcement(
    client, announced, approver
):
    today, coming = client.get("/"), client.get(f"/{COMING}")
    assert today.headers["ETag"] != coming.headers["ETag"]

    workflow.withdraw(announced, reason="Misread.", by=approver, at=desk.AT)

    for path in ("/", f"/{COMING}"):
        text = client.get(path).text
        assert TODAYS in text
        assert "Announced:" not in text


def test_an_entry_that_is_only_announced_has_its_page_already(client, announced):
    text = client.get("/policy/added/").text

    assert "Only then." in text
    assert f"Not in force until {day()}" in text


def test_the_history_of_an_entry_tells_what_is_to_come_from_what_is(client, announced):
    history = client.get("/policy/clause/").text.partition('id="history"')[2]

    coming, _, now = history.partition("</li>")
    assert "Announced" in coming
    assert NEXT in coming
    assert "Reads as above." in now.partition("</li>")[0]


def test_without_an_announcement_there_is_nothing_to_switch(client, base):
    assert "This page as it is" not in client.get("/").text


EDITIONS = "/firms/hale-marsh/editions/"


def test_a_firm_compares_the_last_two_editions_or_any_others(
    client_of, reader, base, announced
):
    browser = client_of(reader)
    number = announced.edition.number

    last = browser.get(EDITIONS).text
    assert NEXT.split()[-1] in last
    assert "Only then." in last

    same = browser.get(f"{EDITIONS}?before={number}&after={number}").text
    assert "Both tell the firm the same." in same


@pytest.mark.parametrize("query", ["?before=1", "?before=1&after=999", "?before=x"])
def test_what_cannot_be_compared_is_said(client_of, reader, base, query):
    answer = client_of(reader).get(f"{EDITIONS}{query}")

    assert answer.status_code == 200
    assert "Pick two of the published editions." in answer.text
