"""What somebody at the desk does about messages that are stuck."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from policyguide.firms.models import Person
from policyguide.notices.models import Deed, Notice
from policyguide.notices.send import send
from policyguide.policy.models import LogLine

State = Notice.State


@transaction.atomic
def send_again(notices: Collection[int], *, by: Person, at: datetime) -> int:
    """Send them now, also what may have been sent once; says how many there were."""
    stuck = Notice.across_firms.stuck().filter(pk__in=notices)
    number = stuck.update(state=State.WAITING, because="", due_at=at, taken_at=None)
    if number:
        _log(Deed.SEND_AGAIN, number, by=by, at=at)
        send.enqueue()
    return number


@transaction.atomic
def close(notices: Collection[int], *, by: Person, at: datetime) -> int:
    """Leave them as they are, for good; says how many there were."""
    stuck = Notice.across_firms.stuck().filter(pk__in=notices)
    number = stuck.update(state=State.CLOSED)
    if number:
        _log(Deed.CLOSE, number, by=by, at=at)
    return number


def _log(what: Deed, number: int, *, by: Person, at: datetime) -> None:
    told = ngettext("%(number)s message", "%(number)s messages", number)
    LogLine.objects.create(at=at, by=by, what=what, subject=told % {"number": number})
