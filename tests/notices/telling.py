"""A change that matters in London and nowhere else, and who is told of it."""

from datetime import UTC, date, datetime

from policyguide.firms.models import Membership
from policyguide.notices.models import Notice, Preference
from policyguide.notices.tell import tell_of
from policyguide.policy.models import Edition
from tests import factories
from tests.memos import making

Event = Notice.Event
State = Notice.State

FIRST = {"in_force_from": date(2026, 1, 1)}
NEXT = {"in_force_from": date(2026, 11, 1), "title": "The UK changed"}
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


def first():
    return making.edition(**FIRST)


def changed(*, uk="It no longer trains in the UK.", **fields):
    """The next edition, which says something else of the UK."""
    return making.edition(uk=uk, **NEXT | fields)


def withdraw(edition, *, at=TUESDAY):
    Edition.objects.filter(pk=edition.pk).update(
        withdrawn_at=at, withdrawn_because="It was misread."
    )
    edition.refresh_from_db()


def in_london(**fields):
    return factories.firm(offices=(("London", "GB"),), **fields)


def in_new_york():
    return factories.firm(offices=(("New York", "US"),))


def member(of, role=Membership.Role.READER, *, pace=None, **fields):
    person = factories.member(of, role, **fields)
    if pace:
        Preference.objects.create(person=person, pace=pace)
    return person


def tell(edition, event=Event.PUBLISHED, *, at=TUESDAY):
    tell_of(edition, event, at=at)


def notices_of(person):
    return Notice.across_firms.filter(person=person)
