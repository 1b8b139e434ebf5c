"""How an entry read in each edition, and where a source is cited."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from policyguide.guidance import facts
from policyguide.policy.editions import edition_numbered
from policyguide.policy.models import Edition, Entry


@dataclass(frozen=True, kw_only=True)
class Wording:
    """An entry's words from one edition on, until the next wording."""

    edition: int
    in_force_from: date
    title: str
    words: str
    change_note: str


def wordings(code: str) -> tuple[Wording, ...]:
    """How the entry with this code has read in the published editions, newest first.

    Editions that left it as it was are passed over.
    """
    rows = Entry.objects.filter(
        code=code,
        edition__published_at__isnull=False,
        edition__withdrawn_at__isnull=True,
    ).select_related("edition")
    found: list[Wording] = []
    for row in rows.order_by("edition__number"):
        if not found or (found[-1].title, found[-1].words) != (row.title, row.words):
            found.append(_wording(row))
    return tuple(reversed(found))


def _wording(row: Entry) -> Wording:
    return Wording(
        edition=row.edition.number or 0,
        in_force_from=row.edition.in_force_from,
        title=row.title,
        words=row.words,
        change_note=row.edition.change_note,
    )


def published(number: int) -> facts.Edition | None:
    """The published edition with this number, withdrawn or not."""
    return published_among({number}).get(number)


def published_among(numbers: Collection[int]) -> dict[int, facts.Edition]:
    """The published editions with these numbers, withdrawn or not. One query."""
    rows = Edition.objects.published().filter(number__in=numbers)
    return {
        number or 0: edition_numbered(number or 0, sha256)
        for number, sha256 in rows.values_list("number", "sha256")
    }


def resting_on(edition: facts.Edition, source: str) -> tuple[facts.Entry, ...]:
    """The entries of an edition that quote a source."""
    return tuple(
        entry
        for entry in edition.entry.values()
        if any(quotation.source.code == source for quotation in entry.rests_on)
    )
