"""What changed between two memos of a firm, and who changed it."""

import pytest

from policyguide.firms.profiles import save_profile
from policyguide.guidance.facts import Office
from tests.memos import making

CHANGES = "/firms/hale-marsh/memos/compare/1/2/"


@pytest.fixture
def first(hale_marsh, partner):
    return making.issued(hale_marsh, making.edition(), partner)


def test_nothing_material_changed_is_a_result(client_of, first, hale_marsh, partner):
    making.issued(hale_marsh, making.edition(), partner)

    text = client_of(partner).get(CHANGES).text

    assert "Nothing material changed." in text


def test_a_new_wording_is_shown_word_by_word(client_of, first, hale_marsh, partner):
    newer = making.edition(uk="It may train in the UK.")
    making.issued(hale_marsh, newer, partner)

    text = client_of(partner).get(CHANGES).text

    assert "Because the terms changed" in text
    assert "Because the firm’s profile changed" not in text
    assert "UK: Training" in text
    assert text.count("<del>") == text.count("<ins>") == 1
    assert "may train" in text


def test_a_new_office_is_told_apart_from_new_terms(
    client_of, first, hale_marsh, partner
):
    only_dublin = [Office(city="Dublin", country="IE")]
    save_profile(hale_marsh, uses=[], headcount=None, offices=only_dublin)
    making.issued(hale_marsh, first.edition, partner)

    text = client_of(partner).get(CHANGES).text

    assert "Because the firm’s profile changed" in text
    assert "Because the terms changed" not in text
    assert "Gone" in text


def test_either_order_of_the_numbers_goes_from_the_earlier_to_the_later(
    client_of, first, hale_marsh, partner
):
    making.issued(hale_marsh, making.edition(uk="Changed."), partner)
    browser = client_of(partner)

    forth = browser.get(CHANGES)
    back = browser.get("/firms/hale-marsh/memos/compare/2/1/")

    assert forth.content == back.content


def test_only_issued_memos_of_the_firm_can_be_compared(
    client_of, first, hale_marsh, partner
):
    making.asked(hale_marsh, making.edition(), partner)

    assert client_of(partner).get(CHANGES).status_code == 404
