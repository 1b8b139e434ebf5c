"""The guidance for anybody: asked in the address, kept, and never made twice."""

import gzip
from datetime import date

import brotli
import pytest

from policyguide.policy.captures import capture
from policyguide.policy.models import (
    Capture,
    Edition,
    Quotation,
    Recheck,
    Source,
    SourceCheck,
)
from policyguide.web.views import guidance
from tests.factories import DAY, NOON, deed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    guidance._public_page.cache_clear()


def test_anybody_is_answered_for_all_places_and_uses(client):
    page = client.get("/").content.decode()

    assert 'id="results"' in page
    for place in ("United Kingdom", "Hong Kong", "United States"):
        assert place in page


def test_the_places_and_uses_picked_are_in_the_address_and_ticked(client):
    page = client.get("/?region=uk&use=posts").content.decode()

    assert 'id="id_region_2" checked> United Kingdom' in page
    assert page.count(" checked>") == 2


def test_what_is_not_known_is_named_and_the_rest_is_answered(client):
    answer = client.get("/?region=uk&region=atlantis")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "atlantis is not one of the available choices" in page
    assert page.count(" checked>") == 1


def test_htmx_gets_the_results_only_and_caches_keep_both_apart(client):
    whole = client.get("/?region=uk")
    part = client.get("/?region=uk", headers={"HX-Request": "true"})

    assert b"<html" in whole.content
    assert b"<html" not in part.content
    assert b'id="results"' in part.content
    assert whole.headers["ETag"] != part.headers["ETag"]
    assert "HX-Request" in whole.headers["Vary"]


def test_a_reader_who_has_the_page_is_told_so_without_composing_it(client):
    tag = client.get("/?region=uk").headers["ETag"]
    made = guidance._public_page.cache_info().misses
    guidance._public_page.cache_clear()

    again = client.get("/?region=uk", headers={"If-None-Match": tag})

    assert made == 1
    assert again.status_code == 304
    assert again.content == b""
    assert guidance._public_page.cache_info().misses == 0


def test_a_source_checked_again_is_a_new_page(client):
    tag = client.get("/").headers["ETag"]
    for source in Source.objects.all():
        SourceCheck.objects.create(
            source=source, capture=source.captures.first(), checked_on=DAY.replace(2027)
        )
    deed()

    again = client.get("/", headers={"If-None-Match": tag})

    assert again.status_code == 200
    assert "3 November 2027" in again.content.decode()


@pytest.mark.parametrize(
    ("taken", "encoding", "unpack"),
    [("gzip, deflate", "gzip", gzip.decompress), ("gzip, br", "br", brotli.decompress)],
    ids=["gzip", "br"],
)
def test_the_page_comes_packed_to_those_who_take_it_so(client, taken, encoding, unpack):
    plain = client.get("/")
    packed = client.get("/", headers={"Accept-Encoding": taken})

    assert packed.headers["Content-Encoding"] == encoding
    assert unpack(packed.content) == plain.content
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_it_takes_no_session_and_sets_no_cookie(client, django_assert_max_num_queries):
    client.get("/")
    with django_assert_max_num_queries(1):
        answer = client.get("/")

    assert not answer.cookies


def test_a_new_installation_says_that_nothing_is_published(client):
    Edition.objects.filter(number=1).update(
        withdrawn_at="2026-11-24T12:00:00Z", withdrawn_because="A test"
    )

    answer = client.get("/")

    assert answer.status_code == 503
    assert "Nothing published yet" in answer.content.decode()


def test_a_wording_that_is_gone_is_flagged_at_once_on_a_new_page(client):
    before = client.get("/")
    _withdraw_a_wording("a8059228-2")

    after = client.get("/", headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert "25 November 2026" in after.content.decode()
    assert "25 November 2026" not in before.content.decode()


def _withdraw_a_wording(code):
    """A later capture of the source in which this quotation does not stand."""
    quotation = Quotation.objects.get(code=code)
    source = quotation.capture.source
    later = capture(
        source,
        "It reads differently now.",
        code=f"{source.code}/later",
        captured_on=date(2026, 11, 25),
        recorded_at=NOON,
        how=Capture.How.PASTED,
        extent=Capture.Extent.WHOLE,
    )
    later.save()
    Recheck.objects.create(
        quotation=quotation, capture=later, outcome=Recheck.Outcome.GONE
    )
    deed()
