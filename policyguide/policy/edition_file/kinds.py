"""The sections of the file, the kind of entry each holds, and the rows these become."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any

from django.db.models import Field, Model

from policyguide.guidance import facts
from policyguide.policy import models

type Cited = tuple[facts.Quotation, ...]

# By their names in the file and in `facts.Edition`, in the order they are read in.
SECTIONS: dict[str, type[facts.Entry]] = {
    "effects": facts.Effect,
    "regions": facts.Region,
    "controls": facts.Control,
    "terms": facts.RegionTerm,
    "clauses": facts.Clause,
    "categories": facts.DataCategory,
    "affiliate_terms": facts.AffiliateTerm,
    "headlines": facts.Headline,
    "actions": facts.Action,
    "conflicts": facts.Conflict,
    "silences": facts.Silence,
    "rumours": facts.Rumour,
    "authorities": facts.Authority,
}


def columns_of(fact: Any, rows: type[Model]) -> dict[str, object]:
    """The fact's values, by the columns of a table in which it is kept."""
    names = {field.name for field in fields(fact)}
    return {
        column.name: _stored(getattr(fact, column.name), column)
        for column in rows._meta.concrete_fields
        if column.name in names
    }


def rows_of(edition: facts.Edition) -> Iterator[tuple[models.Entry, Cited]]:
    """Every entry as a row of its kind, of no edition yet, and what it cites."""
    for section, kind in SECTIONS.items():
        for position, entry in enumerate(getattr(edition, section)):
            table = getattr(models, kind.__name__)
            row = table(**columns_of(entry, table), position=position)
            yield row, entry.quotations
    for conflict in edition.conflicts:
        for position, side in enumerate(conflict.positions):
            row = models.Position(
                **columns_of(side, models.Position),
                conflict=conflict.code,
                position=position,
            )
            yield row, side.quotations


def crossing(titles: Mapping[str, str], region: str, effect: str) -> str:
    """What a cell of the grid is called that has no title of its own."""
    return f"{titles.get(region, region)}: {titles.get(effect, effect)}"[:200]


def edition_row(edition: facts.Edition, severity: str) -> models.Edition:
    """The edition as a draft, not yet saved."""
    return models.Edition(
        title=edition.title,
        in_force_from=edition.in_force_from,
        change_note=edition.change_note,
        severity=severity,
    )


def _stored(value: object, column: Field[Any, Any]) -> object:
    """A fact's value as its column keeps it."""
    match value:
        case None:
            return None if column.null else ""
        case Enum():
            return value.value
        case frozenset():
            return sorted(str(code) for code in value)
        case tuple():
            return list(value)
    return value
