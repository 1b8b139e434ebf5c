"""A firm's question put to an edition: which entries bear on it, and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from policyguide.guidance.facts import (
    Edition,
    Entry,
    FirmProfile,
    Office,
    Quotation,
    Region,
    Use,
)
from policyguide.guidance.findings import Because, Finding, Why

MARKDOWN_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
PLACEHOLDER = re.compile(r"\{(firm|places|headcount)\}")


@dataclass(frozen=True, kw_only=True)
class Inquiry:
    """Who asks, of which edition.

    `in_doubt` gives, by quotation code, the day its source was found to read
    differently.
    """

    edition: Edition
    profile: FirmProfile
    in_doubt: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The regions asked about, in reading order; all of them if none was named."""
        return self._asked or self.edition.regions

    @cached_property
    def _asked(self) -> tuple[Region, ...]:
        codes = self.profile.regions | {
            self.edition.region_for(office.country) for office in self.profile.offices
        }
        return tuple(region for region in self.edition.regions if region.code in codes)

    @cached_property
    def region_codes(self) -> frozenset[str]:
        return frozenset(region.code for region in self.regions)

    def offices_in(self, region: str) -> tuple[Office, ...]:
        """The firm's offices in a region, in the order the firm gave them."""
        return tuple(
            office
            for office in self.profile.offices
            if self.edition.region_for(office.country) == region
        )

    def bears_on(
        self,
        *,
        regions: frozenset[str] = frozenset(),
        uses: frozenset[Use] = frozenset(),
    ) -> bool:
        """Whether an entry limited to these regions and uses is for this firm.

        An empty limit is no limit. A firm that named no use is shown all of them.
        """
        in_region = not regions or bool(regions & self.region_codes)
        in_use = not uses or not self.profile.uses or bool(uses & self.profile.uses)
        return in_region and in_use

    def because(
        self,
        *,
        regions: frozenset[str] = frozenset(),
        uses: frozenset[Use] = frozenset(),
    ) -> tuple[Because, ...]:
        """The offices, regions and uses that bring an entry with these limits."""
        places = tuple(
            because
            for region in self.regions
            if region.code in regions
            for because in self._because_of_region(region)
        )
        used = tuple(
            Because(why=Why.USE, what=use)
            for use in Use
            if use in uses & self.profile.uses
        )
        return places + used or (Because(why=Why.EVERYONE),)

    def _because_of_region(self, region: Region) -> tuple[Because, ...]:
        offices = tuple(
            Because(why=Why.OFFICE, what=office.city)
            for office in self.offices_in(region.code)
        )
        return offices or (Because(why=Why.REGION, what=region.title),)

    def finding[E: Entry](
        self,
        entry: E,
        *,
        because: tuple[Because, ...] = (),
        resting_on: tuple[Quotation, ...] = (),
        places: str = "",
    ) -> Finding[E]:
        """The entry as it bears on the firm, `resting_on` further quotations."""
        quotations = tuple(dict.fromkeys((*entry.rests_on, *resting_on)))
        return Finding(
            entry=entry,
            words=self._filled(entry.words, places=places),
            quotations=quotations,
            because=because or (Because(why=Why.EVERYONE),),
            conflicts=self._conflicts_touching.get(entry.code, ()),
            in_doubt_since=self._in_doubt_since(quotations),
        )

    def places_named(self, regions: tuple[Region, ...]) -> str:
        """The firm's cities in these regions, then those without one, as one phrase."""
        codes = frozenset(region.code for region in regions)
        cities = [
            office.city
            for office in self.profile.offices
            if self.edition.region_for(office.country) in codes
        ]
        titles = [
            region.title for region in regions if not self.offices_in(region.code)
        ]
        *most, last = dict.fromkeys(cities + titles)
        return f"{', '.join(most)} and {last}" if most else last

    @cached_property
    def _conflicts_touching(self) -> dict[str, tuple[str, ...]]:
        touching: dict[str, tuple[str, ...]] = {}
        for conflict in self.edition.conflicts:
            for code in conflict.touches:
                touching[code] = (*touching.get(code, ()), conflict.code)
        return touching

    def _in_doubt_since(self, quotations: tuple[Quotation, ...]) -> date | None:
        days = (self.in_doubt.get(quotation.code) for quotation in quotations)
        return min((day for day in days if day), default=None)

    def _filled(self, words: str, *, places: str) -> str:
        values = {
            "firm": self.profile.name,
            "places": places,
            "headcount": str(self.profile.headcount or ""),
        }
        return PLACEHOLDER.sub(lambda match: plain(values[match[1]]), words)


def plain(text: str) -> str:
    """Text as Markdown that shows just that text, whatever characters are in it."""
    return MARKDOWN_PUNCTUATION.sub(r"\\\1", text)
