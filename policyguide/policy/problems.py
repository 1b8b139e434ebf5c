"""What keeps an edition from being shown to readers, in sentences for its editor."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product

from django_countries.data import COUNTRIES

from policyguide.guidance import facts
from policyguide.guidance.facts import Answer, Standing
from policyguide.guidance.findings import MUST_BE_CITED
from policyguide.policy import models
from policyguide.policy.markup import UnfitWords, check_words, is_safe_link
from policyguide.policy.rows import facts_of

FEWEST_HEADLINES = 3
FEWEST_SIDES = 2
# What else stands where an entry's code stands in an address.
RESERVED_CODES = frozenset({"editions", "sources", "feed"})
# The fields that are read as Markdown, whatever kind of entry has them.
WORDS = ("words", "note", "resolution")
PLACEHOLDER = re.compile(r"\{(\w*)\}")
ANSWERED = frozenset({Answer.YES, Answer.NO, Answer.DISPUTED})

type Known = dict[str, tuple[Collection[str], str]]


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something wrong with an entry's `field`, or without a code with the edition."""

    code: str = ""
    field: str = ""
    sentence: str

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence}" if self.code else self.sentence


def problems(edition: models.Edition) -> list[Problem]:
    """All that is wrong with the rows of an edition, published or draft."""
    sources = set(models.Source.objects.values_list("code", flat=True))
    return [
        *problems_of(facts_of(edition), sources=sources),
        *_sides_of_nothing(edition),
    ]


def problems_of(edition: facts.Edition, *, sources: Collection[str]) -> list[Problem]:
    """All that is wrong with these facts, where `sources` are the codes there are."""
    known = _known(edition, sources)
    found = [*_whole(edition), *_countries(edition), *_grid(edition)]
    for entry in _entries(edition):
        found += _uncited(entry)
        found += _unreadable(entry)
        found += _unknown(entry, known)
        found += _of_its_kind(entry)
    return found


def _sides_of_nothing(edition: models.Edition) -> Iterator[Problem]:
    conflicts = models.Conflict.objects.filter(edition=edition).values("code")
    lost = models.Position.objects.filter(edition=edition).exclude(
        conflict__in=conflicts
    )
    for side in lost:
        yield _unknown_code(side.code, "conflict", side.conflict, "a conflict")


def _whole(edition: facts.Edition) -> Iterator[Problem]:
    for name in ("effects", "regions"):
        if not getattr(edition, name):
            yield Problem(sentence=f"The edition has no {name}.")
    always = [
        headline
        for headline in edition.headlines
        if not headline.effect and not headline.uses
    ]
    if len(always) < FEWEST_HEADLINES:
        yield Problem(
            sentence=f"It takes {FEWEST_HEADLINES} headlines that every firm reads, so "
            f"that no bottom line is too short; found: {len(always)}."
        )
    yield from _markdown("", "change_note", edition.change_note)


def _countries(edition: facts.Edition) -> Iterator[Problem]:
    """A country belongs to one region, and one region takes those nobody listed."""
    listed_in: dict[str, str] = {}
    for region in edition.regions:
        for country in sorted(region.countries):
            other = listed_in.setdefault(country, region.code)
            if other != region.code:
                sentence = (
                    f"“{country}” is listed by “{other}” too; a country is in one."
                )
                yield Problem(code=region.code, field="countries", sentence=sentence)
    rest = [region for region in edition.regions if not region.countries]
    for region in rest[1:]:
        sentence = (
            f"It lists no countries, and “{rest[0].code}” takes the rest already."
        )
        yield Problem(code=region.code, field="countries", sentence=sentence)
    if edition.regions and not rest:
        yield Problem(
            sentence="Every region lists countries; one must list none and so take the "
            "rest of the world."
        )


def _grid(edition: facts.Edition) -> Iterator[Problem]:
    """Each region has one answer for each effect."""
    filled: dict[tuple[str, str], str] = {}
    for term in edition.terms:
        other = filled.setdefault((term.region, term.effect), term.code)
        if other != term.code:
            sentence = f"It answers what “{other}” answers already."
            yield Problem(code=term.code, field="answer", sentence=sentence)
    for region, effect in product(edition.regions, edition.effects):
        if (region.code, effect.code) not in filled:
            yield Problem(
                code=region.code,
                sentence=f"It has no answer for the effect “{effect.code}”.",
            )


def _entries(edition: facts.Edition) -> Iterator[facts.Entry | facts.Position]:
    for entry in edition.entry.values():
        yield entry
        if isinstance(entry, facts.Conflict):
            yield from entry.positions


def _uncited(entry: facts.Entry | facts.Position) -> Iterator[Problem]:
    if isinstance(entry, facts.Position):
        if not entry.quotations:
            sentence = "This side of the conflict cites no quotation."
            yield Problem(code=entry.code, field="cites", sentence=sentence)
    elif entry.standing in MUST_BE_CITED and not entry.rests_on:
        how = "as a fact" if entry.standing is Standing.FACT else "by inference"
        sentence = f"It is stated {how} and cites no quotation."
        yield Problem(code=entry.code, field="cites", sentence=sentence)


def _unreadable(entry: facts.Entry | facts.Position) -> Iterator[Problem]:
    for name in WORDS:
        yield from _markdown(entry.code, name, getattr(entry, name, ""))
    filled_in = {"firm", "headcount", "places"}
    if not isinstance(entry, facts.Headline):
        filled_in.remove("places")
    for name in PLACEHOLDER.findall(entry.words):
        if name not in filled_in:
            sentence = f"Nothing fills in “{{{name}}}” here."
            yield Problem(code=entry.code, field="words", sentence=sentence)
    if entry.code in RESERVED_CODES:
        sentence = "This code is the address of another page; take a different one."
        yield Problem(code=entry.code, field="code", sentence=sentence)


def _markdown(code: str, field: str, words: str) -> Iterator[Problem]:
    try:
        check_words(words)
    except UnfitWords as error:
        yield Problem(code=code, field=field, sentence=str(error))


def _known(edition: facts.Edition, sources: Collection[str]) -> Known:
    """For each field that names things by code: the codes there are, and of what."""
    regions = {region.code for region in edition.regions}
    return {
        "region": (regions, "a region of this edition"),
        "regions": (regions, "a region of this edition"),
        "effect": (
            {effect.code for effect in edition.effects},
            "an effect of this edition",
        ),
        "control": (
            {control.code for control in edition.controls},
            "a control of this edition",
        ),
        "touches": (edition.entry.keys(), "an entry of this edition"),
        "looked_in": (sources, "a source"),
        "countries": (COUNTRIES, "a country by its ISO 3166 code"),
    }


def _unknown(entry: facts.Entry | facts.Position, known: Known) -> Iterator[Problem]:
    for field, (codes, what) in known.items():
        for code in _codes(getattr(entry, field, "")):
            if code not in codes:
                yield _unknown_code(entry.code, field, code, what)


def _codes(value: str | Collection[str]) -> list[str]:
    return sorted([value] if isinstance(value, str) else value) if value else []


def _unknown_code(code: str, field: str, named: str, what: str) -> Problem:
    return Problem(
        code=code, field=field, sentence=f"It names “{named}”, which is not {what}."
    )


def _of_its_kind(entry: facts.Entry | facts.Position) -> Iterator[Problem]:
    """What cannot be so, judging by the entry alone."""
    match entry:
        case facts.RegionTerm(standing=standing) if entry.answer in ANSWERED:
            if standing not in MUST_BE_CITED:
                sentence = (
                    f"The answer “{entry.answer}” must be a fact or an inference."
                )
                yield Problem(code=entry.code, field="standing", sentence=sentence)
        case facts.Headline() if bool(entry.effect) != bool(entry.answer):
            sentence = "Give both effect and answer, or neither."
            yield Problem(code=entry.code, field="answer", sentence=sentence)
        case facts.Conflict(positions=sides) if len(sides) < FEWEST_SIDES:
            sentence = f"A conflict has at least two sides; found: {len(sides)}."
            yield Problem(code=entry.code, field="positions", sentence=sentence)
        case facts.Control(url=url) if url and not is_safe_link(url):
            sentence = f"“{url}” is not an https address."
            yield Problem(code=entry.code, field="url", sentence=sentence)
