"""A quotation is found exactly, in one place, or not at all."""

from hashlib import sha256

import pytest

from policyguide.policy import models
from policyguide.policy.captures import NotExact, capture, quote, span_of

TEXT = "We may use posts. We may use articles.\nWe don’t use messages."


@pytest.fixture
def page():
    return capture(models.Source(code="A1"), TEXT, code="A1/read")


def test_a_capture_is_known_by_the_hash_of_its_text(page):
    assert page.sha256 == sha256(TEXT.encode()).hexdigest()
    assert (page.code, page.text) == ("A1/read", TEXT)


def test_a_quotation_knows_where_it_stands(page):
    found = quote(page, "We may use posts.", code="a1-1", provenance="read")
    assert (found.start, found.end, found.capture) == (0, 17, page)
    assert TEXT[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "we may use posts.",
        "We may use post.",
        "We may not use posts.",
        "We may use  posts.",
        "We don't use messages.",
        "articles. We don’t",
        "We may use posts.  ",
    ],
)
def test_what_differs_by_a_letter_is_not_found(page, text):
    with pytest.raises(NotExact, match="is not found in A1/read"):
        span_of(text, page)


def test_what_stands_there_twice_is_not_taken(page):
    with pytest.raises(NotExact, match="found 2 times in A1/read"):
        span_of("We may use", page)


def test_places_that_overlap_are_counted_too():
    page = capture(models.Source(code="A1"), "ababa", code="A1/read")
    with pytest.raises(NotExact, match="found 2 times"):
        span_of("aba", page)


def test_nothing_is_no_quotation(page):
    with pytest.raises(NotExact, match="is empty"):
        span_of("", page)


def test_a_long_wording_is_told_by_its_beginning(page):
    with pytest.raises(NotExact, match=f"“{'x' * 60}…” is not found"):
        span_of("x" * 100, page)
