"""Two texts compared word by word, in bounded time on any text.

Comparing takes at most `MOST_EDITS` passes over the texts. Those further apart are
compared by their sentences first; what is then still too far apart counts as replaced.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

MOST_EDITS = 600

WORDS = re.compile(r"\s+|\w+(?:['’-]\w+)*|[^\w\s]")
SENTENCES = re.compile(r"\S[^.!?;:\n]*[.!?;:\n]*\s*|\s+")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A piece of text that both texts have, or only one of them."""

    kind: Kind
    text: str


class Step(NamedTuple):
    """A change, and the text after it that is the same in both."""

    removed: str
    added: str
    same: str


def redline(before: str, after: str) -> tuple[Span, ...]:
    """The way from one text to the other.

    Without the spans added it reads `before`; without those removed, `after`.
    """
    spans = _by_words(before, after)
    if spans is None:
        spans = _by_sentences(before, after)
    return tuple(_spans(_readable(_steps(spans))))


def _by_words(before: str, after: str) -> list[Span] | None:
    return edits(WORDS.findall(before), WORDS.findall(after))


def _by_sentences(before: str, after: str) -> list[Span]:
    """By sentences, and by words where only a few of these differ."""
    spans = edits(SENTENCES.findall(before), SENTENCES.findall(after))
    found = list[Span]()
    for step in _steps(_replaced(before, after) if spans is None else spans):
        words = _by_words(step.removed, step.added)
        found += _replaced(step.removed, step.added) if words is None else words
        found.append(Span(kind=Kind.SAME, text=step.same))
    return found


def _replaced(removed: str, added: str) -> list[Span]:
    return [Span(kind=Kind.REMOVED, text=removed), Span(kind=Kind.ADDED, text=added)]


def edits(before: Sequence[str], after: Sequence[str]) -> list[Span] | None:
    """The shortest way from one row of pieces to the other, a span a piece, or None if
    it takes more than `MOST_EDITS` additions and removals (Myers, 1986).

    On diagonal k, k pieces more were removed than added; `reached[k]` is how far into
    `before` one gets there.
    """
    reached = {1: 0}
    trail = list[dict[int, int]]()
    for cost in range(MOST_EDITS + 1):
        trail.append(dict(reached))
        for k in range(-cost, cost + 1, 2):
            x = _start(reached, k, cost)
            while x < len(before) and x - k < len(after) and before[x] == after[x - k]:
                x += 1
            reached[k] = x
            if x >= len(before) and x - k >= len(after):
                return _traced(before, after, trail)
    return None


def _start(reached: dict[int, int], k: int, cost: int) -> int:
    """How far into `before` one is on diagonal k after one more step."""
    came_from = _came_from(reached, k, cost)
    return reached[came_from] + (came_from < k)


def _came_from(reached: dict[int, int], k: int, cost: int) -> int:
    """The diagonal beside k from which one step leads further along k."""
    is_lowest, is_highest = k == -cost, k == cost
    if is_lowest or (not is_highest and reached[k - 1] < reached[k + 1]):
        return k + 1
    return k - 1


def _traced(
    before: Sequence[str], after: Sequence[str], trail: Sequence[dict[int, int]]
) -> list[Span]:
    """The steps that led to the end of both rows, found from the end."""
    found = list[Span]()
    x, y = len(before), len(after)
    for cost in reversed(range(len(trail))):
        k = x - y
        start = _start(trail[cost], k, cost)
        found += (
            Span(kind=Kind.SAME, text=before[i]) for i in reversed(range(start, x))
        )
        x, y = start, start - k
        if cost and _came_from(trail[cost], k, cost) < k:
            x -= 1
            found.append(Span(kind=Kind.REMOVED, text=before[x]))
        elif cost:
            y -= 1
            found.append(Span(kind=Kind.ADDED, text=after[y]))
    return found[::-1]


def _steps(spans: Iterable[Span]) -> Iterator[Step]:
    """Each change with what follows it unchanged; the first change may be none."""
    removed = added = ""
    for is_same, run in groupby(spans, key=lambda span: span.kind is Kind.SAME):
        pieces = list(run)
        if is_same:
            yield Step(removed, added, _text(pieces, Kind.SAME))
            removed = added = ""
        else:
            removed, added = _text(pieces, Kind.REMOVED), _text(pieces, Kind.ADDED)
    yield Step(removed, added, "")


def _text(spans: Iterable[Span], kind: Kind) -> str:
    return "".join(span.text for span in spans if span.kind is kind)


def _readable(steps: Iterable[Step]) -> Iterator[Step]:
    """Changes joined over what is too slight to be read as unchanged between them."""
    last = Step("", "", "")
    for step in steps:
        if _is_slight(last.same, last, step):
            last = Step(
                last.removed + last.same + step.removed,
                last.added + last.same + step.added,
                step.same,
            )
        else:
            yield last
            last = step
    yield last


def _is_slight(text: str, before: Step, after: Step) -> bool:
    """Whether the text is no word, or shorter than the change on either side."""
    sizes = [max(len(step.removed), len(step.added)) for step in (before, after)]
    is_between = all(sizes)
    return is_between and (len(text) < min(sizes) or not any(map(str.isalnum, text)))


def _spans(steps: Iterable[Step]) -> Iterator[Span]:
    kinds = (Kind.REMOVED, Kind.ADDED, Kind.SAME)
    for step in steps:
        for kind, text in zip(kinds, step, strict=True):
            if text:
                yield Span(kind=kind, text=text)
