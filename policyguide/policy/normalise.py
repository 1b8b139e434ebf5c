"""The words of a source without what surrounds them, the same however they were read.

A help page wraps its article in words that change by themselves, and browsers, saved
pages and readers spell spaces, quotation marks and dashes in their own ways. None of
that is LinkedIn changing its terms. What is left is compared to the letter: case,
digits and every word count.

The rules have a `VERSION`, which each capture keeps. Raise it with every change of the
rules: texts made by older ones are then made anew, as technical versions.
"""

import re
import unicodedata

VERSION = 1

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\n]+")
SPELLINGS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u2026": "...",
    }
)
# Whole lines that a help page puts around its article. Each is named in full: a line
# that merely looks like one of them may be what has changed.
AROUND = re.compile(
    r"^(?:"
    r"Last updated: (?:\d+|an?) \w+ ago"
    r"|Was this (?:article |page )?helpful\?(?:\s+Yes\s+No)?"
    r"|Skip to (?:main )?content"
    r"|(?:This article|The text of this page|This page) (?:was|has been) "
    r"(?:machine|automatically) translated\b.{0,200}"
    r"|View (?:this article )?in English"
    r")$\n?",
    re.IGNORECASE | re.MULTILINE,
)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'(\[]*[A-Z0-9])|\n")


def normalised(text: str) -> str:
    """The article's words, a paragraph a line, in one spelling."""
    lines = (SPACES.sub(" ", line).strip() for line in spelled(text).split("\n"))
    return AROUND.sub("", "\n".join(filter(None, lines))).strip()


def spelled(text: str) -> str:
    """The text with every character that has several spellings in one of them."""
    text = LINE_ENDS.sub("\n", INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text).translate(SPELLINGS)


def folded(text: str) -> str:
    """The text in one spelling and on one line: what is looked for, and in what.

    What `normalised` made keeps its length, so places in one are places in the other.
    """
    return " ".join(spelled(text).split())


def sentences(text: str) -> list[str]:
    """The sentences of a text, each folded; a line's end is a sentence's end too."""
    parts = (folded(part) for part in SENTENCE_END.split(spelled(text)))
    return [part for part in parts if part]
