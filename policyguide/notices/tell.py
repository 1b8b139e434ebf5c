"""Find the people whom a change concerns, and put them down to be told, once each.

The only maker of notices. Its task is enqueued in the transaction that publishes or
withdraws, and may run any number of times.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import cast

from django.db import transaction
from django.tasks import TaskContext, task
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _

from policyguide.firms.models import Firm, Membership
from policyguide.notices.models import Deed, Notice, Preference
from policyguide.notices.news import is_told, news_of
from policyguide.notices.preferences import Pace, sending
from policyguide.notices.send import send
from policyguide.policy.models import Edition, LogLine

Event = Notice.Event


def follow(edition: Edition, *, at: datetime) -> None:
    """Have everybody told whom the edition, or its withdrawal, concerns: a follower."""
    event = Event.WITHDRAWN if edition.withdrawn_at else Event.PUBLISHED
    tell.enqueue(edition.pk, event)


@task(takes_context=True)
def tell(context: "TaskContext[[int, str], None]", edition_id: int, event: str) -> None:
    """Put down all whom it concerns, as of the moment the worker began."""
    began_at = cast(datetime, context.task_result.started_at)
    tell_of(Edition.objects.get(pk=edition_id), Event(event), at=began_at)


def tell_of(edition: Edition, event: Notice.Event, *, at: datetime) -> None:
    """Put down all whom it concerns, if it is news. Who is down already stays so."""
    on = make_naive(at).date()
    news = news_of(edition, event, on=on)
    if news and is_told(edition, event, on=on):
        firms = Firm.objects.prefetch_related("offices")
        _put_down(edition, event, news.replacement.impact(firms).firms, at=at)


def members_of(firms: Iterable[Firm]) -> Iterator[Membership]:
    """Everybody who belongs to one of the firms and can sign in."""
    concerned = {firm.pk for firm in firms}
    members = Membership.across_firms.filter(person__is_active=True)
    for member in members.select_related("person", "firm").order_by("firm__name", "pk"):
        if member.firm_id in concerned:
            yield member


@transaction.atomic
def _put_down(
    edition: Edition, event: Notice.Event, firms: Iterable[Firm], *, at: datetime
) -> None:
    """Whoever tells of the same edition waits here for their turn."""
    held = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
    down = Notice.across_firms.filter(edition=held, event=event)
    known = set(down.values_list("person_id", "firm_id"))
    paces = dict(Preference.objects.values_list("person_id", "pace"))
    new = [
        Notice(
            person_id=member.person_id,
            firm_id=member.firm_id,
            edition=held,
            event=event,
            **sending(Pace(paces.get(member.person_id, Pace.AT_ONCE)), at),
        )
        for member in members_of(firms)
        if (member.person_id, member.firm_id) not in known
    ]
    if new:
        Notice.across_firms.bulk_create(new, batch_size=500)
        _log(new, at=at)
        send.enqueue()


def _log(new: list[Notice], *, at: datetime) -> None:
    wanted = [notice for notice in new if notice.state == Notice.State.WAITING]
    LogLine.objects.create(
        at=at,
        what=Deed.TELL,
        subject=str(new[0].edition),
        why=_("People: %(people)s, firms: %(firms)s.")
        % {
            "people": len({notice.person_id for notice in wanted}),
            "firms": len({notice.firm_id for notice in wanted}),
        },
        sha256_after=new[0].edition.sha256,
    )
