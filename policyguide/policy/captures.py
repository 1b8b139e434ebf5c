"""Captures of sources, and the exact pieces of them that are quoted."""

from hashlib import sha256
from typing import Any

from policyguide.policy.models import Capture, Quotation, Source


class NotExact(ValueError):
    """A wording that its capture does not hold exactly once; the argument says so."""


def capture(source: Source, text: str, **known: Any) -> Capture:
    """The text as it was read, not yet saved; `known` is what else is known of it."""
    return Capture(source=source, text=text, sha256=hash_of(text), **known)


def hash_of(text: str) -> str:
    """The SHA-256 by which a text is known, such as a captured one, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


def quote(
    capture: Capture, text: str, *, code: str, provenance: str, quoted_by: int = 0
) -> Quotation:
    """The piece of the capture that reads exactly so, not yet saved."""
    start, end = span_of(text, capture)
    return Quotation(
        code=code,
        capture=capture,
        text=text,
        start=start,
        end=end,
        provenance=provenance,
        quoted_by=quoted_by,
    )


def span_of(text: str, capture: Capture) -> tuple[int, int]:
    """Where the capture reads exactly so. Raises `NotExact` unless that is one place.

    No case is folded and no space forgiven: one letter may be what a sentence turns on.
    """
    if not text:
        raise NotExact("The quotation is empty.")
    times = _occurrences(text, capture.text)
    if times == 0:
        raise NotExact(
            f"“{_shortened(text)}” is not found in {capture.code}. Quote it letter for "
            "letter, with its capitals, spaces and punctuation."
        )
    if times > 1:
        raise NotExact(
            f"“{_shortened(text)}” is found {times} times in {capture.code}. Quote "
            "more of the sentence, so that it is found once."
        )
    start = capture.text.index(text)
    return start, start + len(text)


def _occurrences(text: str, whole: str) -> int:
    """How often the text occurs, counting those that overlap."""
    times, at = 0, whole.find(text)
    while at >= 0:
        times, at = times + 1, whole.find(text, at + 1)
    return times


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
