"""A secret address is its member's, works while they belong, and is kept as a hash."""

import pytest

from policyguide.firms.calendars import calendar_at, close_calendar, open_calendar
from policyguide.firms.models import CalendarAddress
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def membership(hale_marsh, reader):
    return hale_marsh.memberships.get(person=reader)


def test_only_the_secret_leads_to_the_firm(membership, hale_marsh):
    secret = open_calendar(membership, at=NOON)

    assert calendar_at(secret).firm == hale_marsh
    assert calendar_at(secret + "x") is None
    assert secret not in CalendarAddress.across_firms.get().secret_sha256


def test_a_new_secret_voids_the_last(membership):
    old, new = open_calendar(membership, at=NOON), open_calendar(membership, at=NOON)

    assert old != new
    assert calendar_at(old) is None
    assert calendar_at(new)


def test_a_stopped_address_is_no_more(membership):
    secret = open_calendar(membership, at=NOON)

    close_calendar(membership)

    assert calendar_at(secret) is None
    close_calendar(membership)


def test_it_stops_at_once_when_the_membership_goes(membership):
    secret = open_calendar(membership, at=NOON)

    membership.delete()

    assert calendar_at(secret) is None


def test_it_stops_at_once_when_the_person_is_shut_out(membership, reader):
    secret = open_calendar(membership, at=NOON)
    reader.is_active = False
    reader.save()

    assert calendar_at(secret) is None
