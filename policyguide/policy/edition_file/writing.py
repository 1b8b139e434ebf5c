"""From rows to the file they could have been loaded from."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

import yaml
from django.db.models import Model

from policyguide.guidance import facts
from policyguide.policy import models
from policyguide.policy.edition_file.contents import Head, HowRead
from policyguide.policy.edition_file.kinds import SECTIONS, crossing
from policyguide.policy.rows import facts_of, source_fact

# What a reader would take for a line end, or not see at all.
NOT_PLAIN = "\r\x85\u2028\u2029\ufeff"
# Written as keys, or in a way of their own.
NESTED = {"code", "quotations", "positions"}

type Written = dict[str, Any]


def write(edition: models.Edition) -> str:
    """The edition as a file, with the quotations it cites and their whole captures.

    Captures and sources that the edition does not rest on are left out.
    """
    found = facts_of(edition)
    whole = {
        "edition": _plain(_like(Head, edition)),
        "sources": _sources(found),
        **{section: _section(found, section) for section in SECTIONS},
    }
    return yaml.dump(
        {name: value for name, value in whole.items() if value},
        Dumper=Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=88,
    )


class Dumper(yaml.SafeDumper):
    """Writes every scalar as text, long ones as blocks, and lists on one line."""

    yaml_implicit_resolvers = {}

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Dumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    if any(character in text for character in NOT_PLAIN):
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: Dumper, items: list[str]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=True)


Dumper.add_representer(str, _text)
Dumper.add_representer(list, _list)


def _sources(edition: facts.Edition) -> Written:
    """The sources cited or looked in, and of each what is cited."""
    looked_in = {code for silence in edition.silences for code in silence.looked_in}
    cited = {source.code for source in edition.sources}
    rows = models.Source.objects.filter(code__in=looked_in | cited).order_by("code")
    quotations = dict.fromkeys(
        quotation for entry in edition.entry.values() for quotation in entry.rests_on
    )
    return {
        source.code: _plain(source_fact(source)) | _captures(source, quotations)
        for source in rows
    }


def _captures(source: models.Source, cited: Iterable[facts.Quotation]) -> Written:
    by_capture: dict[str, Written] = {}
    for quotation in sorted(cited, key=lambda quotation: quotation.start):
        written = by_capture.setdefault(quotation.capture_code, {})
        written[quotation.code] = _quotation(quotation)
    captures = source.captures.filter(code__in=by_capture).order_by("code")
    written = {
        capture.code: {
            **_plain(_like(HowRead, capture)),
            "text": capture.text,
            "quotations": by_capture[capture.code],
        }
        for capture in captures
    }
    return {"captures": written} if written else {}


def _quotation(quotation: facts.Quotation) -> Written:
    written = {"provenance": quotation.provenance.value}
    if quotation.quoted_by:
        written["quoted_by"] = str(quotation.quoted_by)
    return {**written, "text": quotation.text}


def _section(edition: facts.Edition, section: str) -> Written:
    if section == "terms":
        return _grid(edition)
    return {entry.code: _entry(entry) for entry in getattr(edition, section)}


def _grid(edition: facts.Edition) -> Written:
    """The cells by region and effect, which give them their codes and their titles."""
    titles = {entry.code: entry.title for entry in (*edition.regions, *edition.effects)}
    written: Written = {}
    for term in edition.terms:
        cell = _entry(term, but={"region", "effect"})
        if term.title == crossing(titles, term.region, term.effect):
            del cell["title"]
        written.setdefault(term.region, {})[term.effect] = cell
    return written


def _entry(entry: facts.Entry, *, but: Collection[str] = ()) -> Written:
    written = {**_plain(entry, but=but), **_cites(entry.quotations)}
    if isinstance(entry, facts.Conflict):
        written["positions"] = {
            side.code: {**_plain(side), **_cites(side.quotations)}
            for side in entry.positions
        }
    return written


def _cites(quotations: Iterable[facts.Quotation]) -> Written:
    codes = [quotation.code for quotation in quotations]
    return {"cites": codes} if codes else {}


def _like[T](kind: type[T], row: Model) -> T:
    """The columns of a row that a file has fields for."""
    names = (field.name for field in fields(kind))  # type: ignore[arg-type]
    return kind(**{name: getattr(row, name) for name in names})


def _plain(fact: Any, *, but: Collection[str] = ()) -> Written:
    """The fact's own fields, written out; those that are as by default are left out."""
    return {
        field.name: _spelled(value)
        for field in fields(fact)
        if field.name not in NESTED
        and field.name not in but
        and (value := getattr(fact, field.name)) != field.default
    }


def _spelled(value: Any) -> str | list[str]:
    match value:
        case frozenset():
            return sorted(str(code) for code in value)
        case tuple():
            return list(value)
        case Enum():
            return str(value.value)
        case bool():
            return str(value).lower()
        case date():
            return value.isoformat()
    return str(value)
