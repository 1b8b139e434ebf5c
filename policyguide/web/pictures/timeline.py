"""From the first day that matters until today: what is dated in the guidance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any

from policyguide.guidance.facts import Answer, Quotation, RegionTerm
from policyguide.guidance.findings import Finding, Guidance
from policyguide.web.pictures.answers import names_of

APART = 7  # hundredths between two marks of one row, so that they do not touch
ROW = 24
LANE_TITLE = 22
GAP = 6
BEFORE = timedelta(days=45)  # shown before the first event, so that its mark is whole
END = 97  # hundredths from the start to the last day
LABEL = 12  # hundredths that its label takes


class Lane(StrEnum):
    """What kind of thing an event is."""

    TERMS = "terms"
    IN_FORCE = "in-force"
    REGULATORS = "regulators"


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something dated that the guidance says; `entry` is where it is read in full.

    `who` are the places that an effect reaches, or the body that states something.
    """

    on: date
    lane: Lane
    entry: str
    title: str
    who: tuple[str, ...] = ()
    answer: Answer | None = None
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mark:
    """An event in the picture, under its number in the list beside it.

    Across in hundredths, down in pixels.
    """

    number: int
    event: Event
    x: int
    y: int


@dataclass(frozen=True, kw_only=True)
class Tick:
    """The first day of a year."""

    year: int
    x: int


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A lane as it is drawn."""

    lane: Lane
    y: int
    marks: tuple[Mark, ...]
    height: int


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The events in order, and how they are drawn."""

    events: tuple[Event, ...]
    today: int
    ticks: tuple[Tick, ...]
    strips: tuple[Strip, ...]

    @property
    def axis(self) -> int:
        """How far down the years are written."""
        last = self.strips[-1]
        return last.y + last.height

    @property
    def height(self) -> int:
        return self.axis + ROW

    @property
    def end(self) -> int:
        return END


@dataclass(frozen=True, kw_only=True)
class Span:
    """The days that are shown."""

    first: date
    last: date

    def across(self, day: date) -> int:
        """How far along a day lies, in hundredths."""
        return round(END * (day - self.first) / (self.last - self.first))


def timeline(guidance: Guidance) -> Timeline | None:
    """What is dated in the guidance; None if nothing is."""
    events = events_of(guidance)
    if not events:
        return None
    days = (events[0].on, events[-1].on, guidance.as_of)
    span = Span(first=min(days) - BEFORE, last=max(days))
    today = span.across(guidance.as_of)
    return Timeline(
        events=events,
        today=today,
        ticks=tuple(tick for tick in _ticks(span) if abs(today - tick.x) > LABEL),
        strips=_strips(events, span),
    )


def _ticks(span: Span) -> Iterator[Tick]:
    for year in range(span.first.year + 1, span.last.year + 1):
        yield Tick(year=year, x=span.across(date(year, 1, 1)))


def events_of(guidance: Guidance) -> tuple[Event, ...]:
    """What happened to the terms, what regulators said, and what reached the firm."""
    events = chain(_terms(guidance), _in_force(guidance), _regulators(guidance))
    return tuple(sorted(events, key=lambda event: event.on))


def _terms(guidance: Guidance) -> Iterator[Event]:
    for clause in guidance.history:
        if clause.entry.since:
            yield _event(clause, clause.entry.since, Lane.TERMS)


def _regulators(guidance: Guidance) -> Iterator[Event]:
    for authority in guidance.regulators:
        if authority.entry.stated_on:
            on, body = authority.entry.stated_on, authority.entry.body
            yield _event(authority, on, Lane.REGULATORS, who=(body,))


def _in_force(guidance: Guidance) -> Iterator[Event]:
    """Each effect on each day it began to reach the firm, and the places it reached."""
    for effect in guidance.effects:
        began: dict[tuple[date, Answer], list[Finding[RegionTerm]]] = {}
        for cell in (*guidance.before, *guidance.new):
            if cell.entry.effect == effect.code and cell.entry.since:
                key = cell.entry.since, cell.entry.answer
                began.setdefault(key, []).append(cell)
        for (on, answer), cells in began.items():
            yield Event(
                on=on,
                lane=Lane.IN_FORCE,
                entry=cells[0].code,
                title=effect.title,
                who=_places(guidance, {cell.entry.region for cell in cells}),
                answer=answer,
                quotations=tuple(
                    dict.fromkeys(chain(*(cell.quotations for cell in cells)))
                ),
            )


def _places(guidance: Guidance, regions: set[str]) -> tuple[str, ...]:
    return tuple(
        name
        for place in guidance.places
        if place.region.code in regions
        for name in names_of(place)
    )


def _event(
    finding: Finding[Any], on: date, lane: Lane, *, who: tuple[str, ...] = ()
) -> Event:
    return Event(
        on=on,
        lane=lane,
        entry=finding.code,
        title=finding.title,
        who=who,
        quotations=finding.quotations,
    )


def _strips(events: tuple[Event, ...], span: Span) -> tuple[Strip, ...]:
    strips, y = [], 0
    for lane in Lane:
        marks = _marks(events, lane, span, y=y + LANE_TITLE)
        if marks:
            height = max(mark.y for mark in marks) + ROW // 2 + GAP - y
            strips.append(Strip(lane=lane, y=y, marks=marks, height=height))
            y += height
    return tuple(strips)


def _marks(
    events: tuple[Event, ...], lane: Lane, span: Span, *, y: int
) -> tuple[Mark, ...]:
    """Each mark in the first row that has room; what is in force fills a row."""
    marks: list[Mark] = []
    taken: list[int] = []
    for number, event in enumerate(events, start=1):
        if event.lane is lane:
            x = span.across(event.on)
            row = next((n for n, end in enumerate(taken) if end < x), len(taken))
            taken[row : row + 1] = [END if lane is Lane.IN_FORCE else x + APART]
            middle = y + row * ROW + ROW // 2
            marks.append(Mark(number=number, event=event, x=x, y=middle))
    return tuple(marks)
