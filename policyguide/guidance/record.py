"""Guidance as plain data for the record: what was said, and all it rests on.

Of the edition only its heading is kept, and each quotation once, so that the record of
a memo has a memo's size. What the edition says beyond that can be found by its hash.
"""

from dataclasses import fields, is_dataclass
from typing import Any

from policyguide.guidance.facts import Edition, Quotation
from policyguide.guidance.findings import Citation, Finding, Guidance

FORMAT = 1
HEADING = ("number", "title", "in_force_from", "published_on", "change_note", "sha256")
NOT_SECTIONS = frozenset({"edition", "profile", "as_of"})


def record_of(guidance: Guidance) -> dict[str, object]:
    """What a firm was told. Statements name quotations, and quotations sources."""
    return {
        "format": FORMAT,
        "edition": _heading(guidance.edition),
        "profile": _plain(guidance.profile),
        "as_of": guidance.as_of,
        "guidance": {
            field.name: _plain(getattr(guidance, field.name))
            for field in fields(guidance)
            if field.name not in NOT_SECTIONS
        },
        "citations": [_citation(citation) for citation in guidance.citations],
        "sources": [_fields(cited.source) for cited in guidance.sources],
    }


def _heading(edition: Edition) -> dict[str, object]:
    return {name: getattr(edition, name) for name in HEADING}


def _citation(citation: Citation) -> dict[str, object]:
    quotation = citation.quotation
    return {
        "number": citation.number,
        **_fields(quotation),
        "source": quotation.source.code,
    }


def _plain(value: object) -> Any:
    match value:
        case Quotation():
            return value.code
        case Finding():
            return _fields(value.entry) | {
                name: told for name, told in _fields(value).items() if name != "entry"
            }
        case tuple():
            return [_plain(item) for item in value]
        case _ if is_dataclass(value):
            return _fields(value)
    return value


def _fields(thing: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
