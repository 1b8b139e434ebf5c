"""The page of one memo: how far it is, then where to get it."""

import pytest

from policyguide.memos.models import Memo
from tests.memos import making
from tests.memos.test_doubts import doubt

MEMO = "/firms/hale-marsh/memos/1/"
FROM_HTMX = {"HX-Request": "true"}


@pytest.fixture
def edition(db):
    return making.edition()


@pytest.fixture
def asked(hale_marsh, edition, partner):
    return making.asked(hale_marsh, edition, partner)


def set_to(memo, **fields):
    Memo.across_firms.filter(pk=memo.pk).update(**fields)


def test_a_memo_on_its_way_can_be_looked_at_again_without_scripts(
    client_of, asked, partner
):
    text = client_of(partner).get(MEMO).text

    assert "It is being made." in text
    assert f'hx-get="{MEMO}" hx-trigger="every 1s"' in text
    assert f'href="{MEMO}">Look again</a>' in text


def test_a_poll_changes_nothing_as_long_as_there_is_nothing_new(
    client_of, asked, partner
):
    answer = client_of(partner).get(MEMO, headers=FROM_HTMX)

    assert answer.status_code == 204
    assert not answer.content


def test_polling_ends_once_the_memo_is_issued(client_of, hale_marsh, edition, partner):
    making.issued(hale_marsh, edition, partner)

    answer = client_of(partner).get(MEMO, headers=FROM_HTMX)

    assert answer.text.lstrip().startswith('<section id="progress"')
    assert "hx-trigger" not in answer.text
    assert "Download memo 1" in answer.text
    assert "HX-Request" in answer.headers["Vary"]


def test_a_memo_that_was_not_made_says_why_and_can_be_tried_again(
    client_of, asked, partner
):
    set_to(asked, state="failed", failed_because="It has 61 pages.")
    browser = client_of(partner)

    assert "It has 61 pages." in browser.get(MEMO).text
    assert "It is being made." in browser.post(MEMO, follow=True).text
    asked.refresh_from_db()
    assert asked.state == Memo.State.WAITING


def test_a_reader_cannot_try_again(client_of, asked, reader):
    set_to(asked, state="failed", failed_because="It has 61 pages.")
    browser = client_of(reader)

    assert "Try again" not in browser.get(MEMO).text
    assert browser.post(MEMO).status_code == 403
    asked.refresh_from_db()
    assert asked.state == Memo.State.FAILED


def test_an_issued_memo_shows_its_file_and_what_led_to_it(
    client_of, hale_marsh, edition, partner
):
    memo = making.issued(hale_marsh, edition, partner)

    text = client_of(partner).get(MEMO).text

    assert memo.original.sha256 in text
    assert f'href="/m/{memo.code}/"' in text
    assert f'href="/policy/editions/{edition.number}/"' in text
    assert "What changed since" not in text


def test_a_memo_in_doubt_says_so_on_its_page_and_in_the_list(
    client_of, hale_marsh, edition, partner, editor
):
    making.issued(hale_marsh, edition, partner)
    doubt(editor)
    browser = client_of(partner)

    assert "as read on 25 November 2026" in browser.get(MEMO).text
    assert "Being checked" in browser.get("/firms/hale-marsh/memos/").text


def test_a_later_memo_leads_to_what_changed_since_the_one_before(
    client_of, hale_marsh, partner
):
    for row in (making.edition(), making.edition()):
        making.issued(hale_marsh, row, partner)

    text = client_of(partner).get("/firms/hale-marsh/memos/2/").text

    assert 'href="/firms/hale-marsh/memos/compare/1/2/"' in text


def test_a_memo_nobody_asked_for_is_not_there(client_of, asked, partner):
    for number in (0, 2, 10**30):
        answer = client_of(partner).get(f"/firms/hale-marsh/memos/{number}/")
        assert answer.status_code == 404
