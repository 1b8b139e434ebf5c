"""What a change of the terms means for all firms: who is told anything else, and what.

Firms that are alike in all the change can turn on are told the same, but for names of
places. So the guidance is composed once for each such likeness, not for each firm.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from policyguide.firms import models
from policyguide.firms.models import Firm
from policyguide.guidance import compose
from policyguide.guidance.compare import Difference, compare
from policyguide.guidance.facts import Edition, Entry, FirmProfile, Office, Use

type Likeness = tuple[frozenset[str] | frozenset[Use] | bool, ...]
type Told = tuple[str, ...]


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
class Progress:
    """How many likenesses of how many have been looked at."""

    done: int
    of: int

    @property
    def is_complete(self) -> bool:
        return self.done == self.of


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """One edition in the place of another, as of a day.

    `told` holds what has been found out so far, by likeness: keep it, and whoever makes
    the same replacement again need not look twice.
    """

    before: Edition
    after: Edition
    as_of: date
    told: dict[Likeness, Told] = field(default_factory=dict)

    def impact(self, firms: Iterable[Firm]) -> Impact:
        """Who is told anything else; load the firms' offices with them."""
        groups: defaultdict[Told, list[Firm]] = defaultdict(list)
        for firm in firms:
            groups[self.told_otherwise(firm.profile())].append(firm)
        unaffected = groups.pop((), [])
        by_size = sorted(groups.values(), key=lambda found: -len(found))
        return Impact(
            groups=tuple(map(self._group, by_size)), unaffected=len(unaffected)
        )

    def look_at(self, profiles: Iterable[FirmProfile], *, most: int) -> Progress:
        """Look at so many likenesses more, for ten thousand firms take a while."""
        alike = {self._likeness(profile): profile for profile in profiles}
        unknown = [alike[likeness] for likeness in alike.keys() - self.told.keys()]
        for profile in unknown[:most]:
            self.told_otherwise(profile)
        return Progress(done=len(alike) - len(unknown[most:]), of=len(alike))

    def told_otherwise(self, profile: FirmProfile) -> Told:
        """What a firm is told otherwise, by name; found out once for each likeness."""
        likeness = self._likeness(profile)
        if likeness not in self.told:
            found = self.differences(profile)
            self.told[likeness] = tuple(f"{each.how} {each.code}" for each in found)
        return self.told[likeness]

    def differences(self, profile: FirmProfile) -> tuple[Difference, ...]:
        """What one firm is told otherwise."""
        return compare(
            compose(self.before, profile, as_of=self.as_of),
            compose(self.after, profile, as_of=self.as_of),
        )

    def _group(self, firms: list[Firm]) -> Group:
        profile = firms[0].profile()
        return Group(firms=tuple(firms), differences=self.differences(profile))

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

        Every headline counts, since it rests on the answers of its regions too and may
        differ though it is the same itself; and so does what a conflict touches.
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


def outlines() -> list[FirmProfile]:
    """The profile of every firm, but for names and cities: quick for ten thousand."""
    offices: defaultdict[int, list[Office]] = defaultdict(list)
    for firm, country in models.Office.across_firms.values_list("firm", "country"):
        offices[firm].append(Office(city="", country=country))
    return [
        FirmProfile(offices=tuple(offices[firm]), uses=frozenset(map(Use, uses)))
        for firm, uses in Firm.objects.values_list("pk", "uses")
    ]


def _uses_of(entry: Entry) -> frozenset[Use]:
    return getattr(entry, "uses", frozenset())
