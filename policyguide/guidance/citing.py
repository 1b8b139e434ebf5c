"""Sources as the guides to legal citation ask for them to be cited.

The Bluebook (22nd edition, rules 12.9, 15, 18.2 and table 2), OSCOLA (4th edition, 2.4,
2.6 and 3.4), the McGill Guide (10th edition, 5 and 6.18), and a plain form. What a
source is, where its kind does not tell, is read off its title: an act, an act of the
European Union, the opinion of a bar. Titles keep the capitals they were published with.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from policyguide.guidance.facts import Provenance, Quotation, Source, SourceKind


class Style(StrEnum):
    """A guide to legal citation."""

    BLUEBOOK = "bluebook"
    OSCOLA = "oscola"
    MCGILL = "mcgill"
    PLAIN = "plain"


STYLE_OF_COUNTRY = {
    "US": Style.BLUEBOOK,
    "CA": Style.MCGILL,
    "GB": Style.OSCOLA,
    "IE": Style.OSCOLA,
    "HK": Style.OSCOLA,
}


class Run(NamedTuple):
    """A piece of a citation, printed alike throughout."""

    text: str
    is_italic: bool = False
    url: str = ""


type Piece = Run | str


@dataclass(frozen=True, kw_only=True)
class Dated:
    """When a copy was published: a day, or only its month."""

    year: int
    month: int
    day: int = 0

    def __str__(self) -> str:
        day = f"{self.day} " if self.day else ""
        return f"{day}{MONTHS[self.month - 1]} {self.year}"

    def in_american(self) -> str:
        day = f" {self.day}," if self.day else ""
        return f"{SHORT_MONTHS[self.month - 1]}{day} {self.year}"


@dataclass(frozen=True, kw_only=True)
class Reference:
    """What a style makes a citation of. `site` is empty where it is the author.

    `read_on` is left open for a page that was read only as others quote it: no style
    may say of it that we visited it.
    """

    author: str
    title: str
    site: str
    place: str
    dated: Dated | None
    url: str
    read_on: Dated | None


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SHORT_MONTHS = (
    *("Jan.", "Feb.", "Mar.", "Apr.", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
NOT_ITS_OWN_DATE = re.compile(r"\b(before|after|until|since)\b")
WRITTEN_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (\d{{4}})\b")
NAME_AND_MORE = re.compile(r"(?P<name>.+) \((?P<more>[^()]+)\)")

EU_ACT = re.compile(
    r"(?P<act>(?P<form>.*?(?:Regulation|Directive|Decision)) "
    r"(?:\((?P<body>E[A-Z]+)\) )?(?P<number>\d+/\d+)(?:/(?P<ending>E[A-Z]+))? .+) "
    r"\[(?P<year>\d{4})\] OJ (?P<series>[LC]) ?(?P<issue>\d+)/(?P<page>\d+)"
)
ACT = re.compile(
    r"(?P<name>.+ (?:Act|Ordinance|Regulations|Order) \d{4})"
    r"(?:, c\.? ?(?P<chapter>\d+)|, SI (?P<instrument>\d+/\d+))?"
)
OPINION = re.compile(r"Formal Opinion (?P<number>[\d-]+)\b.*")
MODEL_RULES = re.compile(r"Model Rules of Professional Conduct (?P<rules>.+)")

BLUEBOOK_BARS = {"American Bar Association": "ABA Comm. on Ethics & Pro. Resp."}
# Of table 6, the words that publishers here have in their names.
BLUEBOOK_WORDS = {
    "American": "Am.",
    "Association": "Ass’n",
    "Authority": "Auth.",
    "Commission": "Comm’n",
    "Commissioner": "Comm’r",
    "Information": "Info.",
    "Office": "Off.",
    "Professional": "Pro.",
    "Protection": "Prot.",
    "Regulation": "Regul.",
    "Society": "Soc’y",
}


def cite(source: Source, quotations: Iterable[Quotation], style: Style) -> list[Run]:
    """The source as the style cites it; the quotations tell which copy was read."""
    pieces = WRITERS[style](_reference(source, tuple(quotations)))
    runs = (Run(piece) if isinstance(piece, str) else piece for piece in pieces)
    return [run for run in runs if run.text]


def style_for(country: str) -> Style:
    """The style that firms of a country use, where they have not chosen one."""
    return STYLE_OF_COUNTRY.get(country, Style.PLAIN)


def _reference(source: Source, quotations: tuple[Quotation, ...]) -> Reference:
    named = NAME_AND_MORE.fullmatch(source.publisher)
    name, more = named.group("name", "more") if named else (source.publisher, "")
    is_signed = bool(more) and source.kind is SourceKind.COMMENTARY
    read_on = (q.captured_on for q in quotations if q.provenance is Provenance.READ)
    return Reference(
        author=more if is_signed else name,
        title=source.title,
        site=name if is_signed else "",
        place="" if is_signed else more,
        dated=next(filter(None, (_dated(q.copy_dated) for q in quotations)), None),
        url=source.url,
        read_on=_day(max(read_on, default=None)),
    )


def _day(on: date | None) -> Dated | None:
    return Dated(year=on.year, month=on.month, day=on.day) if on else None


def _dated(told: str) -> Dated | None:
    """The date a copy has; none if it is only told to be older or newer than one."""
    found = WRITTEN_DATE.search(told)
    if found is None or NOT_ITS_OWN_DATE.search(told):
        return None
    day, month, year = found.groups()
    return Dated(year=int(year), month=MONTHS.index(month) + 1, day=int(day or 0))


def _if(known: object, form: str) -> str:
    """What is known, in its place; nothing if it is not."""
    return form.format(known) if known else ""


# ── Bluebook ──────────────────────────────────────────────────────────────────────────


def _bluebook(to: Reference) -> Iterator[Piece]:
    author = _abbreviated(to.author)
    if act := EU_ACT.fullmatch(to.title):
        yield act.expand(
            r"\g<form> \g<number>, \g<year> O.J. (\g<series> \g<issue>) \g<page>"
        )
        yield f" ({act['body'] or act['ending'] or 'EU'})"
    elif act := ACT.fullmatch(to.title):
        yield act["name"]
        yield _if(act["chapter"], ", c. {}")
        yield _if(act["instrument"], ", SI {}")
        yield _if(to.place, " ({})")
    elif opinion := OPINION.fullmatch(to.title):
        yield BLUEBOOK_BARS.get(to.author, author)
        yield f", Formal Op. {opinion['number']}"
        yield _if(to.dated and to.dated.year, " ({})")
    elif model := MODEL_RULES.fullmatch(to.title):
        rules = model["rules"].replace(" and ", ", ")
        yield f"Model Rules of Pro. Conduct r. {rules} ({author})"
    else:
        yield from _bluebook_page(to, author)
    yield "."


def _bluebook_page(to: Reference, author: str) -> Iterator[Piece]:
    """A site names itself once, behind the title. Without a date of its own a page has
    that of the last visit."""
    is_page_of_its_site = bool(to.url) and not to.site
    site = author if is_page_of_its_site else to.site
    yield "" if is_page_of_its_site else f"{author}, "
    yield Run(to.title, is_italic=True)
    yield _if(site, ", {}")
    yield _if(to.dated and to.dated.in_american(), " ({})")
    if to.url:
        yield ", "
        yield Run(to.url, url=to.url)
        if to.read_on and not to.dated:
            yield f" (last visited {to.read_on.in_american()})"


def _abbreviated(name: str) -> str:
    """An institution that is the author, by rule 15.1."""
    name = name.removeprefix("The ")
    return re.sub(r"\w+", lambda word: BLUEBOOK_WORDS.get(word[0], word[0]), name)


# ── OSCOLA ────────────────────────────────────────────────────────────────────────────


def _oscola(to: Reference) -> Iterator[Piece]:
    if act := EU_ACT.fullmatch(to.title):
        yield act.expand(r"\g<act> [\g<year>] OJ \g<series>\g<issue>/\g<page>")
    elif act := ACT.fullmatch(to.title):
        yield act["name"]
        yield _if(act["instrument"], ", SI {}")
    else:
        told = [to.site, str(to.dated or "")]
        yield f"{to.author}, ‘{to.title}’"
        yield _if(", ".join(filter(None, told)), " ({})")
        if to.url:
            yield " <"
            yield Run(to.url, url=to.url)
            yield ">"
            yield _if(to.read_on, " accessed {}")
    yield "."


# ── McGill ────────────────────────────────────────────────────────────────────────────


def _mcgill(to: Reference) -> Iterator[Piece]:
    if act := EU_ACT.fullmatch(to.title):
        yield "EC, "
        yield Run(act["act"], is_italic=True)
        yield act.expand(r", [\g<year>] OJ, \g<series> \g<issue>/\g<page>")
    elif act := ACT.fullmatch(to.title):
        yield Run(act["name"], is_italic=True)
        yield _if(to.place, " ({})")
        yield _if(act["chapter"], ", c {}")
        yield _if(act["instrument"], ", SI {}")
    else:
        yield f"{to.author}, “{to.title}”"
        yield _if(to.dated, " ({})")
        yield ", online:" if to.url else _if(to.site, ",")
        yield Run(_if(to.site, " {}"), is_italic=True)
        if to.url:
            yield " <"
            yield Run(to.url.removeprefix("https://"), url=to.url)
            yield ">"
    yield "."


# ── Plain ─────────────────────────────────────────────────────────────────────────────


def _plain(to: Reference) -> Iterator[Piece]:
    yield Run(to.title, is_italic=True)
    yield f". {', '.join(filter(None, (to.author, to.site)))}"
    yield _if(to.place, " ({})")
    yield _if(to.dated, ", {}")
    if to.url:
        yield ". "
        yield Run(to.url, url=to.url)
    yield _if(to.read_on, " (read {})")
    yield "."


WRITERS: dict[Style, Callable[[Reference], Iterator[Piece]]] = {
    Style.BLUEBOOK: _bluebook,
    Style.OSCOLA: _oscola,
    Style.MCGILL: _mcgill,
    Style.PLAIN: _plain,
}
