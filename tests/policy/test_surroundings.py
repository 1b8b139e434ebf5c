"""The words around a quotation: whole words, and no more than is there."""

import pytest

from policyguide.policy.surroundings import REACH, surroundings
from tests import factories

pytestmark = pytest.mark.django_db

FAR = "word " * 100


def around(text, quoted="We may use posts."):
    capture = factories.capture(text)
    return surroundings(factories.quotation(quoted, of=capture))


def test_what_stands_next_to_it_is_shown_to_the_ends_of_a_short_text():
    found = around("Read this.\nWe may use posts. We use no messages.")

    assert found.before == "Read this.\n"
    assert found.after == " We use no messages."
    assert not found.is_cut_before
    assert not found.is_cut_after


def test_a_long_text_is_cut_between_words():
    found = around(f"{FAR}We may use posts. {FAR}")

    assert found.is_cut_before
    assert found.is_cut_after
    assert set(found.before.split()) == set(found.after.split()) == {"word"}
    assert REACH - 10 < len(found.before) <= REACH
    assert REACH - 10 < len(found.after) <= REACH


def test_one_endless_word_is_cut_all_the_same():
    found = around(f"{'x' * 900} We may use posts.")

    assert len(found.before) <= REACH


def test_a_quotation_that_is_the_whole_text_has_nothing_around_it():
    found = around("We may use posts.")

    assert (found.before, found.after) == ("", "")
