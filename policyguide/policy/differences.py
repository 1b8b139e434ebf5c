"""How one edition differs from another: entry by entry, field by field."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Field, Model
from django.utils.formats import date_format

from policyguide.policy.kinds import KINDS, Kind
from policyguide.policy.models import Citation, Edition, Entry, Quotation

NOT_SAID = frozenset({"id", "entry_ptr", "edition", "code", "version", "position"})


class How(StrEnum):
    SAME = "same"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an entry says: the text of each of its fields, under the field's name."""

    kind: Kind
    row: Entry
    texts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FieldDifference:
    """A field of an entry that reads differently."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """An entry, and how it differs from the one with its code in another edition."""

    kind: Kind
    row: Entry
    how: How
    fields: tuple[FieldDifference, ...]

    @property
    def code(self) -> str:
        return self.row.code


def differences(before: Edition | None, after: Edition) -> tuple[Difference, ...]:
    """Every entry of either edition, in reading order, those of `after` first."""
    old = contents(before) if before else {}
    new = contents(after)
    return tuple(
        _difference(shown, old.get(code), new.get(code))
        for code, shown in (new | {c: old[c] for c in old if c not in new}).items()
    )


def says_the_same(one: Content | None, other: Content | None) -> bool:
    """Whether two entries read the same, or neither is there."""
    return (one.texts if one else None) == (other.texts if other else None)


def contents(edition: Edition) -> dict[str, Content]:
    """What each entry of an edition says, by its code."""
    quotations = _quotations(edition)
    return {
        row.code: Content(kind=kind, row=row, texts=texts(row, quotations[row.pk]))
        for kind in KINDS
        for row in kind.rows.objects.filter(edition=edition).order_by(
            "position", "code"
        )
    }


def between(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[FieldDifference, ...]:
    """The texts that differ; one that is missing counts as empty."""
    return tuple(
        FieldDifference(
            name=name, before=before.get(name, ""), after=after.get(name, "")
        )
        for name in dict.fromkeys([*after, *before])
        if before.get(name, "") != after.get(name, "")
    )


def texts(row: Entry, quotations: Iterable[Quotation]) -> dict[str, str]:
    """What an entry says, as text, by field as readers call them."""
    names = (field.name for field in row._meta.concrete_fields)
    found = field_texts(row, (name for name in names if name not in NOT_SAID))
    return {
        **found,
        "quotations": "\n".join(str(quotation) for quotation in quotations),
    }


def field_texts(row: Model, names: Iterable[str]) -> dict[str, str]:
    """These fields of a row, as text."""
    fields = (row._meta.get_field(name) for name in names)
    return {
        str(field.verbose_name): _text(row, field)
        for field in fields
        if isinstance(field, Field)
    }


def _difference(shown: Content, old: Content | None, new: Content | None) -> Difference:
    fields = between(old.texts if old else {}, new.texts if new else {})
    return Difference(
        kind=shown.kind, row=shown.row, how=_how(old, new, fields), fields=fields
    )


def _how(
    old: Content | None, new: Content | None, fields: tuple[FieldDifference, ...]
) -> How:
    if old is None:
        return How.ADDED
    if new is None:
        return How.REMOVED
    return How.CHANGED if fields else How.SAME


def _text(row: Model, field: Field[object, object]) -> str:
    value = getattr(row, field.name)
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list):
        return ", ".join(sorted(value))
    return value or ""


def _quotations(edition: Edition) -> defaultdict[int, list[Quotation]]:
    """The quotations of each entry, by the entry's key."""
    rows = Citation.objects.filter(entry__edition=edition).select_related("quotation")
    found: defaultdict[int, list[Quotation]] = defaultdict(list)
    for row in rows.order_by("position", "quotation__code"):
        found[row.entry_id].append(row.quotation)
    return found
