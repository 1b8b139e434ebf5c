"""From a file's facts to rows: all of them in one transaction, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from policyguide.policy.checked_yaml import Fields, Mistake, Refused
from policyguide.policy.edition_file.contents import EditionFile
from policyguide.policy.edition_file.kinds import edition_row, rows_of
from policyguide.policy.followers import call_followers
from policyguide.policy.models import (
    Capture,
    Citation,
    Edition,
    LogLine,
    Quotation,
    Source,
)
from policyguide.policy.rows import facts_of

RECORDED = (
    "The record has another value, and what is recorded stays. Give what is new a new "
    "code."
)
ONLY_IN_THE_RECORD = {"id", "captured_by", "recorded_at", "raw"}


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What came of it: the edition, and whether anything was not there before."""

    edition: Edition
    is_new: bool
    recorded: int


def load(file: EditionFile, *, at: datetime) -> Loaded:
    """Save and publish what the file holds; raises `Refused` and saves nothing.

    What is stored already must be the same, for it cannot be changed.
    """
    try:
        with transaction.atomic():
            return _load(file, at=at)
    except IntegrityError as error:
        reason = f"could not be stored: {error}"
        raise Refused(file.path, [Mistake(0, "", reason)]) from error


def _load(file: EditionFile, *, at: datetime) -> Loaded:
    recorded = (
        _record(file.sources, file.recorded, at=at)
        + _record(file.captures, file.recorded, at=at)
        + _record(file.quotations, file.recorded, at=at)
    )
    stored = _stored(file)
    file.refuse_if_wrong()
    if stored:
        return Loaded(edition=stored, is_new=False, recorded=recorded)
    edition = _publish(file, at=at)
    return Loaded(edition=edition, is_new=True, recorded=recorded)


def _record[R: (Source, Capture, Quotation)](
    rows: Sequence[R], things: Mapping[str, Fields], *, at: datetime
) -> int:
    """Save the rows that are new, compare those that are not; how many were new."""
    if not rows:
        return 0
    codes = [row.code for row in rows]
    stored = {row.code: row for row in type(rows[0]).objects.filter(code__in=codes)}
    for row in rows:
        _settle(row, at=at)
        if row.code in stored:
            row.pk = stored[row.code].pk
            _compare(row, stored[row.code], things[row.code])
        else:
            row.save(force_insert=True)
    return len(rows) - len(stored)


def _settle(row: Source | Capture | Quotation, *, at: datetime) -> None:
    """Give the row what is known now: the key of what it belongs to, and when."""
    match row:
        case Capture():
            row.source = row.source
            row.recorded_at = at
        case Quotation():
            row.capture = row.capture


def _compare[R: (Source, Capture, Quotation)](row: R, stored: R, thing: Fields) -> None:
    for column in row._meta.concrete_fields:
        if column.name in ONLY_IN_THE_RECORD:
            continue
        if getattr(row, column.attname) != getattr(stored, column.attname):
            thing.wrong(column.name, RECORDED)


def _stored(file: EditionFile) -> Edition | None:
    """The edition that has this number already; it must say the same."""
    stored = Edition.objects.filter(number=file.edition.number).first()
    said = (file.edition.sha256, file.severity)
    if stored and (stored.sha256, stored.severity) != said:
        last: int = Edition.objects.aggregate(last=Max("number"))["last"]
        file.entries[""].wrong(
            "number",
            f"Edition {stored.number} is published already and says something else. "
            f"The next free number is {last + 1}.",
        )
    return stored


def _publish(file: EditionFile, *, at: datetime) -> Edition:
    edition = edition_row(file.edition, file.severity)
    edition.save(force_insert=True)
    _save_entries(file, edition)
    edition.number = file.edition.number
    edition.sha256 = facts_of(edition).sha256
    edition.published_at = at
    edition.save()
    LogLine.objects.create(
        at=at,
        what="load",
        subject=str(edition),
        why=f"Loaded by the operator from {file.path.name}.",
        sha256_after=edition.sha256,
    )
    call_followers(edition, at=at)
    return edition


def _save_entries(file: EditionFile, edition: Edition) -> None:
    quotations = {row.code: row for row in file.quotations}
    citations = []
    for entry, cited in rows_of(file.edition):
        entry.edition = edition
        entry.save(force_insert=True)
        citations += [
            Citation(
                entry_id=entry.pk, quotation=quotations[fact.code], position=position
            )
            for position, fact in enumerate(cited)
        ]
    Citation.objects.bulk_create(citations)
