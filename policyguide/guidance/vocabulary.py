"""The words people use for what they share, and how a typed word finds its thing.

Vocabulary says nothing about the terms: it only leads to the entries that do. Only the
very words of one thing find it; whatever is merely near is a choice to be confirmed.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

MOST_CHARACTERS = 100
MOST_CHOICES = 6
ALIKE = 0.75  # one letter in four may be wrong

WORD = re.compile(r"\w+")
TAKEN_FOR_GRANTED = frozenset(
    ["a", "an", "the", "my", "our", "your", "their", "on", "in", "linkedin"]
)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """What somebody may be about to share, and all they may call it.

    `entries` are the codes of the kinds of data it is, and of the questions on it that
    are left open; `advice` those of the actions that go with it, the best first.
    """

    name: str
    words: tuple[str, ...] = ()
    entries: frozenset[str] = frozenset()
    advice: tuple[str, ...] = ()

    @cached_property
    def called(self) -> frozenset[str]:
        """Its name and its other words, as they are compared."""
        return frozenset(map(compared, (self.name, *self.words)))


@dataclass(frozen=True, kw_only=True)
class Found:
    """The one thing that was meant or, if none was for sure, those that may be."""

    thing: Thing | None = None
    choices: tuple[Thing, ...] = ()


def find(typed: str, things: Iterable[Thing]) -> Found:
    """What was meant. Total: any text is answered, if only by nothing."""
    things = tuple(things)
    meant = compared(typed[:MOST_CHARACTERS])
    if not meant:
        return Found()
    called_so = tuple(thing for thing in things if meant in thing.called)
    named_so = tuple(thing for thing in called_so if compared(thing.name) == meant)
    if len(named_so or called_so) == 1:
        return Found(thing=(named_so or called_so)[0])
    return Found(choices=(called_so or _near(meant, things))[:MOST_CHOICES])


def compared(text: str) -> str:
    """A text without what people spell differently: case, plurals, little words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = (_singular(word) for word in WORD.findall(plain))
    return " ".join(word for word in words if word not in TAKEN_FOR_GRANTED)


def _singular(word: str) -> str:
    is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def _near(meant: str, things: tuple[Thing, ...]) -> tuple[Thing, ...]:
    """Things of which a word is part of what was typed, then those spelled alike."""
    part = [thing for thing in things if _shares_words(meant, thing)]
    called = {word: thing for thing in things for word in thing.called}
    alike = get_close_matches(meant, called, n=MOST_CHOICES, cutoff=ALIKE)
    near = dict.fromkeys((*part, *(called[word] for word in alike)))
    return tuple(near)


def _shares_words(meant: str, thing: Thing) -> bool:
    """Whether all words of one are in the other."""
    typed = frozenset(meant.split())
    return any(
        typed <= known or known <= typed
        for known in map(frozenset, map(str.split, thing.called))
        if known
    )
