"""How often a person is told, when that is next, and how they stop without signing in.

A stop link is for one thing only and works as long as the person is known: it lies in
old mail too.
"""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.timezone import make_aware, make_naive

from policyguide.firms.models import Person
from policyguide.memos.models import Ruling
from policyguide.notices.models import Notice, Preference

Pace = Preference.Pace

HOUR_OF_DIGESTS = time(7)  # before the working day, in the time zone of the site
MONDAY = 0
STOPPED = "They want no mail."

STOP = Signer(salt="policyguide.notices.stop", sep=".")


def pace_of(person: Person) -> Pace:
    chosen = Preference.objects.filter(person=person).first()
    return Pace(chosen.pace) if chosen else Pace.AT_ONCE


@transaction.atomic
def set_pace(person: Person, pace: Pace, *, at: datetime) -> None:
    """Choose it, for what is waiting already too."""
    Preference.objects.update_or_create(person=person, defaults={"pace": pace})
    waiting = Notice.across_firms.waiting().filter(person=person)
    if pace == Pace.NEVER:
        waiting.update(state=Notice.State.NOT_WANTED, because=STOPPED)
    else:
        patient = [n.pk for n in waiting.select_related("ruling") if _is_patient(n)]
        waiting.filter(pk__in=patient).update(due_at=due_at(pace, at))


def _is_patient(notice: Notice) -> bool:
    """What must not be relied on waits for no digest: see recalls.py."""
    ruling = notice.ruling
    return ruling is None or ruling.status == Ruling.Status.SUPERSEDED


def due_at(pace: Pace, at: datetime) -> datetime:
    """When somebody with this pace is told of what happens `at` a moment."""
    if pace not in {Pace.DAILY, Pace.WEEKLY}:
        return at
    now = make_naive(at)
    day = now.date() + timedelta(days=now.time() >= HOUR_OF_DIGESTS)
    if pace == Pace.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return make_aware(datetime.combine(day, HOUR_OF_DIGESTS))


def sending(pace: Pace, at: datetime) -> dict[str, Any]:
    """Whether and when somebody with this pace is sent mail, as a notice says it."""
    if pace == Pace.NEVER:
        return {"state": Notice.State.NOT_WANTED, "because": STOPPED, "due_at": at}
    return {"due_at": due_at(pace, at)}


def stop_token(person: Person) -> str:
    return STOP.sign(str(person.pk))


def person_of(token: str) -> Person | None:
    """Whose stop link it is; None if it is nobody's."""
    try:
        key = STOP.unsign(token)
    except BadSignature:
        return None
    return Person.objects.filter(pk=key).first()
