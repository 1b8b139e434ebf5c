"""Everybody whom a change concerns is put down to be told, once, and nobody else."""

from datetime import date
from itertools import product

import pytest
from django_tasks_db.models import DBTaskResult

from policyguide.firms.models import Membership
from policyguide.notices.models import Notice, Preference
from policyguide.policy import workflow
from policyguide.policy.models import Edition, LogLine
from policyguide.policy.states import ChangeState
from tests import desk, factories
from tests.notices import telling
from tests.notices.telling import Event, State

Pace = Preference.Pace
Role = Membership.Role
Severity = Edition.Severity

REMOVED = "removed"
WANTED = {
    None: State.WAITING,
    Pace.AT_ONCE: State.WAITING,
    Pace.DAILY: State.WAITING,
    Pace.WEEKLY: State.WAITING,
    Pace.NEVER: State.NOT_WANTED,
}


def tasks(name):
    return DBTaskResult.objects.filter(task_path__endswith=name)


@pytest.fixture
def before(db):
    return telling.first()


def expected(severity, pace, is_affected, belonging):
    if severity == Severity.MINOR or not is_affected or belonging == REMOVED:
        return []
    return [WANTED[pace]]


def person_of(firm, belonging, pace):
    """Somebody with a role, or somebody whose membership is ended."""
    role = Role.PARTNER if belonging == REMOVED else belonging
    person = telling.member(firm, role, pace=pace)
    if belonging == REMOVED:
        person.memberships.all().delete()
    return person


@pytest.mark.parametrize("severity", Severity)
def test_who_is_told_follows_severity_pace_firm_and_membership(before, severity):
    rows = list(product(WANTED, (True, False), (*Role, REMOVED)))
    firm = {True: telling.in_london(), False: telling.in_new_york()}
    people = {row: person_of(firm[row[1]], row[2], row[0]) for row in rows}

    telling.tell(telling.changed(severity=severity))

    assert {
        row: list(telling.notices_of(person).values_list("state", flat=True))
        for row, person in people.items()
    } == {row: expected(severity, *row) for row in rows}


def test_nobody_is_told_twice_however_often_the_task_runs(before):
    person = telling.member(telling.in_london())
    edition = telling.changed()

    telling.tell(edition)
    telling.tell(edition)

    assert telling.notices_of(person).count() == 1
    assert LogLine.objects.filter(what="tell").count() == 1


def test_who_came_later_is_told_by_a_later_run_and_only_they(before):
    firm = telling.in_london()
    telling.member(firm)
    edition = telling.changed()
    telling.tell(edition)

    late = telling.member(firm)
    telling.tell(edition)

    assert telling.notices_of(late).count() == 1
    assert firm.notices.count() == 2


def test_a_person_in_two_affected_firms_is_told_for_each(before):
    one, other = telling.in_london(), telling.in_london()
    person = telling.member(one)
    factories.member(other)
    other.memberships.create(person=person)

    telling.tell(telling.changed())

    firms = telling.notices_of(person).values_list("firm", flat=True)
    assert set(firms) == {one.pk, other.pk}


def test_whoever_cannot_sign_in_is_told_nothing(before):
    person = telling.member(telling.in_london(), is_active=False)

    telling.tell(telling.changed())

    assert not telling.notices_of(person).exists()


def test_an_edition_that_replaces_none_tells_nobody(db):
    telling.member(telling.in_london())

    telling.tell(telling.changed(in_force_from=date(2000, 1, 1)))

    assert not Notice.across_firms.exists()


def test_an_edition_that_another_outranks_tells_nobody(before):
    telling.member(telling.in_london())
    telling.changed(in_force_from=date(2026, 11, 2))

    telling.tell(telling.changed())

    assert not Notice.across_firms.exists()


def test_an_announced_edition_is_told_at_once(before):
    person = telling.member(telling.in_london())

    telling.tell(telling.changed(in_force_from=date(2027, 6, 1)))

    assert telling.notices_of(person).get().due_at == telling.TUESDAY


@pytest.mark.parametrize("severity", Severity)
def test_a_withdrawal_is_news_whatever_was_withdrawn(before, severity):
    person = telling.member(telling.in_london())
    unaffected = telling.member(telling.in_new_york())
    edition = telling.changed(severity=severity)
    telling.withdraw(edition)

    telling.tell(edition, Event.WITHDRAWN)

    assert [n.event for n in telling.notices_of(person)] == [Event.WITHDRAWN]
    assert not telling.notices_of(unaffected).exists()


def test_the_withdrawal_of_what_no_longer_held_tells_nobody(before):
    telling.member(telling.in_london())
    edition = telling.changed()
    telling.changed(in_force_from=date(2026, 11, 2))
    telling.withdraw(edition)

    telling.tell(edition, Event.WITHDRAWN)

    assert not Notice.across_firms.exists()


def test_the_log_says_how_many_people_of_how_many_firms(before):
    Membership.across_firms.all().delete()
    firm = telling.in_london()
    telling.member(firm)
    telling.member(firm)
    telling.member(telling.in_london())
    telling.member(telling.in_london(), pace=Pace.NEVER)
    edition = telling.changed()

    telling.tell(edition)

    line = LogLine.objects.get(what="tell")
    assert (line.subject, line.why) == (str(edition), "People: 3, firms: 2.")


def test_telling_has_it_sent(before):
    telling.member(telling.in_london())

    telling.tell(telling.changed())

    assert tasks("send.send").count() == 1


def test_publishing_and_withdrawing_enqueue_the_telling(editor, approver):
    desk.edition()
    change = desk.change_in(ChangeState.PUBLISHED, author=editor, approver=approver)
    workflow.withdraw(change, reason="Misread.", by=approver, at=desk.AT)

    told = [
        row.args_kwargs["args"] for row in tasks("tell.tell").order_by("enqueued_at")
    ]
    assert told[-2:] == [
        [change.edition_id, "published"],
        [change.edition_id, "withdrawn"],
    ]
