"""A redline gives both texts back, reads well, and ends on any text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyguide.guidance import redline as module
from policyguide.guidance.redline import MOST_EDITS, Kind, edits, redline

WORDS = st.lists(
    st.sampled_from(["not", "may", "share", "data.", "with", "Microsoft", "\n", "14"])
).map(" ".join)
TEXTS = st.text() | WORDS


@given(TEXTS, TEXTS)
def test_the_spans_give_both_texts_back(before, after):
    spans = redline(before, after)

    assert _without(spans, Kind.ADDED) == before
    assert _without(spans, Kind.REMOVED) == after


@given(TEXTS, TEXTS)
def test_texts_too_far_apart_are_given_back_too(before, after):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_EDITS", 1)
        spans = redline(before, after)

    assert _without(spans, Kind.ADDED) == before
    assert _without(spans, Kind.REMOVED) == after


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert [span.kind for span in redline(text, text)] == [Kind.SAME] * bool(text)


@given(TEXTS, TEXTS)
def test_no_span_is_empty_and_no_two_neighbours_are_of_a_kind(before, after):
    kinds = [span.kind for span in redline(before, after) if span.text]

    assert len(kinds) == len(redline(before, after))
    assert all(one is not other for one, other in pairwise(kinds))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("It is on.", "It is not on.", "It is [+not +]on."),
        ("within 14 days", "within 30 days", "within [-14-][+30+] days"),
        ("in Dublin", "in Dublin and Zurich", "in Dublin[+ and Zurich+]"),
        (
            "The opt-out is on.",
            "The opt-out setting was off.",
            "The opt-out [-is on-][+setting was off+].",
        ),
        ("You may not.", "You May not.", "You [-may-][+May+] not."),
    ],
)
def test_words_are_never_cut_and_slight_matches_do_not_break_a_change(
    before, after, shown
):
    assert _shown(redline(before, after)) == shown


def test_a_long_text_with_few_edits_is_compared_by_its_words():
    before = " ".join(f"word{number}" for number in range(9_000))
    after = before.replace("word77 ", "").replace("word8000 ", "word8000 not ")

    changed = [span for span in redline(before, after) if span.kind is not Kind.SAME]

    assert [(span.kind, span.text) for span in changed] == [
        (Kind.REMOVED, "word77 "),
        (Kind.ADDED, "not "),
    ]


def test_texts_with_too_many_changed_words_are_compared_by_their_sentences():
    sentences = [f"Sentence number {number} stays as it was. " for number in range(900)]
    rewritten = [f"This one, {number}, is new. " for number in range(200)]

    spans = redline("".join(sentences), "".join(sentences[:600] + rewritten))

    assert spans[0].kind is Kind.SAME
    assert spans[0].text.count(". ") == 600


class Counted(str):
    """A piece of text that counts how often it is compared."""

    __slots__ = ()
    comparisons = 0

    def __eq__(self, other):
        Counted.comparisons += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a" * 9_000, "a" * 8_000),
        ("ab" * 4_500, "ba" * 4_500),
        ("abc" * 3_000, "cab" * 2_900),
        ("a" * 9_000, "b" * 9_000),
        ("aab" * 3_000, "aba" * 3_000),
    ],
    ids=["one-word", "two-words", "three-words", "nothing-alike", "shifted"],
)
def test_comparing_takes_bounded_work_on_repetitive_text(before, after):
    rows = [[Counted(piece) for piece in text] for text in (before, after)]
    Counted.comparisons = 0

    edits(*rows)

    pieces = len(before) + len(after)
    assert Counted.comparisons <= (MOST_EDITS + 1) * (pieces + 2 * MOST_EDITS)


def test_a_hundred_kilobytes_of_repetitive_text_is_compared_three_times_at_most(
    monkeypatch,
):
    asked = []
    monkeypatch.setattr(
        module,
        "edits",
        lambda before, after: asked.append(len(before) + len(after)),
    )
    before, after = "share data. " * 8_500, "data share. " * 8_500

    redline(before, after)

    assert len(asked) == 3
    assert max(asked) <= len(before) + len(after)


def _without(spans, kind):
    return "".join(span.text for span in spans if span.kind is not kind)


def _shown(spans):
    marks = {Kind.SAME: ("", ""), Kind.REMOVED: ("[-", "-]"), Kind.ADDED: ("[+", "+]")}
    return "".join(span.text.join(marks[span.kind]) for span in spans)
