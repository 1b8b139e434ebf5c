"""The words around a quotation in its capture."""

from dataclasses import dataclass

from policyguide.policy.models import Quotation

REACH = 200


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What stands before and after a quotation, cut at whole words.

    Nothing `is_cut` at an end where the capture itself begins or ends.
    """

    before: str
    after: str
    is_cut_before: bool
    is_cut_after: bool


def surroundings(quotation: Quotation) -> Surroundings:
    """Some words on either side; the row's capture should be loaded with its text."""
    text = quotation.capture.text
    before, after = text[: quotation.start], text[quotation.end :]
    return Surroundings(
        before=_last_words(before).lstrip(),
        after=_last_words(after[::-1])[::-1].rstrip(),
        is_cut_before=len(before) > REACH,
        is_cut_after=len(after) > REACH,
    )


def _last_words(text: str) -> str:
    """The end of a text, from the beginning of a word on."""
    if len(text) <= REACH:
        return text
    part_of_a_word, space, words = text[-REACH:].partition(" ")
    return words if space else part_of_a_word
