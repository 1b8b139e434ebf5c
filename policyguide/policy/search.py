"""Search in an edition: by stems, ranked, and the same whatever the database.

An edition does not change, so its index is built once in a process and kept, by the
edition's hash. Entries are ranked by BM25 over the stems of all they say and quote.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import chain
from math import log

from django.utils.functional import Promise
from snowballstemmer import stemmer

from policyguide.guidance import facts
from policyguide.policy.editions import edition_numbered
from policyguide.policy.kinds import KIND_NAMED
from policyguide.policy.markup import plain_words

MOST_CHARACTERS = 200
MOST_HITS = 12
INDEXES_KEPT = 2
STEMS_KEPT = 8192

SATURATION, LENGTH_WEIGHT = 1.2, 0.75  # of BM25, as is usual
TITLE_COUNTS = 3
SHORTEST_BEGINNING = 3
ALIKE = 0.75

WORD = re.compile(r"\w+")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
STOPWORDS = frozenset(
    WORD.findall(
        "a about after again all also an and any are as at be been but by can could "
        "did do does every for from had has have he her his how i if in into is it "
        "its ll me must my no not of on once or our out over re s shall she should so "
        "some such t than that the their them then there these they this to too up us "
        "ve was we were what when where which who why will with would you your"
    )
)

# What entries say, whichever of it their kind has.
SAID = ("words", "resolution", "note", "where", "reaches", "does_not_reach", "body")

ENGLISH = stemmer("english")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_match: bool


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An entry that was found: its title, its words, and what fits best of the rest.

    `anchor` is the place on the entry's page where that best `sentence` stands.
    """

    entry: facts.Entry
    kind: Promise
    title: tuple[Piece, ...]
    words: tuple[Piece, ...]
    sentence: tuple[Piece, ...]
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was found, the best first, and how else the question may be spelled."""

    hits: tuple[Hit, ...] = ()
    respelled: str = ""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of an entry, and the place on the entry's page where it stands."""

    text: str
    anchor: str
    stems: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """An entry with its sentences, and how often it says each stem."""

    entry: facts.Entry
    sentences: tuple[Sentence, ...]
    counts: Counter[str]

    @cached_property
    def length(self) -> int:
        return self.counts.total()


def search(edition: facts.Edition, question: str) -> Result:
    """The entries of a published edition that answer a question best."""
    return _index(edition.number, edition.sha256).search(question[:MOST_CHARACTERS])


@lru_cache(maxsize=INDEXES_KEPT)
def _index(number: int, sha256: str) -> "Index":
    edition = edition_numbered(number, sha256)
    return Index(
        entry
        for entry in edition.entry.values()
        if not isinstance(entry, facts.Headline)  # it only sums up other entries
    )


class Index:
    """Entries by what they say. `spelled` leads from words as spelled to stems."""

    def __init__(self, entries: Iterable[facts.Entry]) -> None:
        self.indexed = tuple(map(_indexed, entries))
        self.having: defaultdict[str, list[Indexed]] = defaultdict(list)
        self.spelled: dict[str, str] = {}
        for indexed in self.indexed:
            for word in _words(_all_text(indexed)):
                self.spelled[word] = _stem(word)
            for stem in indexed.counts:
                self.having[stem].append(indexed)

    def search(self, question: str) -> Result:
        """Total: any text finds something, or leads to something, or to nothing."""
        meant = {word: self._meant(word) for word in _words(question)}
        stems = frozenset(chain.from_iterable(meant.values()))
        scores = ((self._score(each, stems), each) for each in self.indexed)
        found = [(score, each) for score, each in scores if score]
        ranked = sorted(found, key=lambda pair: -pair[0])[:MOST_HITS]
        return Result(
            hits=tuple(self._hit(each, stems) for _, each in ranked),
            respelled="" if all(meant.values()) else self._respelled(meant),
        )

    def _meant(self, word: str) -> frozenset[str]:
        """The stem of a word or, if nothing has it, of those it is the beginning of."""
        stem = _stem(word)
        if stem in self.having:
            return frozenset({stem})
        if len(word) < SHORTEST_BEGINNING:
            return frozenset()
        return frozenset(
            stem for known, stem in self.spelled.items() if known.startswith(word)
        )

    def _score(self, indexed: Indexed, stems: frozenset[str]) -> float:
        longer = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * indexed.length / self._mean_length
        return sum(
            self._rarity(stem)
            * indexed.counts[stem]
            * (SATURATION + 1)
            / (indexed.counts[stem] + SATURATION * longer)
            for stem in sorted(stems & indexed.counts.keys())
        )

    def _rarity(self, stem: str) -> float:
        having = len(self.having[stem])
        return log(1 + (len(self.indexed) - having + 0.5) / (having + 0.5))

    @cached_property
    def _mean_length(self) -> float:
        return sum(each.length for each in self.indexed) / len(self.indexed)

    def _hit(self, indexed: Indexed, stems: frozenset[str]) -> Hit:
        best = max(indexed.sentences, key=lambda each: self._fit(each, stems))
        words = plain_words(indexed.entry.words)
        is_told = best.text in words or not self._fit(best, stems)
        return Hit(
            entry=indexed.entry,
            kind=KIND_NAMED[type(indexed.entry).__name__.lower()].many,
            title=_marked(indexed.entry.title, stems),
            words=_marked(words, stems),
            sentence=() if is_told else _marked(best.text, stems),
            anchor="" if is_told else best.anchor,
        )

    def _fit(self, sentence: Sentence, stems: frozenset[str]) -> float:
        return sum(self._rarity(stem) for stem in sorted(stems & sentence.stems))

    def _respelled(self, meant: Mapping[str, frozenset[str]]) -> str:
        """The question with known words near those that mean nothing, if there are any;
        what is near none is left out."""
        near = {
            word: get_close_matches(word, self.spelled, n=1, cutoff=ALIKE)
            for word, stems in meant.items()
            if not stems
        }
        words = (near.get(word, [word]) for word in meant)
        return " ".join(chain.from_iterable(words)) if any(near.values()) else ""


def _indexed(entry: facts.Entry) -> Indexed:
    sentences = tuple(_sentences(entry))
    counts: Counter[str] = Counter()
    for stem in _stems(entry.title):
        counts[stem] += TITLE_COUNTS
    for sentence in sentences:
        counts.update(_stems(sentence.text))
    return Indexed(entry=entry, sentences=sentences, counts=counts)


def _sentences(entry: facts.Entry) -> Iterator[Sentence]:
    """What the entry says, sentence by sentence, then what it quotes."""
    said = [getattr(entry, name, "") for name in SAID]
    said += [side.words for side in getattr(entry, "positions", ())]
    for text in map(plain_words, said):
        for sentence in SENTENCE_END.split(text):
            yield _sentence(sentence, "")
    for quotation in entry.rests_on:
        for sentence in SENTENCE_END.split(quotation.text):
            yield _sentence(sentence, f"quotation-{quotation.code}")


def _sentence(text: str, anchor: str) -> Sentence:
    return Sentence(text=text, anchor=anchor, stems=frozenset(_stems(text)))


def _all_text(indexed: Indexed) -> str:
    return " ".join((indexed.entry.title, *(s.text for s in indexed.sentences)))


def _words(text: str) -> list[str]:
    """The words as they are compared: no accents, none that every question has."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    return [word for word in WORD.findall(plain) if word not in STOPWORDS]


def _stems(text: str) -> list[str]:
    return list(map(_stem, _words(text)))


@lru_cache(maxsize=STEMS_KEPT)
def _stem(word: str) -> str:
    stem: str = ENGLISH.stemWord(word)
    return stem


def _marked(text: str, stems: frozenset[str]) -> tuple[Piece, ...]:
    """The text in pieces, so that what was looked for stands out."""
    return tuple(
        Piece(text=piece, is_match=not stems.isdisjoint(_stems(piece)))
        for piece in re.split(r"(\w+)", text)
        if piece
    )
