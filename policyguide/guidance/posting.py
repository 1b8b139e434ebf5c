"""What becomes of one thing that somebody is about to share, where they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policyguide.guidance.compose import NOTHING_IN_DOUBT
from policyguide.guidance.facts import (
    Action,
    Answer,
    DataCategory,
    Edition,
    Effect,
    FirmProfile,
    Listing,
    Region,
    RegionTerm,
    Silence,
)
from policyguide.guidance.findings import Finding
from policyguide.guidance.inquiry import Inquiry
from policyguide.guidance.vocabulary import Thing

ANSWER_OF = {
    Listing.USED: Answer.YES,
    Listing.UNRESOLVED: Answer.DISPUTED,
    Listing.EXCLUDED: Answer.NO,
}
# Of several kinds of data that a thing may be, the least sure to stay out decides.
MOST_CAUTIOUS_FIRST = (Answer.YES, Answer.DISPUTED, Answer.NOT_STATED, Answer.NO)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether one effect reaches the thing: by the region's cell and these kinds."""

    effect: Finding[Effect]
    answer: Answer
    term: Finding[RegionTerm]
    categories: tuple[Finding[DataCategory], ...]


@dataclass(frozen=True, kw_only=True)
class Posting:
    """The answer for one thing in one region: a verdict for each effect."""

    thing: Thing
    edition: Edition
    region: Finding[Region]
    verdicts: tuple[Verdict, ...]
    silences: tuple[Finding[Silence], ...]
    advice: Finding[Action] | None


def region_at(place: str, edition: Edition) -> Region | None:
    """The region of this code, or that of this country."""
    code = edition.region_for(place) if len(place) == 2 else place
    return next((region for region in edition.regions if region.code == code), None)


def weigh(
    thing: Thing,
    edition: Edition,
    *,
    region: Region,
    in_doubt: Mapping[str, date] = NOTHING_IN_DOUBT,
) -> Posting:
    """What the edition says of the thing in the region. Total, like `compose`."""
    profile = FirmProfile(regions=frozenset({region.code}))
    inquiry = Inquiry(edition=edition, profile=profile, in_doubt=in_doubt)
    return Posting(
        thing=thing,
        edition=edition,
        region=inquiry.finding(region),
        verdicts=tuple(
            _verdict(inquiry, thing, region, effect) for effect in edition.effects
        ),
        silences=tuple(
            inquiry.finding(silence)
            for silence in edition.silences
            if silence.code in thing.entries
        ),
        advice=_advice(inquiry, thing),
    )


def _verdict(inquiry: Inquiry, thing: Thing, region: Region, effect: Effect) -> Verdict:
    term = inquiry.edition.term(region.code, effect.code)
    categories = tuple(
        category
        for category in inquiry.edition.categories
        if category.code in thing.entries
        and category.effect == effect.code
        and inquiry.bears_on(regions=category.regions)
    )
    return Verdict(
        effect=inquiry.finding(effect),
        answer=_answer(term.answer, categories),
        term=inquiry.finding(term),
        categories=tuple(map(inquiry.finding, categories)),
    )


def _answer(of_term: Answer, categories: tuple[DataCategory, ...]) -> Answer:
    """What nobody lists is not stated, and no list goes further than the region."""
    if of_term in {Answer.NO, Answer.NOT_STATED}:
        return of_term
    listed = {ANSWER_OF[category.listing] for category in categories}
    answer = next((each for each in MOST_CAUTIOUS_FIRST if each in listed), None)
    if answer is Answer.YES:
        return of_term
    return answer or Answer.NOT_STATED


def _advice(inquiry: Inquiry, thing: Thing) -> Finding[Action] | None:
    """The first of the thing's actions that applies in the region."""
    actions = {action.code: action for action in inquiry.edition.actions}
    applying = (
        actions[code]
        for code in thing.advice
        if code in actions and inquiry.bears_on(regions=actions[code].regions)
    )
    action = next(applying, None)
    return inquiry.finding(action) if action else None
