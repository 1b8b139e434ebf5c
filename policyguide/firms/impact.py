"""What a change of the terms means for all firms: who is told anything else, and what.

Firms that are alike in all the change can turn on are told the same, but for names of
places. So the guidance is composed once for each such likeness, not for each firm.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from policyguide.firms.models import Firm
from policyguide.guidance import compose
from policyguide.guidance.compare import Difference, compare
from policyguide.guidance.facts import Edition, Entry, FirmProfile, Use

type Likeness = tuple[frozenset[str] | frozenset[Use] | bool, ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Firms that a change tells the same; `differences` are as its first firm reads."""

    firms: tuple[Firm, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Impact:
    """Firms by what a change tells them, the largest group first, and the others."""

    groups: tuple[Group, ...]
    unaffected: int

    @property
    def firms(self) -> tuple[Firm, ...]:
        return tuple(firm for group in self.groups for firm in group.firms)


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """One edition in the place of another, as of a day."""

    before: Edition
    after: Edition
    as_of: date

    def impact(self, firms: Iterable[Firm]) -> Impact:
        """Who is told anything else; load the firms' offices with them."""
        alike: defaultdict[Likeness, list[Firm]] = defaultdict(list)
        for firm in firms:
            alike[self._likeness(firm.profile())].append(firm)
        told: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
        for found in alike.values():
            group = Group(
                firms=tuple(found), differences=self.differences(found[0].profile())
            )
            told[tuple(f"{d.how} {d.code}" for d in group.differences)].append(group)
        untold = told.pop((), [])
        groups = sorted(map(_joined, told.values()), key=lambda g: -len(g.firms))
        return Impact(
            groups=tuple(groups), unaffected=sum(len(group.firms) for group in untold)
        )

    def differences(self, profile: FirmProfile) -> tuple[Difference, ...]:
        """What one firm is told otherwise."""
        return compare(
            compose(self.before, profile, as_of=self.as_of),
            compose(self.after, profile, as_of=self.as_of),
        )

    def _likeness(self, profile: FirmProfile) -> Likeness:
        """All of a profile that the difference between the editions can turn on."""
        countries = frozenset(office.country.upper() for office in profile.offices)
        return (
            frozenset(map(self.before.region_for, countries)),
            frozenset(map(self.after.region_for, countries)),
            countries & self._countries,
            profile.uses & self._uses,
            bool(profile.uses),
        )

    @cached_property
    def _countries(self) -> frozenset[str]:
        """The countries that some authority speaks for."""
        spoken_for = (a.countries for e in self._editions for a in e.authorities)
        return frozenset(chain.from_iterable(spoken_for))

    @cached_property
    def _uses(self) -> frozenset[Use]:
        """The uses that bring an entry whose finding may differ.

        Every headline counts, since one more or less moves the others, and so does what
        a conflict touches.
        """
        old, new = self.before.entry, self.after.entry
        codes = {c for c in old.keys() | new.keys() if old.get(c) != new.get(c)}
        for edition in self._editions:
            codes.update(headline.code for headline in edition.headlines)
            codes.update(*(c.touches for c in edition.conflicts if c.code in codes))
        entries = (e.entry[c] for e in self._editions for c in codes if c in e.entry)
        return frozenset(chain.from_iterable(map(_uses_of, entries)))

    @property
    def _editions(self) -> tuple[Edition, Edition]:
        return self.before, self.after


def _uses_of(entry: Entry) -> frozenset[Use]:
    return getattr(entry, "uses", frozenset())


def _joined(groups: list[Group]) -> Group:
    firms = chain.from_iterable(group.firms for group in groups)
    return Group(firms=tuple(firms), differences=groups[0].differences)
