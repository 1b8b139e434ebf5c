"""How current the record is: which edition is in force, when it was checked."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, Greatest

from policyguide.guidance import facts
from policyguide.policy.editions import edition_numbered, named_in_force
from policyguide.policy.models import Capture, Source, SourceCheck

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
class Currency:
    """The state of the record on a day, in few enough words to be a cache key.

    Every source has been read, or read again, on `checked_on` or later.
    """

    number: int
    sha256: str
    checked_on: date | None

    def edition(self) -> facts.Edition:
        """The facts of the edition in force. No query, once the process has them."""
        return edition_numbered(self.number, self.sha256)


def currency(on: date) -> Currency:
    """The state of the record on a day, in two queries. Raises `NoEditionInForce`."""
    number, sha256 = named_in_force(on)
    days = Source.objects.annotate(day=LAST_CHECKED).aggregate(first=Min("day"))
    return Currency(number=number, sha256=sha256, checked_on=days["first"])
