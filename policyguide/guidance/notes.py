"""Notes to pass on: for each audience, what of the guidance it is told.

A note leaves out; it never says otherwise than the guidance it is taken from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from policyguide.guidance.facts import Audience, Entry
from policyguide.guidance.findings import Cited, Finding, Guidance

HEADLINES_FOR_PARTNERS = 2


class NoteKind(StrEnum):
    """Whom a note is for, and in which form."""

    ALL_STAFF = "all-staff"
    INTRANET = "intranet"
    PARTNERS = "partners"
    CLIENT = "client"


class PartName(StrEnum):
    """What a part of a note is about."""

    PLACES = "places"
    USED = "used"
    NOT_USED = "not-used"
    NOT_STATED = "not-stated"
    OPTING_OUT = "opting-out"
    TO_DO = "to-do"


@dataclass(frozen=True, kw_only=True)
class Part:
    """Findings under a heading."""

    name: PartName
    findings: tuple[Finding[Any], ...]


@dataclass(frozen=True, kw_only=True)
class Note(Cited):
    """What one audience is told, taken from `guidance`, with citations of its own.

    A note in `sentences` is a single paragraph; else it has `parts`.
    """

    kind: NoteKind
    guidance: Guidance
    sentences: tuple[Finding[Any], ...] = ()
    parts: tuple[Part, ...] = ()

    def __iter__(self) -> Iterator[Finding[Any]]:
        return chain(self.sentences, *(part.findings for part in self.parts))


def notes(guidance: Guidance) -> tuple[Note, ...]:
    """A note for each audience."""
    return tuple(
        Note(
            kind=kind,
            guidance=guidance,
            sentences=_sentences(kind, guidance),
            parts=tuple(part for part in _parts(kind, guidance) if part.findings),
        )
        for kind in NoteKind
    )


def _sentences(kind: NoteKind, guidance: Guidance) -> tuple[Finding[Any], ...]:
    match kind:
        case NoteKind.INTRANET:
            return _effects_that_reach(guidance) + guidance.opting_out
        case NoteKind.PARTNERS:
            first_to_do = _for(Audience.PARTNERS, guidance)[:1]
            return guidance.bottom_line[:HEADLINES_FOR_PARTNERS] + first_to_do
    return ()


def _parts(kind: NoteKind, guidance: Guidance) -> Iterator[Part]:
    cells = _cells(guidance)
    match kind:
        case NoteKind.ALL_STAFF:
            reaching = guidance.new + guidance.before
            yield Part(name=PartName.PLACES, findings=reaching or cells)
            yield Part(name=PartName.USED, findings=_theirs(guidance.used))
            how = guidance.opting_out + guidance.controls
            yield Part(name=PartName.OPTING_OUT, findings=how)
            for_all = _for(Audience.EVERYONE, guidance)
            yield Part(name=PartName.TO_DO, findings=for_all)
        case NoteKind.CLIENT:
            yield Part(name=PartName.PLACES, findings=cells)
            yield Part(name=PartName.NOT_USED, findings=guidance.excluded)
            yield Part(name=PartName.NOT_STATED, findings=guidance.silences)


def _cells(guidance: Guidance) -> tuple[Finding[Any], ...]:
    """The answer for each place and effect, but for cells that nobody filled in."""
    cells = chain.from_iterable(place.cells for place in guidance.places)
    return tuple(cell for cell in cells if cell.title)


def _theirs[E: Entry](findings: tuple[Finding[E], ...]) -> tuple[Finding[E], ...]:
    """What the firm's own uses bring or, if they bring nothing, all of it."""
    return tuple(finding for finding in findings if finding.is_yours) or findings


def _for(audience: Audience, guidance: Guidance) -> tuple[Finding[Any], ...]:
    lists = (to_do.actions for to_do in guidance.to_do if to_do.audience is audience)
    return tuple(chain.from_iterable(lists))


def _effects_that_reach(guidance: Guidance) -> tuple[Finding[Any], ...]:
    """The effects that reach the firm's people somewhere."""
    reaching = {cell.entry.effect for cell in guidance.new + guidance.before}
    return tuple(effect for effect in guidance.effects if effect.code in reaching)
