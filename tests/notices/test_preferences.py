"""How often a person is told, and the link by which they stop it."""

from datetime import UTC, datetime

import pytest

from policyguide.notices.models import Preference
from policyguide.notices.preferences import (
    due_at,
    pace_of,
    person_of,
    set_pace,
    stop_token,
)
from tests import factories
from tests.notices import telling
from tests.notices.telling import State

Pace = Preference.Pace


def utc(*moment):
    return datetime(*moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pace", "at", "due"),
    [
        (Pace.AT_ONCE, utc(2026, 11, 24, 12), utc(2026, 11, 24, 12)),
        (Pace.DAILY, utc(2026, 11, 24, 5), utc(2026, 11, 24, 6)),
        (Pace.DAILY, utc(2026, 11, 24, 6), utc(2026, 11, 25, 6)),
        (Pace.DAILY, utc(2026, 11, 24, 23, 30), utc(2026, 11, 25, 6)),
        (Pace.WEEKLY, utc(2026, 11, 24, 12), utc(2026, 11, 30, 6)),
        (Pace.WEEKLY, utc(2026, 11, 30, 5), utc(2026, 11, 30, 6)),
        (Pace.WEEKLY, utc(2026, 11, 30, 7), utc(2026, 12, 7, 6)),
        # The clocks of Berlin change on 29 March 2026.
        (Pace.DAILY, utc(2026, 3, 28, 12), utc(2026, 3, 29, 5)),
    ],
)
def test_digests_come_at_seven_where_the_site_is(settings, pace, at, due):
    settings.TIME_ZONE = "Europe/Berlin"

    assert due_at(pace, at) == due


def test_who_never_chose_is_told_at_once(reader):
    assert pace_of(reader) == Pace.AT_ONCE


def test_the_last_choice_holds(reader):
    set_pace(reader, Pace.DAILY, at=telling.TUESDAY)
    set_pace(reader, Pace.WEEKLY, at=telling.TUESDAY)

    assert pace_of(reader) == Pace.WEEKLY


def test_a_choice_holds_for_what_is_waiting(db):
    telling.first()
    person = telling.member(telling.in_london())
    telling.tell(telling.changed())

    set_pace(person, Pace.WEEKLY, at=telling.TUESDAY)
    assert telling.notices_of(person).get().due_at == utc(2026, 11, 30, 7)
    set_pace(person, Pace.NEVER, at=telling.TUESDAY)
    assert telling.notices_of(person).get().state == State.NOT_WANTED


def test_a_stop_link_is_its_persons(reader, partner):
    assert person_of(stop_token(reader)) == reader
    assert person_of(stop_token(partner)) == partner


def test_a_stop_link_cannot_be_made_up_or_made_another_persons(reader, partner):
    key, signature = stop_token(reader).split(".")

    assert person_of(f"{partner.pk}.{signature}") is None
    assert person_of(f"{key}.{signature[:-1]}") is None
    assert person_of(key) is None


def test_a_stop_link_of_somebody_gone_is_nobodys(db):
    person = factories.person()
    token = stop_token(person)
    person.delete()

    assert person_of(token) is None
