"""Send what is due, each message once.

A message is claimed before the mail server is spoken to, and marked sent when that has
taken it. One that is lost between the two may have been sent or not: it becomes
*unknown*, is never sent again by itself, and waits for somebody at the desk.
"""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from time import monotonic
from typing import Any, cast

from django.core.mail import EmailMessage, mailers
from django.db import transaction
from django.tasks import TaskContext, task
from django.utils.timezone import make_naive

from policyguide.memos.unfinished import open_tasks
from policyguide.notices.mail import message_to
from policyguide.notices.models import Notice
from policyguide.notices.news import news_of
from policyguide.notices.preferences import STOPPED, Pace, pace_of
from policyguide.notices.recalls import recall_for
from policyguide.notices.told import Part

logger = logging.getLogger(__name__)

State = Notice.State

MESSAGES_A_RUN = 50
LONGEST_SENDING = timedelta(minutes=10)

GONE = "They no longer belong to the firm."
TAKEN_BACK = "It was withdrawn before it was sent."
OUT_OF_DATE = "By now it would say nothing that is new."
UNREACHABLE = "The mail server cannot be reached: %s"
UNWRITABLE = "It could not be written; the worker's log says why."
UNANSWERED = "The mail server did not say whether it took it: %s"
LOST = "The worker stopped while it spoke to the mail server."

# By these the mail server refuses a message, or Django does before it is asked.
REFUSALS = (SMTPRecipientsRefused, SMTPResponseException, ValueError)


@task(takes_context=True, priority=-10)
def send(context: "TaskContext[[], None]") -> None:
    """Send some of what is due, and the rest after whatever is more urgent."""
    if send_due(at=cast(datetime, context.task_result.started_at)):
        send.enqueue()


def see_to_sending(*, at: datetime) -> None:
    """Have sent what is due and nobody sends, and give up on what was lost."""
    lost = Notice.across_firms.filter(
        state=State.SENDING, taken_at__lt=at - LONGEST_SENDING
    )
    lost.update(state=State.UNKNOWN, because=LOST)
    if Notice.across_firms.due(at).exists() and not open_tasks(send).exists():
        send.enqueue()


def send_due(*, at: datetime) -> bool:
    """Send some of what is due; whether more of it could be sent now."""
    mailer, began = mailers.default, monotonic()
    try:
        mailer.open()
    except OSError as error:
        logger.warning("nothing is sent: %s", error)
        Notice.across_firms.due(at).update(because=UNREACHABLE % error)
        return False
    recipients = Notice.across_firms.due(at).values_list("person", "firm")
    try:
        for person, firm in islice(dict.fromkeys(recipients), MESSAGES_A_RUN):
            claimed_at = at + timedelta(seconds=monotonic() - began)
            if not _send_to(person, firm, mailer, at=at, claimed_at=claimed_at):
                break
    finally:
        mailer.close()
    return Notice.across_firms.due(at).exists()


def _send_to(
    person: int, firm: int, mailer: Any, *, at: datetime, claimed_at: datetime
) -> bool:
    """Send all that is due as one message; False to speak to the mail server anew."""
    due = Notice.across_firms.due(at).filter(person=person, firm=firm)
    notices = list(due.select_related("person", "firm", "edition"))
    try:
        told = _still_wanted(notices, on=make_naive(at).date())
        message = _message(told) if told else None
    except Exception:
        logger.exception("cannot be written: %s", notices)
        _mark(notices, State.FAILED, UNWRITABLE, when=State.WAITING)
        return True
    if message is None or not _claim(told, at=claimed_at):
        return True
    return _hand_over(message, told, mailer, at=at)


def _still_wanted(notices: Iterable[Notice], *, on: date) -> dict[Notice, Part]:
    """What each has to say; those that are not to say it any more are marked so."""
    found = dict[Notice, Part]()
    for notice in notices:
        is_member = notice.firm.memberships.filter(person=notice.person_id).exists()
        told = _told(notice, is_member=is_member, on=on)
        objection = _objection(notice, may_be_told=is_member or bool(notice.ruling))
        if told and not objection:
            found[notice] = told
        else:
            reason = objection or (OUT_OF_DATE if is_member else GONE)
            _mark([notice], State.NOT_WANTED, reason, when=State.WAITING)
    return found


def _told(notice: Notice, *, is_member: bool, on: date) -> Part | None:
    """What it has to say, if anything."""
    if notice.ruling:
        return recall_for(notice.ruling, is_member=is_member)
    news = news_of(notice.edition, Notice.Event(notice.event), on=on)
    told = news.for_firm(notice.firm) if news else None
    return told if told and told.differences else None


def _objection(notice: Notice, *, may_be_told: bool) -> str:
    """Why it is not to be sent any more, or nothing."""
    if not may_be_told or not notice.person.is_active:
        return GONE
    if pace_of(notice.person) == Pace.NEVER:
        return STOPPED
    is_taken_back = notice.event == Notice.Event.PUBLISHED
    return TAKEN_BACK if is_taken_back and notice.edition.withdrawn_at else ""


def _message(told: Mapping[Notice, Part]) -> EmailMessage:
    first, person = min(notice.pk for notice in told), next(iter(told)).person
    return message_to(person, list(told.values()), pace=pace_of(person), key=first)


@transaction.atomic
def _claim(notices: Collection[Notice], *, at: datetime) -> bool:
    """Take them all, unless another worker has taken one."""
    waiting = Notice.across_firms.waiting().filter(pk__in=[n.pk for n in notices])
    taken = waiting.update(state=State.SENDING, taken_at=at, because="")
    if taken < len(notices):
        transaction.set_rollback(True)
    return taken == len(notices)


def _hand_over(
    message: EmailMessage, notices: Iterable[Notice], mailer: Any, *, at: datetime
) -> bool:
    """Give it to the mail server; False if that did not simply take it."""
    try:
        mailer.send_messages([message])
    except REFUSALS as error:
        _mark(notices, State.FAILED, _reason(error), when=State.SENDING)
    except Exception as error:
        logger.exception("unanswered: %s", notices)
        _mark(notices, State.UNKNOWN, UNANSWERED % error, when=State.SENDING)
    else:
        _mark(notices, State.SENT, "", when=State.SENDING, sent_at=at)
        return True
    return False


def _reason(error: Exception) -> str:
    """Why it was refused, in the mail server's own words if it gave any."""
    match error:
        case SMTPResponseException(smtp_code=code, smtp_error=text):
            answer = (code, text)
        case SMTPRecipientsRefused(recipients=refused):
            answer = next(iter(refused.values()))
        case _:
            return str(error)
    code, text = answer
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {words}"


def _mark(
    notices: Iterable[Notice],
    state: Notice.State,
    because: str,
    *,
    when: Notice.State,
    sent_at: datetime | None = None,
) -> None:
    """Record what became of those that still are as they were."""
    found = Notice.across_firms.filter(pk__in=[n.pk for n in notices], state=when)
    found.update(state=state, because=because, sent_at=sent_at)
