"""The record, open to everybody: each entry with its quotations, and its history."""

import pytest

from policyguide.policy import models

pytestmark = pytest.mark.django_db


def test_every_entry_of_the_edition_has_a_page_of_its_own(client):
    codes = models.Entry.objects.filter(edition__number=1).exclude(
        as_position__isnull=False
    )

    for code in codes.values_list("code", flat=True):
        assert client.get(f"/policy/{code}/").status_code == 200, code


def test_an_entry_shows_each_quotation_its_source_and_how_it_is_known(client):
    page = client.get("/policy/gai-setting/").content.decode()

    for citation in models.Citation.objects.filter(entry__code="gai-setting"):
        assert citation.quotation.capture.source.code in page


def test_every_source_has_a_page_with_its_captures(client):
    for source in models.Source.objects.all():
        page = client.get(f"/policy/sources/{source.code}/").content.decode()

        assert source.code in page
        for capture in source.captures.all():
            assert capture.sha256[:12] in page


@pytest.mark.parametrize(
    "path",
    [
        "/policy/no-such-entry/",
        "/policy/sources/NOPE/",
        "/policy/editions/99/",
        "/policy/%00/",
        "/policy/..%2f..%2fetc%2fpasswd/",
    ],
)
def test_what_is_not_there_is_a_kind_404(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert "html" in answer.headers["Content-Type"]


def test_the_editions_say_which_is_in_force_and_what_changed(client):
    page = client.get("/policy/editions/").content.decode()

    assert "Edition 1" in page
    assert "3 November 2025" in page


def test_the_list_of_clauses_links_to_each_kind(client):
    page = client.get("/policy/").content.decode()

    for code in ("gai-setting", "uk.microsoft-training", "c1"):
        assert f"/policy/{code}/" in page
