"""What differs for a firm, in the order in which it is told.

Nothing is worded here: what differs is composed and compared, as on the firm's pages,
and the first difference in reading order is the first line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from django.utils.translation import gettext as _

from policyguide.firms.models import Firm
from policyguide.guidance.compare import Difference, How
from policyguide.guidance.facts import Action, Headline
from policyguide.guidance.findings import Cited, Finding, Why

MOST_TOLD = 8
MOST_PLACES = 3
PLACES = frozenset({Why.OFFICE, Why.REGION})


class Part(Protocol):
    """A part of a message, with the template that words it."""

    template: str

    @property
    def differences(self) -> tuple[Difference, ...]: ...

    @property
    def firm(self) -> Firm | None:
        """The firm whose member is told it; none if they no longer are one."""

    @property
    def subject(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Told(Cited):
    """What is told to the people of a firm, for these differences."""

    firm: Firm
    differences: tuple[Difference, ...]

    def __iter__(self) -> Iterator[Finding[Any]]:
        for difference in (self.lead, *self.to_do, *self.others):
            yield difference.finding

    @property
    def lead(self) -> Difference:
        """The substance: what the firm would read first on its page."""
        return (self._statements or self.differences)[0]

    @property
    def others(self) -> tuple[Difference, ...]:
        """What is told beside it, and not as something to do."""
        return self._statements[1 : MOST_TOLD + 1]

    @property
    def untold(self) -> int:
        """How many more differences stand on the firm's page only."""
        return len(self._statements[MOST_TOLD + 1 :])

    @property
    def to_do(self) -> tuple[Difference, ...]:
        """The actions that are new, or no longer what they were."""
        return tuple(
            difference
            for difference in self.differences
            if isinstance(difference.finding.entry, Action)
            and difference.how != How.REMOVED
        )

    @property
    def where(self) -> str:
        """The firm's places that it concerns, or how many more there are."""
        places = self._places or (self.firm.name,)
        named = list(places[:MOST_PLACES])
        if more := len(places) - len(named):
            named.append(_("%(number)s more places") % {"number": more})
        *most, last = named
        return f"{', '.join(most)} {_('and')} {last}" if most else last

    @property
    def _statements(self) -> tuple[Difference, ...]:
        return tuple(
            difference
            for difference in self.differences
            if not isinstance(difference.finding.entry, Action)
        )

    @cached_property
    def _places(self) -> tuple[str, ...]:
        """Those that anything but a headline differs for: headlines sum up the rest."""
        told = self.differences
        summed_up = (d for d in told if not isinstance(d.finding.entry, Headline))
        return _places_of(summed_up) or _places_of(told)


def _places_of(differences: Iterable[Difference]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            because.what
            for difference in differences
            for because in difference.finding.because
            if because.why in PLACES
        )
    )
