"""What is different for a firm between two answers, and who changed: it or the terms.

What both changed is told twice: first the terms change for the firm as it was, then the
firm changes under the terms as they now are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from policyguide.guidance.compose import compose
from policyguide.guidance.facts import Edition, Position, Quotation
from policyguide.guidance.findings import Finding, Guidance
from policyguide.guidance.inquiry import Inquiry
from policyguide.guidance.rules.bottom_line import headlines

# What decides who is told an entry. `words` are compared as they read for the firm, and
# quotations by their text.
NOT_TOLD = frozenset({"words", "regions", "uses", "countries", "touches", "quotations"})


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"


class Cause(StrEnum):
    """Who changed: LinkedIn and our reading of it, or the firm."""

    TERMS = "terms"
    PROFILE = "profile"


@dataclass(frozen=True, kw_only=True)
class Rewording:
    """One thing that a finding tells, as it was and as it is."""

    name: str
    before: object
    after: object


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A finding that one of two answers lacks, or that they word differently.

    `finding` is as it reads now or, if it is gone, as it read, in this `edition`.
    """

    how: How
    cause: Cause
    edition: Edition
    finding: Finding[Any]
    rewordings: tuple[Rewording, ...] = ()
    quoted_before: tuple[Quotation, ...] = ()
    quoted_now: tuple[Quotation, ...] = ()

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def title(self) -> str:
        return self.finding.title


def compare(before: Guidance, after: Guidance) -> tuple[Difference, ...]:
    """What is different now: by cause, then in reading order, what is gone last."""
    if before.profile == after.profile:
        return tuple(_differences(before, after, Cause.TERMS))
    between = compose(after.edition, before.profile, as_of=after.as_of)
    return (
        *_differences(before, between, Cause.TERMS),
        *_differences(between, after, Cause.PROFILE),
    )


def differ(before: Guidance, after: Guidance) -> bool:
    """Whether a firm is told anything else than before."""
    return any(True for _ in _differences(before, after, Cause.TERMS))


def _differences(
    before: Guidance, after: Guidance, cause: Cause
) -> Iterator[Difference]:
    old, new = _by_code(before), _by_code(after)
    for code, finding in new.items():
        if code not in old:
            yield _added(finding, after.edition, cause)
        elif _told(old[code]) != _told(finding):
            yield _reworded(old[code], finding, after.edition, cause)
    for code, finding in old.items():
        if code not in new:
            yield _removed(finding, before.edition, cause)


def _by_code(guidance: Guidance) -> dict[str, Finding[Any]]:
    """Each finding once, where it is read first.

    With every headline that holds: one that another has moved out of the bottom line is
    no less true than before.
    """
    inquiry = Inquiry(edition=guidance.edition, profile=guidance.profile)
    found: dict[str, Finding[Any]] = {}
    for finding in (*headlines(inquiry), *guidance):
        found.setdefault(finding.code, finding)
    return found


def _told(finding: Finding[Any]) -> tuple[dict[str, object], set[tuple[str, str]]]:
    return _statements(finding), _quoted(finding)


def _statements(finding: Finding[Any]) -> dict[str, object]:
    """All that a finding says beside its quotations, by name."""
    said = {
        field.name: _words_of(getattr(finding.entry, field.name))
        for field in fields(finding.entry)
        if field.name not in NOT_TOLD
    }
    return said | {"words": finding.words, "is_disputed": bool(finding.conflicts)}


def _words_of(value: object) -> object:
    """The value or, for the sides of a conflict, their words."""
    if isinstance(value, tuple):
        return tuple(
            side.words if isinstance(side, Position) else side for side in value
        )
    return value


def _quoted(finding: Finding[Any]) -> set[tuple[str, str]]:
    """What it quotes, whichever capture that was read in."""
    return {_text_of(quotation) for quotation in finding.quotations}


def _text_of(quotation: Quotation) -> tuple[str, str]:
    return quotation.source.code, quotation.text


def _added(finding: Finding[Any], edition: Edition, cause: Cause) -> Difference:
    return Difference(
        how=How.ADDED,
        cause=cause,
        edition=edition,
        finding=finding,
        quoted_now=finding.quotations,
    )


def _removed(finding: Finding[Any], edition: Edition, cause: Cause) -> Difference:
    return Difference(
        how=How.REMOVED,
        cause=cause,
        edition=edition,
        finding=finding,
        quoted_before=finding.quotations,
    )


def _reworded(
    old: Finding[Any], new: Finding[Any], edition: Edition, cause: Cause
) -> Difference:
    before, after = _statements(old), _statements(new)
    return Difference(
        how=How.REWORDED,
        cause=cause,
        edition=edition,
        finding=new,
        rewordings=tuple(
            Rewording(name=name, before=before.get(name), after=after.get(name))
            for name in before | after
            if before.get(name) != after.get(name)
        ),
        quoted_before=_only_in(old, new),
        quoted_now=_only_in(new, old),
    )


def _only_in(one: Finding[Any], other: Finding[Any]) -> tuple[Quotation, ...]:
    """The quotations of one finding whose text the other does not quote."""
    quoted = _quoted(other)
    return tuple(
        quotation for quotation in one.quotations if _text_of(quotation) not in quoted
    )
