"""Normalising takes away what changes by itself, and nothing that is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyguide.policy.normalise import folded, normalised, sentences


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("members\u2019 data", "members' data"),
        ("\u201cAffiliates\u201d", '"Affiliates"'),
        ("opt\u00adout", "optout"),
        ("opt\u2011out", "opt-out"),
        ("2024\u20132025", "2024-2025"),
        ("your\u00a0data", "your data"),
        ("your  \t data", "your data"),
        ("your data\r\nand more", "your data\nand more"),
        ("your data \n\n\n and more", "your data\nand more"),
        ("cafe\u0301", "caf\u00e9"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
    ],
)
def test_what_reads_the_same_is_spelled_the_same(one, other):
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We use your data.", "We do not use your data."),
        ("We use your data.", "we use your data."),
        ("within 30 days", "within 14 days"),
        ("your data.", "your data"),
        ("optout", "opt-out"),
        ("Ads: Yes", "Ads: No"),
        ("Ads\nYes", "Ads\nNo"),
        ("Last updated: 3 November 2025", "Last updated: 4 November 2025"),
    ],
)
def test_what_reads_differently_stays_different(one, other):
    assert normalised(one) != normalised(other)


def test_what_a_help_page_puts_around_its_article_is_left_out():
    page = """
        Skip to main content
        Update to our Terms
        Last updated: 1 month ago
        We use your data.
        Was this article helpful?
        Yes
        No
        This article was machine translated. Some words may be wrong.
        View in English
    """

    assert normalised(page) == "Update to our Terms\nWe use your data."


def test_a_sentence_that_mentions_such_words_stays():
    text = "Your settings were last updated: 1 month ago is shown when you did so."

    assert normalised(text) == text


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    assert normalised(normalised(text)) == normalised(text)


@given(st.text())
def test_places_in_a_normalised_text_are_places_in_the_folded_one(text):
    assert len(folded(normalised(text))) == len(normalised(text))


def test_sentences_end_where_a_line_or_a_full_stop_does():
    assert sentences("A heading\nWe do. You can (see 3.5) opt out! Why?") == [
        "A heading",
        "We do.",
        "You can (see 3.5) opt out!",
        "Why?",
    ]
