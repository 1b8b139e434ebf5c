"""What follows from the facts for one firm: findings, and the guidance they make up.

A finding wraps the entry it comes from and adds what is particular to the firm: the
words with its places filled in, why it is shown, and what it depends on.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import Any

from policyguide.guidance.facts import (
    Action,
    AffiliateTerm,
    Audience,
    Authority,
    Clause,
    Conflict,
    Control,
    DataCategory,
    Edition,
    Effect,
    Entry,
    FirmProfile,
    Headline,
    Office,
    Quotation,
    Region,
    RegionTerm,
    Rumour,
    Silence,
    Source,
    Standing,
)

MUST_BE_CITED = frozenset({Standing.FACT, Standing.INFERENCE})


class Uncited(ValueError):
    """A statement of fact without a quotation; its argument is the entry's code."""


class Why(StrEnum):
    """Which part of the question brought a finding."""

    OFFICE = "office"
    REGION = "region"
    USE = "use"
    EVERYONE = "everyone"


@dataclass(frozen=True, kw_only=True)
class Because:
    """Why a finding is shown: the city, region title or `Use` that brought it."""

    why: Why
    what: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding[E: Entry]:
    """An entry as it bears on one firm.

    `conflicts` are codes of the conflicts it depends on. `in_doubt_since` is the day a
    source was found to read differently from a quotation the finding rests on.
    """

    entry: E
    words: str
    quotations: tuple[Quotation, ...]
    because: tuple[Because, ...]
    conflicts: tuple[str, ...] = ()
    in_doubt_since: date | None = None

    def __post_init__(self) -> None:
        if self.entry.standing in MUST_BE_CITED and not self.quotations:
            raise Uncited(self.entry.code)

    @property
    def code(self) -> str:
        return self.entry.code

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def standing(self) -> Standing:
        return self.entry.standing

    @property
    def is_for_everyone(self) -> bool:
        """Whether no part of the profile brought it."""
        return all(because.why is Why.EVERYONE for because in self.because)

    @property
    def is_yours(self) -> bool:
        """Whether something the firm does on LinkedIn brought it."""
        return any(because.why is Why.USE for because in self.because)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A row of the grid: a region, the firm's offices there, a cell for each effect."""

    region: Finding[Region]
    offices: tuple[Office, ...]
    cells: tuple[Finding[RegionTerm], ...]


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """What affiliates get, for one effect."""

    effect: Finding[Effect]
    terms: tuple[Finding[AffiliateTerm], ...]


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """What one audience should do."""

    audience: Audience
    actions: tuple[Finding[Action], ...]


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A quotation under the number it has in this guidance."""

    number: int
    quotation: Quotation


@dataclass(frozen=True, kw_only=True)
class CitedSource:
    """A source with the citations it carries in this guidance."""

    source: Source
    citations: tuple[Citation, ...]


class Cited(ABC):
    """Findings in reading order, and the citations they carry."""

    @abstractmethod
    def __iter__(self) -> Iterator[Finding[Any]]: ...

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Each quotation once, numbered from 1 in the order a reader meets them."""
        quotations = dict.fromkeys(
            quotation for finding in self for quotation in finding.quotations
        )
        return tuple(
            Citation(number=number, quotation=quotation)
            for number, quotation in enumerate(quotations, start=1)
        )

    @cached_property
    def citation_of(self) -> dict[str, Citation]:
        """Citations by the code of their quotation."""
        return {citation.quotation.code: citation for citation in self.citations}

    @cached_property
    def captured_on(self) -> date | None:
        """The day on which all that is cited was captured, if it was one day."""
        days = {citation.quotation.captured_on for citation in self.citations}
        return days.pop() if len(days) == 1 else None

    @cached_property
    def sources(self) -> tuple[CitedSource, ...]:
        """The sources cited, in order of first appearance, with their citations."""
        cited: dict[Source, list[Citation]] = {}
        for citation in self.citations:
            cited.setdefault(citation.quotation.source, []).append(citation)
        return tuple(
            CitedSource(source=source, citations=tuple(citations))
            for source, citations in cited.items()
        )


@dataclass(frozen=True, kw_only=True)
class Guidance(Cited):
    """The answer for one firm, in reading order. Page, memo, mail and JSON render it.

    `new` are the cells that apply since the day the edition came into force, `before`
    those that applied earlier.
    """

    edition: Edition
    profile: FirmProfile
    as_of: date
    bottom_line: tuple[Finding[Headline], ...]
    effects: tuple[Finding[Effect], ...]
    places: tuple[Place, ...]
    changes: tuple[Finding[Clause], ...]
    new: tuple[Finding[RegionTerm], ...]
    before: tuple[Finding[RegionTerm], ...]
    training: tuple[Finding[Clause], ...]
    used: tuple[Finding[DataCategory], ...]
    unresolved: tuple[Finding[DataCategory], ...]
    excluded: tuple[Finding[DataCategory], ...]
    affiliates: tuple[Finding[Clause], ...]
    sharing: tuple[Sharing, ...]
    opting_out: tuple[Finding[Clause], ...]
    controls: tuple[Finding[Control], ...]
    to_do: tuple[ToDo, ...]
    reasons: tuple[Finding[Clause], ...]
    conflicts: tuple[Finding[Conflict], ...]
    silences: tuple[Finding[Silence], ...]
    rumours: tuple[Finding[Rumour], ...]
    regulators: tuple[Finding[Authority], ...]
    duties: tuple[Finding[Authority], ...]
    history: tuple[Finding[Clause], ...]

    def __iter__(self) -> Iterator[Finding[Any]]:
        """Every finding in reading order; one shown twice comes twice."""
        sections: tuple[Iterable[Finding[Any]], ...] = (
            self.bottom_line,
            self.effects,
            *((place.region, *place.cells) for place in self.places),
            self.changes,
            self.new,
            self.before,
            self.training,
            self.used,
            self.unresolved,
            self.excluded,
            self.affiliates,
            *((sharing.effect, *sharing.terms) for sharing in self.sharing),
            self.opting_out,
            self.controls,
            *(to_do.actions for to_do in self.to_do),
            self.reasons,
            self.conflicts,
            self.silences,
            self.rumours,
            self.regulators,
            self.duties,
            self.history,
        )
        return chain.from_iterable(sections)

    @property
    def is_announced(self) -> bool:
        """Whether the edition comes into force only after the day asked about."""
        return self.edition.in_force_from > self.as_of
