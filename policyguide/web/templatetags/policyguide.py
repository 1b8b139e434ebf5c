"""What templates need beyond Django's own: words, names of codes, citations."""

from enum import StrEnum
from string import ascii_uppercase

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from policyguide.firms.models import Membership, Task
from policyguide.firms.tasks import may_tick
from policyguide.guidance.citing import Run, Style, cite
from policyguide.guidance.facts import (
    DataCategory,
    Edition,
    Entry,
    Position,
    Quotation,
    Region,
    RegionTerm,
    Use,
)
from policyguide.guidance.findings import (
    Citation,
    Cited,
    CitedSource,
    Finding,
    Guidance,
)
from policyguide.policy.labels import label as label_of
from policyguide.policy.markup import plain_words, render_words

register = template.Library()


@register.filter
def words(text: str) -> SafeString:
    """The Markdown an entry is worded in, as HTML."""
    return render_words(text)


@register.filter
def plain(text: str) -> str:
    """The same without markup, for what is pasted into a mail."""
    return plain_words(text)


@register.filter
def label(member: StrEnum) -> Promise:
    """The reader's name for a code of `guidance.facts`."""
    return label_of(member)


@register.filter
def cited_in(cited: Finding[Entry] | Position, guidance: Cited) -> tuple[Citation, ...]:
    """The citations a statement carries, under their numbers in the guidance."""
    citations = (guidance.citation_of[quotation.code] for quotation in cited.quotations)
    return tuple(sorted(citations, key=lambda citation: citation.number))


@register.filter
def cited_as(cited: CitedSource, style: Style) -> list[Run]:
    """A source and what was read of it, in a guide's style."""
    quotations = (citation.quotation for citation in cited.citations)
    return cite(cited.source, quotations, style)


@register.filter
def in_every_style(quotation: Quotation) -> list[tuple[Style, list[Run]]]:
    """The citation of one quotation, to copy."""
    return [(style, cite(quotation.source, [quotation], style)) for style in Style]


@register.filter
def letter_in(conflict: str, guidance: Guidance) -> str:
    """The letter under which a memo sets a conflict out: A to Z, then AA, BB …"""
    turn, place = divmod(
        [finding.code for finding in guidance.conflicts].index(conflict),
        len(ascii_uppercase),
    )
    return ascii_uppercase[place] * (turn + 1)


@register.filter
def title_in(code: str, edition: Edition) -> str:
    """The title of an entry, by its code."""
    return edition.entry[code].title


@register.filter
def in_order(uses: frozenset[Use]) -> list[Use]:
    """Uses in the order readers are given them everywhere."""
    return [use for use in Use if use in uses]


@register.filter
def terms_in(region: Region, edition: Edition) -> list[RegionTerm]:
    """A region's row of the grid, in the order of the effects."""
    return [edition.term(region.code, effect.code) for effect in edition.effects]


@register.filter
def for_effect(
    findings: tuple[Finding[DataCategory], ...], effect: str
) -> list[Finding[DataCategory]]:
    """The categories of one effect: they are never shown merged."""
    return [finding for finding in findings if finding.entry.effect == effect]


@register.filter
def may_be_ticked_by(task: Task, membership: Membership) -> bool:
    """Whether a member may say that the task is done."""
    return may_tick(membership, task)
