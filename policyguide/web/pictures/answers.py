"""Which of the firm's places get which answer, for one effect."""

from dataclasses import dataclass

from policyguide.guidance.facts import Answer
from policyguide.guidance.findings import Guidance, Place


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The places that have one answer: cities, and regions without an office."""

    answer: Answer
    places: tuple[str, ...]


def answers_for(effect: str, guidance: Guidance) -> tuple[Answered, ...]:
    """Each answer given somewhere, *yes* first, with its places in reading order."""
    given = [
        (answer_in(place, effect), name)
        for place in guidance.places
        for name in names_of(place)
    ]
    by_answer = (
        Answered(
            answer=answer,
            places=tuple(dict.fromkeys(name for said, name in given if said is answer)),
        )
        for answer in Answer
    )
    return tuple(answered for answered in by_answer if answered.places)


def answer_in(place: Place, effect: str) -> Answer:
    """The answer of the cell of this place for this effect."""
    return next(
        cell.entry.answer for cell in place.cells if cell.entry.effect == effect
    )


def names_of(place: Place) -> tuple[str, ...]:
    """The firm's cities there, or else what the region is called."""
    cities = tuple(office.city for office in place.offices)
    return cities or (place.region.title,)
