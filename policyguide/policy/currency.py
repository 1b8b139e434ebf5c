"""How current the record is: which edition is in force, when it was checked."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import DateField, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from policyguide.guidance import facts
from policyguide.policy.editions import edition_numbered, named_in_force
from policyguide.policy.models import Capture, Edition, LogLine, Source, SourceCheck
from policyguide.policy.rechecks import in_doubt

DAYS_KEPT = 8

CHECKS = SourceCheck.objects.filter(source=OuterRef("pk")).order_by("-checked_on")
CAPTURES = Capture.objects.filter(source=OuterRef("pk")).order_by("-captured_on")

CHECKED_ON = Subquery(CHECKS.values("checked_on")[:1])
CAPTURED_ON = Subquery(CAPTURES.values("captured_on")[:1])

# The day a source was last read, whether or not it had changed.
LAST_CHECKED = Coalesce(
    Greatest(CHECKED_ON, CAPTURED_ON),
    CHECKED_ON,
    CAPTURED_ON,
    output_field=DateField(),
)


@dataclass(frozen=True, kw_only=True)
class Announced:
    """An edition that is published and comes into force on a day to come."""

    number: int
    sha256: str
    in_force_from: date

    def edition(self) -> facts.Edition:
        return edition_numbered(self.number, self.sha256)


@dataclass(frozen=True, kw_only=True)
class Currency:
    """The state of the record on a day, in few enough words to be a cache key.

    Every source has been read, or read again, on `checked_on` or later. `doubts` names
    the quotations that their source no longer bears out, and since when. `announced`
    are the editions to come, one a day, the next first.
    """

    number: int
    sha256: str
    checked_on: date | None
    doubts: frozenset[tuple[str, date]] = frozenset()
    announced: tuple[Announced, ...] = ()

    @property
    def in_doubt(self) -> dict[str, date]:
        """The day of doubt by quotation code, as `compose` takes it."""
        return dict(self.doubts)

    def edition(self) -> facts.Edition:
        """The facts of the edition in force. No query, once the process has them."""
        return edition_numbered(self.number, self.sha256)

    def announced_for(self, day: str) -> Announced | None:
        """The edition that is announced for a day, given as in ISO 8601."""
        days = {found.in_force_from.isoformat(): found for found in self.announced}
        return days.get(day)


def currency(on: date) -> Currency:
    """The state of the record on a day, or `NoEditionInForce`. One query, as a rule.

    Whatever changes the record leaves a line in its log, which only grows: as long as
    there are as many lines, the state is what it was.
    """
    return _currency(on, LogLine.objects.count())


@lru_cache(maxsize=DAYS_KEPT)
def _currency(on: date, deeds: int) -> Currency:
    number, sha256 = named_in_force(on)
    days = Source.objects.annotate(day=LAST_CHECKED).aggregate(first=Min("day"))
    return Currency(
        number=number,
        sha256=sha256,
        checked_on=days["first"],
        doubts=frozenset(in_doubt().items()),
        announced=_announced(on),
    )


def _announced(on: date) -> tuple[Announced, ...]:
    """What comes into force after a day: of editions for the same day, the last one."""
    rows = Edition.objects.announced(on).order_by("in_force_from", "number")
    names = ("number", "sha256", "in_force_from")
    by_day = {row["in_force_from"]: Announced(**row) for row in rows.values(*names)}
    return tuple(by_day.values())
