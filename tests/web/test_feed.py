"""The editions as an Atom feed."""

from xml.etree import ElementTree

import pytest

from policyguide.policy.models import Edition
from tests.notices import telling

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def edition(db):
    return telling.changed()


def entries(client):
    feed = ElementTree.fromstring(client.get("/policy/feed/").content)  # noqa: S314
    return [
        {child.tag.removeprefix(ATOM): child.text or child.get("href") for child in of}
        for of in feed.iter(f"{ATOM}entry")
    ]


def test_every_published_edition_is_an_entry(client, edition):
    found = entries(client)

    assert len(found) == Edition.objects.published().count()
    entry = next(entry for entry in found if str(edition.number) in entry["link"])
    assert entry["title"] == f"Edition {edition.number}: The UK changed"
    assert "In force from 1 November 2026." in entry["summary"]
    assert "<p>The words changed.</p>" in entry["summary"]


def test_an_entry_keeps_its_id_whatever_the_reader_calls_the_site(client, edition):
    here = [entry["id"] for entry in entries(client)]

    client.defaults["HTTP_HOST"] = "localhost"
    assert [entry["id"] for entry in entries(client)] == here
    assert here[0].startswith("http://127.0.0.1:8000/policy/editions/")


def test_a_withdrawn_edition_says_so_and_comes_first(client, edition):
    telling.withdraw(edition, at=telling.TUESDAY.replace(year=2027))

    entry = entries(client)[0]

    assert entry["title"] == f"Withdrawn: edition {edition.number}, The UK changed"
    assert "It was misread." in entry["summary"]
    assert entry["updated"].startswith("2027-11-24")
    assert entry["published"].startswith("2026-11-24")


def test_a_reader_that_has_it_is_told_so(client, edition):
    tag = client.get("/policy/feed/")["ETag"]

    again = client.get("/policy/feed/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    telling.withdraw(edition)
    changed = client.get("/policy/feed/", headers={"If-None-Match": tag})
    assert changed.status_code == 200


def test_the_editions_lead_to_it(client, edition):
    page = client.get("/policy/editions/").content.decode()

    assert 'type="application/atom+xml" href="/policy/feed/"' in page
