"""What is due is sent, each message once, and what becomes of it is recorded."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from policyguide.firms.models import Membership
from policyguide.notices import send as sending
from policyguide.notices.models import Notice, Preference
from policyguide.notices.preferences import set_pace
from policyguide.notices.send import LONGEST_SENDING, see_to_sending, send, send_due
from policyguide.policy.models import Edition
from tests.notices import mailers, telling
from tests.notices.telling import Event, State

Pace = Preference.Pace
WEDNESDAY_AT_SEVEN = datetime(2026, 11, 25, 7, tzinfo=UTC)
MONDAY_AT_SEVEN = datetime(2026, 11, 30, 7, tzinfo=UTC)


@pytest.fixture
def edition(db):
    """The only people are those of the tests."""
    Membership.across_firms.all().delete()
    telling.first()
    return telling.changed()


def told(**how):
    """Somebody who is to be told of the edition."""
    person = telling.member(telling.in_london(), **how)
    telling.tell(Edition.objects.order_by("-number").first())
    return person


def state_of(person):
    notice = telling.notices_of(person).get()
    return notice.state, notice.because


def sends():
    return DBTaskResult.objects.filter(task_path=send.module_path)


def test_a_message_is_sent_once(edition):
    person = told()

    send_due(at=telling.TUESDAY)
    send_due(at=telling.TUESDAY)

    (message,) = mail.outbox
    assert message.to == [person.email]
    assert state_of(person) == (State.SENT, "")
    assert telling.notices_of(person).get().sent_at == telling.TUESDAY


@pytest.mark.parametrize(
    ("pace", "at"), [(Pace.DAILY, WEDNESDAY_AT_SEVEN), (Pace.WEEKLY, MONDAY_AT_SEVEN)]
)
def test_a_digest_waits_for_its_hour(edition, pace, at):
    person = told(pace=pace)

    send_due(at=at - timedelta(seconds=1))
    assert state_of(person) == (State.WAITING, "")
    send_due(at=at)

    assert state_of(person) == (State.SENT, "")


def test_a_digest_is_one_message_of_all_changes(edition):
    person = told(pace=Pace.WEEKLY)
    telling.tell(
        telling.changed(
            uk="It trains on messages in the UK.",
            in_force_from=edition.in_force_from + timedelta(days=1),
            title="Messages too",
        )
    )

    send_due(at=MONDAY_AT_SEVEN)

    (message,) = mail.outbox
    assert "The UK changed" in message.body
    assert "Messages too" in message.body
    assert message.subject.endswith(", and 1 more")
    states = telling.notices_of(person).values_list("state", flat=True)
    assert list(states) == [State.SENT, State.SENT]


def test_messages_of_two_firms_are_kept_apart(edition):
    one, other = telling.in_london(name="One LLP"), telling.in_london(name="Two LLP")
    person = telling.member(one)
    other.memberships.create(person=person)
    telling.tell(edition)

    send_due(at=telling.TUESDAY)

    of_one, of_other = sorted(message.body for message in mail.outbox)
    assert "One LLP" in of_one
    assert "Two LLP" not in of_one
    assert "Two LLP" in of_other
    assert "One LLP" not in of_other


def test_nobody_is_written_to_who_left_the_firm_meanwhile(edition):
    person = told()
    person.memberships.all().delete()

    send_due(at=telling.TUESDAY)

    assert mail.outbox == []
    assert state_of(person) == (State.NOT_WANTED, sending.GONE)


def test_nobody_is_written_to_who_wants_no_more_mail(edition):
    person, late = told(), told()
    set_pace(person, Pace.NEVER, at=telling.TUESDAY)
    Preference.objects.create(person=late, pace=Pace.NEVER)

    send_due(at=telling.TUESDAY)

    assert mail.outbox == []
    assert state_of(person) == state_of(late) == (State.NOT_WANTED, sending.STOPPED)


def test_what_is_withdrawn_before_it_is_sent_is_not_sent(edition):
    person = told(pace=Pace.DAILY)
    telling.withdraw(edition)

    send_due(at=WEDNESDAY_AT_SEVEN)

    assert state_of(person) == (State.NOT_WANTED, sending.TAKEN_BACK)


def test_what_no_longer_matters_to_the_firm_is_not_sent(edition):
    person = told(pace=Pace.DAILY)
    person.memberships.get().firm.offices.update(city="Lagos", country="NG")

    send_due(at=WEDNESDAY_AT_SEVEN)

    assert state_of(person) == (State.NOT_WANTED, sending.OUT_OF_DATE)


@pytest.mark.parametrize("refusing", [mailers.Refusing, mailers.KnowingNobody])
def test_a_message_that_is_refused_fails_alone(edition, settings, refusing):
    nobody = told(email="nobody@example.test")
    person = told()
    mailers.use(settings, refusing)

    while send_due(at=telling.TUESDAY):
        pass

    assert state_of(nobody) == (State.FAILED, "550 no such mailbox")
    assert state_of(person)[0] == State.SENT


def test_a_message_that_cannot_be_written_fails_alone(edition, monkeypatch):
    bad, good = told(), told()
    write = sending.message_to

    def fails(person, *args, **how):
        if person == bad:
            raise ArithmeticError
        return write(person, *args, **how)

    monkeypatch.setattr(sending, "message_to", fails)
    send_due(at=telling.TUESDAY)

    assert state_of(bad) == (State.FAILED, sending.UNWRITABLE)
    assert state_of(good)[0] == State.SENT


def test_a_line_break_in_an_address_writes_no_header(edition):
    person = told()
    type(person).objects.filter(pk=person.pk).update(email="a@b.test\nBcc: c@d.test")

    send_due(at=telling.TUESDAY)

    assert mail.outbox == []
    assert state_of(person)[0] == State.FAILED


def test_a_message_without_an_answer_is_unknown_and_not_sent_again(edition, settings):
    person = told()
    mailers.use(settings, mailers.Silent)

    send_due(at=telling.TUESDAY)
    send_due(at=telling.TUESDAY)

    assert len(mail.outbox) == 1
    assert state_of(person)[0] == State.UNKNOWN


def test_while_the_mail_server_is_away_messages_wait_and_say_so(edition, settings):
    person = told()
    mailers.use(settings, mailers.Unreachable)

    assert not send_due(at=telling.TUESDAY)

    assert state_of(person) == (
        State.WAITING,
        sending.UNREACHABLE % "connection refused",
    )


def test_what_a_dead_worker_held_becomes_unknown(edition):
    person = told()
    telling.notices_of(person).update(state=State.SENDING, taken_at=telling.TUESDAY)

    see_to_sending(at=telling.TUESDAY + LONGEST_SENDING)
    assert state_of(person)[0] == State.SENDING
    see_to_sending(at=telling.TUESDAY + LONGEST_SENDING + timedelta(seconds=1))

    assert state_of(person) == (State.UNKNOWN, sending.LOST)


def test_what_is_due_and_nobody_sends_is_taken_up_once(edition):
    told(pace=Pace.DAILY)
    sends().delete()

    see_to_sending(at=telling.TUESDAY)
    assert not sends().exists()
    see_to_sending(at=WEDNESDAY_AT_SEVEN)
    see_to_sending(at=WEDNESDAY_AT_SEVEN)

    assert sends().count() == 1


def test_a_run_sends_so_many_and_leaves_the_rest_to_the_next(edition, monkeypatch):
    monkeypatch.setattr(sending, "MESSAGES_A_RUN", 2)
    for _ in range(3):
        told()

    assert send_due(at=telling.TUESDAY)
    assert len(mail.outbox) == 2
    assert not send_due(at=telling.TUESDAY)
    assert len(mail.outbox) == 3


def test_two_workers_that_send_at_once_send_one_message(edition, monkeypatch):
    """The other worker takes the message after this one has read that it waits."""
    told()
    write, others = sending.message_to, [sending.send_due]

    def overtaken(*args, **how):
        if others:
            others.pop()(at=telling.TUESDAY)
        return write(*args, **how)

    monkeypatch.setattr(sending, "message_to", overtaken)
    send_due(at=telling.TUESDAY)

    assert len(mail.outbox) == 1
    assert Notice.across_firms.get().state == State.SENT


def test_a_withdrawal_says_what_holds_again(edition):
    told()
    send_due(at=telling.TUESDAY)
    telling.withdraw(edition)
    telling.tell(edition, Event.WITHDRAWN)

    send_due(at=telling.TUESDAY)

    message = mail.outbox[-1]
    assert message.subject == (
        "Withdrawn: The UK changed · London · since 24 November 2026"
    )
    assert message.body.startswith("Yes. It trains in the UK. [1]")
    assert "It was misread." in message.body
