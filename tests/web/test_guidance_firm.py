"""A firm's own page: its places, its uses, and the same work whoever else is there."""

import pytest
from django.utils import timezone

from policyguide.firms.models import Firm
from policyguide.policy.models import Edition
from policyguide.web.views import guidance
from tests import factories

PATH = "/firms/hale-marsh/"


@pytest.fixture(autouse=True)
def nothing_kept():
    guidance._firm_page.cache_clear()


def test_the_firms_offices_are_the_rows_of_its_grid(reader, client_of):
    page = client_of(reader).get(PATH).content.decode()

    for city in ("London", "Dublin", "New York"):
        assert city in page


def test_what_if_answers_for_more_and_saves_nothing(reader, client_of, hale_marsh):
    page = client_of(reader).get(f"{PATH}?country=CA&use=polls").content.decode()

    assert "Canada" in page
    hale_marsh.refresh_from_db()
    assert hale_marsh.offices.filter(country="CA").count() == 0
    assert "polls" not in hale_marsh.uses


def test_the_page_is_the_same_for_every_reader_and_holds_no_token(
    reader, firm_admin, partner, client_of
):
    pages = {client_of(person).get(PATH).content for person in (firm_admin, partner)}

    assert len(pages) == 1
    assert b"csrfmiddlewaretoken" not in pages.pop()
    assert reader.email.encode() not in client_of(reader).get(PATH).content


def test_a_saved_profile_is_a_new_page(partner, client_of, hale_marsh):
    browser = client_of(partner)
    tag = browser.get(PATH).headers["ETag"]
    assert browser.get(PATH, headers={"If-None-Match": tag}).status_code == 304

    Firm.objects.filter(pk=hale_marsh.pk).update(profile_version=99)

    assert browser.get(PATH, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("firms", "editions"), [(3, 1), (3_000, 1), (3, 200)], ids=lambda n: str(n)
)
def test_a_page_takes_four_queries_however_much_there_is(
    reader, client_of, django_assert_num_queries, firms, editions
):
    Firm.objects.bulk_create(
        Firm(slug=f"other-{n}", name=f"Other {n}") for n in range(firms)
    )
    Edition.objects.bulk_create(
        Edition(
            number=number,
            title="Before",
            in_force_from=factories.DAY.replace(year=2020),
            sha256="0" * 64,
            published_at=timezone.now(),
        )
        for number in range(2, 2 + editions)
    )
    browser = client_of(reader)
    browser.get(PATH)

    with django_assert_num_queries(4):
        browser.get(PATH)


def test_removal_ends_the_right_to_read_at_the_next_request(reader, client_of):
    browser = client_of(reader)
    assert browser.get(PATH).status_code == 200

    reader.memberships.all().delete()

    assert browser.get(PATH).status_code == 404
