"""What a change of the record means for a firm."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import cast

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _

from policyguide.firms.impact import Replacement
from policyguide.firms.models import Firm
from policyguide.guidance import facts
from policyguide.notices.models import Notice
from policyguide.notices.told import Told
from policyguide.policy.editions import edition_numbered
from policyguide.policy.models import Edition
from policyguide.policy.rows import facts_of

Event = Notice.Event


@dataclass(frozen=True, kw_only=True)
class News:
    """An edition that came in the place of another, or was withdrawn in favour of it.

    `because` is its change note or the reason for its withdrawal, `since` the day from
    which the one holds and the other does not.
    """

    event: Notice.Event
    edition: facts.Edition
    other: facts.Edition
    because: str
    since: date
    on: date

    @property
    def is_announced(self) -> bool:
        return self.since > self.on

    @property
    def is_withdrawal(self) -> bool:
        return self.event == Event.WITHDRAWN

    @cached_property
    def replacement(self) -> Replacement:
        before, after = self.other, self.edition
        if self.is_withdrawal:
            before, after = after, before
        as_of = max(self.on, self.edition.in_force_from)
        return Replacement(before=before, after=after, as_of=as_of)

    def for_firm(self, firm: Firm) -> "FirmNews":
        differences = self.replacement.differences(firm.profile())
        return FirmNews(news=self, firm=firm, differences=differences)


@dataclass(frozen=True, kw_only=True)
class FirmNews(Told):
    """The news as one firm's people read it."""

    template = "notices/_news.txt"

    news: News

    @property
    def subject(self) -> str:
        """What changed, where, from when."""
        text = (
            _("Withdrawn: %(what)s · %(where)s · since %(day)s")
            if self.news.is_withdrawal
            else _("%(what)s · %(where)s · from %(day)s")
        )
        return text % {
            "what": self.news.edition.title,
            "where": self.where,
            "day": date_format(self.news.since),
        }


def news_of(edition: Edition, event: Notice.Event, *, on: date) -> News | None:
    """The news in a publication or a withdrawal; None if no other edition is there."""
    other = _other_than(edition, event)
    if other is None:
        return None
    is_withdrawal = event == Event.WITHDRAWN
    withdrawn_on = make_naive(_happened_at(edition, event)).date()
    return News(
        event=event,
        edition=edition_numbered(edition.number or 0, edition.sha256),
        other=edition_numbered(other.number or 0, other.sha256),
        because=edition.withdrawn_because if is_withdrawal else edition.change_note,
        since=withdrawn_on if is_withdrawal else edition.in_force_from,
        on=on,
    )


def news_of_draft(draft: Edition, base: Edition, *, on: date) -> News:
    """The news there will be in its publication: under the next number, if by then no
    other edition has that."""
    last = Edition.objects.aggregate(last=Max("number"))["last"] or 0
    return News(
        event=Event.PUBLISHED,
        edition=replace(facts_of(draft), number=last + 1),
        other=facts_of(base),
        because=draft.change_note,
        since=draft.in_force_from,
        on=on,
    )


def is_told(edition: Edition, event: Notice.Event, *, on: date) -> bool:
    """Whether people are to be told: not of what is minor or overtaken already.

    A withdrawal is news however minor the edition was.
    """
    day = max(on, edition.in_force_from)
    first = Edition.objects.in_force(day).first()
    if event == Event.WITHDRAWN:
        return first == _other_than(edition, event)
    return first == edition and edition.severity != Edition.Severity.MINOR


def _other_than(edition: Edition, event: Notice.Event) -> Edition | None:
    """What it was published in the place of, or what holds again without it."""
    others = Edition.objects.in_force(edition.in_force_from).exclude(pk=edition.pk)
    return others.filter(published_at__lte=_happened_at(edition, event)).first()


def _happened_at(edition: Edition, event: Notice.Event) -> datetime:
    is_withdrawal = event == Event.WITHDRAWN
    at = edition.withdrawn_at if is_withdrawal else edition.published_at
    return cast(datetime, at)
