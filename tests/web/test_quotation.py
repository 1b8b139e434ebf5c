"""A quotation in its context: on a page of its own, or in the place of a link."""

import re

import pytest

PATH = "/policy/quotations/a8059228-7/"
LINKED_FROM = ["/", "/firms/hale-marsh/", "/policy/gai-setting/"]


def test_it_shows_the_words_around_it_and_all_that_is_known(client, db):
    text = client.get(PATH).text

    assert "<mark>We rely on legitimate interest" in text
    assert "it does not include your private messages." in text
    assert "… better connect our members" not in text
    assert "Read inside other people&#x27;s pages" in text
    assert "Captured 24 November 2026" in text
    assert "(3 independent pages)" in text
    assert 'href="https://www.linkedin.com/help/linkedin/answer/a8059228"' in text
    assert "Open at LinkedIn Help" in text


def test_it_is_cited_in_four_styles(client, db):
    text = client.get(PATH).text

    for style in ("Bluebook", "OSCOLA", "McGill Guide", "Plain"):
        assert f"<dt>{style}</dt>" in text
    assert "LinkedIn Help, ‘Update to our Terms and data use’ &lt;" in text


def test_for_a_part_it_comes_without_the_page(client, db):
    answer = client.get(PATH, headers={"HX-Request": "true"})

    assert answer.text.strip().startswith("<details")
    assert "<mark>We rely on legitimate interest" in answer.text
    assert "<html" not in answer.text
    assert "HX-Request" in answer.headers["Vary"]


@pytest.mark.parametrize("path", [*LINKED_FROM, "/policy/sources/A8059228/"])
def test_quotations_lead_there_from_every_page_that_has_them(client_of, reader, path):
    browser = client_of(reader)
    text = browser.get(path).text

    places = set(re.findall(r'<a class="in-context" href="([^"]+)"', text))
    assert places
    assert all(browser.get(place).status_code == 200 for place in list(places)[:3])


def test_an_unknown_quotation_is_not_there(client, db):
    assert client.get("/policy/quotations/nobody-said-this/").status_code == 404
