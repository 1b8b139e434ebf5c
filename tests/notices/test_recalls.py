"""Who downloaded a memo is told when it is no longer current, and how much that is."""

from datetime import date, timedelta

import pytest
from django.core import mail

from policyguide.firms.models import Membership
from policyguide.memos.models import Memo, Ruling
from policyguide.memos.rulings import rule_on
from policyguide.notices import send as sending
from policyguide.notices.models import Grade, Notice, Preference
from policyguide.notices.preferences import set_pace
from policyguide.notices.recalls import acknowledge, correction_of
from policyguide.notices.send import send_due
from policyguide.policy.models import Edition, LogLine
from tests import factories
from tests.memos import making
from tests.notices import telling
from tests.notices.telling import State

Pace = Preference.Pace
Severity = Edition.Severity

BEFORE = telling.TUESDAY - timedelta(hours=1)
WEDNESDAY_AT_SEVEN = telling.TUESDAY.replace(day=25, hour=7)


@pytest.fixture
def memo(db):
    Membership.across_firms.all().delete()
    firm = telling.in_london(name="Smith & Sons")
    return making.issued(firm, telling.first(), factories.person())


def downloader(memo, **how):
    person = telling.member(memo.firm, **how)
    memo.downloads.create(firm=memo.firm, person=person, on=BEFORE.date(), at=BEFORE)
    return person


def recalled(severity=Severity.MATERIAL):
    """Another edition comes in force, and all memos are ruled on."""
    edition = telling.changed(severity=severity)
    rule_on(Memo.across_firms.all(), at=telling.TUESDAY)
    return edition


@pytest.mark.parametrize(
    ("severity", "grade", "subject"),
    [
        (Severity.MINOR, Grade.NOTE, "Memo 1 is superseded"),
        (Severity.MATERIAL, Grade.RE_READ, "Read memo 1 again"),
        (Severity.GRAVE, Grade.DO_NOT_RELY, "Do not rely on memo 1"),
    ],
)
def test_each_downloader_is_told_graded(memo, severity, grade, subject):
    person = downloader(memo)
    nobody = telling.member(memo.firm)
    recalled(severity)

    send_due(at=telling.TUESDAY)

    notice = telling.notices_of(person).get()
    assert (notice.state, notice.grade) == (State.SENT, grade)
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert message.subject == f"{subject} · London · since 24 November 2026"
    assert not telling.notices_of(nobody).exists()


def test_the_mail_is_the_correction(memo):
    downloader(memo)
    recalled()

    send_due(at=telling.TUESDAY)

    body = mail.outbox[0].body
    first, before = body.splitlines()[:2]
    assert first == "Yes. It no longer trains in the UK. [1]"
    assert before == "Before: It trains in the UK."
    assert "Read memo 1 of Smith & Sons again" in body
    assert f"/firms/{memo.firm.slug}/memos/1/correction/" in body
    assert "[1] “We may use posts.”" in body


def test_a_memo_that_stays_current_recalls_nobody(memo):
    downloader(memo)
    making.edition(us="It trains no more in the US.", **telling.NEXT)

    rule_on(Memo.across_firms.all(), at=telling.TUESDAY)

    assert not Notice.across_firms.exists()


def test_each_ruling_recalls_once(memo):
    person = downloader(memo)
    recalled()
    rule_on(Memo.across_firms.all(), at=telling.TUESDAY)
    assert telling.notices_of(person).count() == 1

    telling.changed(severity=Severity.GRAVE, in_force_from=date(2026, 11, 2))
    rule_on(Memo.across_firms.all(), at=telling.TUESDAY)

    grades = [notice.grade for notice in telling.notices_of(person).order_by("pk")]
    assert grades == [Grade.RE_READ, Grade.DO_NOT_RELY]


def test_of_several_rulings_only_the_last_is_sent(memo):
    downloader(memo)
    recalled()
    telling.changed(severity=Severity.GRAVE, in_force_from=date(2026, 11, 2))
    rule_on(Memo.across_firms.all(), at=telling.TUESDAY)

    send_due(at=telling.TUESDAY)

    (message,) = mail.outbox
    assert message.subject.startswith("Do not rely on memo 1")
    first = Notice.across_firms.earliest("pk")
    assert (first.state, first.because) == (State.NOT_WANTED, sending.OUT_OF_DATE)


def test_what_must_not_be_relied_on_waits_for_no_digest(memo):
    weekly = downloader(memo, pace=Pace.WEEKLY)
    never = downloader(memo, pace=Pace.NEVER)
    recalled(Severity.GRAVE)

    assert telling.notices_of(weekly).get().due_at == telling.TUESDAY
    assert telling.notices_of(never).get().state == State.NOT_WANTED


def test_a_slower_pace_puts_off_nothing_that_must_not_be_relied_on(memo):
    person = downloader(memo)
    recalled(Severity.GRAVE)

    set_pace(person, Pace.WEEKLY, at=telling.TUESDAY)

    assert telling.notices_of(person).get().due_at == telling.TUESDAY


def test_what_is_to_be_read_again_waits_for_the_digest(memo):
    person = downloader(memo, pace=Pace.DAILY)
    recalled()

    assert telling.notices_of(person).get().due_at == WEDNESDAY_AT_SEVEN


def test_a_recall_and_the_change_are_one_digest(memo):
    downloader(memo, pace=Pace.DAILY)
    telling.tell(recalled())

    send_due(at=WEDNESDAY_AT_SEVEN)

    (message,) = mail.outbox
    assert "Read memo 1 of Smith & Sons again" in message.body
    assert "(The UK changed) is in force" in " ".join(message.body.split())
    assert message.body.count("It no longer trains in the UK.") == 1


@pytest.mark.parametrize("severity", [Severity.MATERIAL, Severity.GRAVE])
def test_who_left_the_firm_is_told_nothing_of_it(memo, severity):
    person = downloader(memo)
    person.memberships.all().delete()
    recalled(severity)

    send_due(at=telling.TUESDAY)

    (message,) = mail.outbox
    text = f"{message.subject} {message.body}"
    assert f"/m/{memo.code}/" in text
    assert "Smith" not in text
    assert memo.firm.slug not in text
    assert "London" not in text
    assert "trains" not in text


def test_who_left_the_firm_hears_nothing_of_what_is_minor(memo):
    person = downloader(memo)
    person.memberships.all().delete()
    recalled(Severity.MINOR)

    send_due(at=telling.TUESDAY)

    assert mail.outbox == []
    assert telling.notices_of(person).get().because == sending.GONE


def test_acknowledging_is_for_whoever_downloaded(memo):
    person, other = downloader(memo), downloader(memo)
    recalled()

    acknowledge(memo, by=person, at=telling.TUESDAY)

    assert telling.notices_of(person).get().acknowledged_at == telling.TUESDAY
    unread = Notice.across_firms.unacknowledged()
    assert [notice.person for notice in unread] == [other]


def test_who_left_and_what_is_past_is_not_waited_for(memo):
    gone, _ = downloader(memo), downloader(memo)
    recalled()
    gone.memberships.all().delete()
    assert Notice.across_firms.unacknowledged().count() == 1

    memo.rulings.create(
        firm=memo.firm,
        status=Ruling.Status.CURRENT,
        since=telling.TUESDAY.date(),
        because="It holds again.",
        ruled_at=telling.TUESDAY,
    )

    assert not Notice.across_firms.unacknowledged().exists()
    assert correction_of(Memo.across_firms.get(pk=memo.pk)) is None


def test_the_log_says_that_a_memo_was_recalled(memo):
    downloader(memo)
    recalled()

    line = LogLine.objects.get(what="recall")
    assert line.subject == "Memo 1 of Smith & Sons"
    assert line.why == "People who had downloaded it: 1."
