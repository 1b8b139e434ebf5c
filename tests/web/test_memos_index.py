"""The list of a firm's memos, and asking for one."""

import pytest

from policyguide.memos.models import Memo
from policyguide.web.views import memos
from tests import factories
from tests.memos import making

MEMOS = "/firms/hale-marsh/memos/"


@pytest.fixture
def edition(db):
    return making.edition()


def test_a_firm_without_memos_is_told_so(client_of, hale_marsh, edition, partner):
    answer = client_of(partner).get(MEMOS)

    assert "No memo has been issued yet." in answer.text
    assert "Issue a memo</button>" in answer.text


def test_a_partner_asks_for_a_memo_and_is_led_to_it(
    client_of, hale_marsh, edition, partner
):
    answer = client_of(partner).post(MEMOS, follow=True)

    memo = Memo.across_firms.get(firm=hale_marsh)
    assert answer.redirect_chain == [(f"{MEMOS}1/", 302)]
    assert (memo.requested_by, memo.edition) == (partner, edition)
    assert "It is being made." in answer.text


def test_asking_again_leads_to_the_same_memo(client_of, hale_marsh, edition, partner):
    browser = client_of(partner)
    browser.post(MEMOS)

    answer = browser.post(MEMOS)

    assert answer.url == f"{MEMOS}1/"
    assert Memo.across_firms.count() == 1


def test_a_reader_is_told_who_issues_memos(client_of, hale_marsh, edition, reader):
    answer = client_of(reader).post(MEMOS)

    assert answer.status_code == 403
    assert "Memos are issued by the firm’s partners and admins." in answer.text.replace(
        "&#x27;", "’"
    )
    assert not Memo.across_firms.exists()
    assert "Issue a memo" not in client_of(reader).get(MEMOS).text


def test_all_memos_stay_listed_the_newest_first_with_what_they_are(
    client_of, hale_marsh, partner
):
    for row in (making.edition(), making.edition()):
        memo = making.issued(hale_marsh, row, partner)

    text = client_of(partner).get(MEMOS).text

    assert text.index("Memo 2: the position at") < text.index("Memo 1: the position at")
    assert memo.original.sha256 in text
    assert "3 pages" in text
    assert (
        f"Download memo 2, {hale_marsh.name.replace('&', '&amp;')}, 24 November 2026 "
        "(PDF, 1 KB)"
    ) in text


def test_whoever_has_todays_memo_is_led_to_it_instead(
    client_of, hale_marsh, edition, partner
):
    making.issued(hale_marsh, edition, partner)

    text = client_of(partner).get(MEMOS).text

    assert f'<a href="{MEMOS}1/">Memo 1</a> is the one for today’s edition' in text
    assert "Issue a memo" not in text


def test_an_installation_without_pango_says_that_memos_are_off(
    client_of, hale_marsh, edition, partner, monkeypatch
):
    monkeypatch.setattr(memos, "pdf_available", lambda: False)
    browser = client_of(partner)

    assert "Memos are off" in browser.get(MEMOS).text
    assert "Memos are off" in browser.post(MEMOS, follow=True).text
    assert not Memo.across_firms.exists()


def test_the_list_costs_the_same_for_one_memo_and_for_many(
    client_of, hale_marsh, partner, django_assert_max_num_queries
):
    browser = client_of(partner)
    for row in [making.edition() for _ in range(5)]:
        making.issued(hale_marsh, row, partner)
    browser.get(MEMOS)  # from now on the process knows the state of the record

    with django_assert_max_num_queries(8):
        browser.get(MEMOS)


def test_another_firms_memos_are_not_listed(
    client_of, hale_marsh, brandt_keller, edition, partner, rival
):
    making.issued(brandt_keller, edition, rival)

    assert "Memo 1" not in client_of(partner).get(MEMOS).text


def test_the_firm_of_a_memo_is_named_as_it_was(client_of, hale_marsh, edition, partner):
    making.issued(hale_marsh, edition, partner)
    name = hale_marsh.name
    type(hale_marsh).objects.filter(pk=hale_marsh.pk).update(name="Renamed LLP")

    text = client_of(partner).get(MEMOS).text

    assert f"Download memo 1, {name.replace('&', '&amp;')}," in text


def test_members_of_two_firms_see_each_firms_own(
    client_of, hale_marsh, brandt_keller, edition, member_of_both
):
    by = factories.person()
    making.issued(hale_marsh, edition, by)

    browser = client_of(member_of_both)

    assert "Memo 1" in browser.get(MEMOS).text
    assert "Memo 1" not in browser.get("/firms/brandt-keller/memos/").text
