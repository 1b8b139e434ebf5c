"""The correction of a memo: read by its firm, acknowledged by who downloaded it."""

import pytest

from policyguide.memos.models import Memo
from policyguide.memos.rulings import rule_on
from policyguide.notices.models import Notice
from tests.memos import making
from tests.notices import telling

PAGE = "/firms/hale-marsh/memos/1/correction/"


@pytest.fixture
def memo(hale_marsh, partner, reader):
    """A memo that the reader has downloaded, and that is no longer current."""
    made = making.issued(hale_marsh, telling.first(), partner)
    made.downloads.create(firm=hale_marsh, person=reader, on=making.ON, at=making.AT)
    telling.changed()
    rule_on(Memo.across_firms.filter(pk=made.pk), at=telling.TUESDAY)
    return made


def page(client):
    return client.get(PAGE).content.decode()


def test_it_shows_what_the_memo_said_and_what_holds_now(memo, partner, client_of):
    text = page(client_of(partner))

    assert "Read this memo again" in text
    assert "It states the position from 24 November 2026 to 24 November 2026." in text
    assert "no longer" in text
    assert "The words changed." in text


def test_who_downloaded_it_says_that_they_have_read_it(memo, reader, client_of):
    browser = client_of(reader)
    assert "I have read this" in page(browser)

    answer = browser.post(PAGE, follow=True)

    assert "that you have read this." in answer.content.decode()
    assert Notice.across_firms.get().acknowledged_at


def test_who_did_not_download_it_has_nothing_to_say(memo, partner, client_of):
    browser = client_of(partner)
    assert "I have read this" not in page(browser)

    browser.post(PAGE)

    assert Notice.across_firms.get().acknowledged_at is None


def test_the_firms_admins_see_who_has_not_read_it(
    memo, reader, firm_admin, partner, client_of
):
    assert reader.email in page(client_of(firm_admin))
    assert "Not yet read" in page(client_of(firm_admin))
    assert reader.email not in page(client_of(partner))

    client_of(reader).post(PAGE)

    assert "Not yet read" not in page(client_of(firm_admin))
    assert "Read on" in page(client_of(firm_admin))


def test_the_desk_sees_who_has_not_read_it(memo, reader, editor, client_of):
    desk = client_of(editor)
    assert reader.email in desk.get("/desk/notices/").content.decode()

    client_of(reader).post(PAGE)

    assert reader.email not in desk.get("/desk/notices/").content.decode()


def test_a_person_sees_which_memos_they_have_not_read_about(memo, reader, client_of):
    text = client_of(reader).get("/notices/").content.decode()

    assert "Memo 1: to be read again" in text
    assert "Not yet read" in text
    assert PAGE in text


def test_the_memo_leads_to_its_correction(memo, reader, client_of):
    assert PAGE in client_of(reader).get("/firms/hale-marsh/memos/1/").content.decode()


def test_a_current_memo_has_nothing_to_correct(hale_marsh, partner, client_of):
    making.issued(hale_marsh, telling.first(), partner)

    assert "Nothing is to be corrected" in page(client_of(partner))
