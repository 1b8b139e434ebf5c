"""Drafts: an edition copied from another, and its entries changed one at a time.

Every change holds the `Change` while it is made, is refused outside the state of draft,
and leaves a line in the log.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from django.db import transaction
from django.db.models import F, Max

from policyguide.guidance.facts import Answer, Standing
from policyguide.policy import models
from policyguide.policy.differences import Content, contents, says_the_same
from policyguide.policy.kinds import KINDS
from policyguide.policy.models import (
    Change,
    Citation,
    Edition,
    Entry,
    LogLine,
    Quotation,
)
from policyguide.policy.rows import facts_of
from policyguide.policy.states import ChangeState, NotAllowed


class Person(Protocol):
    """What the record must know of whoever works on it."""

    @property
    def pk(self) -> int: ...
    @property
    def is_editor(self) -> bool: ...
    @property
    def is_approver(self) -> bool: ...


class Deed(StrEnum):
    """What is done at the desk beside the moves of a change."""

    OPEN = "open"
    ADD = "add"
    REWORD = "reword"
    REMOVE = "remove"
    DESCRIBE = "describe"
    BRING_UP_TO_DATE = "bring-up-to-date"
    QUOTE = "quote"
    CAPTURE = "capture"
    MAKE_ANEW = "make-anew"
    CHECK = "check"
    DISMISS = "dismiss"
    CHOOSE = "choose"
    RECORD_SOURCE = "record-source"


class ChangedMeanwhile(Exception):
    """Somebody else has saved it since it was read; nothing was written."""


def copy_of(base: Edition | None, *, title: str, in_force_from: date) -> Edition:
    """A new draft with all entries and citations of `base`."""
    draft = Edition.objects.create(
        based_on=base, title=title, in_force_from=in_force_from
    )
    if base:
        for kind in KINDS:
            for row in kind.rows.objects.filter(edition=base):
                _copy_entry(row, draft)
        _copy_citations(base, draft)
    return draft


@transaction.atomic
def add_entry(
    change: Change,
    entry: Entry,
    *,
    quotations: Sequence[Quotation],
    by: Person,
    at: datetime,
) -> None:
    """Put a new entry after those of its kind; a new region gets its cells."""
    held = _held(change, by=by)
    draft = held.edition
    if draft.entries.filter(code=entry.code).exists():
        raise NotAllowed(
            f"The draft has an entry with the code “{entry.code}” already."
        )
    entry.edition = draft
    entry.position = _after_the_last(type(entry), draft)
    entry.save(force_insert=True)
    _cite(entry, quotations)
    _fill_grid(draft)
    _log(held, Deed.ADD, entry.code, by=by, at=at)


@transaction.atomic
def reword_entry(
    change: Change,
    entry: Entry,
    *,
    quotations: Sequence[Quotation],
    version: int,
    by: Person,
    at: datetime,
) -> None:
    """Save an entry as it was read in `version`, or raise `ChangedMeanwhile`."""
    held = _held(change, by=by)
    unchanged = held.edition.entries.filter(pk=entry.pk, version=version)
    if not unchanged.update(version=F("version") + 1):
        raise ChangedMeanwhile
    entry.version = version + 1
    entry.save()
    _cite(entry, quotations)
    _log(held, Deed.REWORD, entry.code, by=by, at=at)


@transaction.atomic
def remove_entry(change: Change, code: str, *, by: Person, at: datetime) -> None:
    """Take an entry out of a draft, with what is nothing without it."""
    held = _held(change, by=by)
    draft = held.edition
    models.RegionTerm.objects.filter(edition=draft, region=code).delete()
    models.Position.objects.filter(edition=draft, conflict=code).delete()
    draft.entries.filter(code=code).delete()
    _log(held, Deed.REMOVE, code, by=by, at=at)


@transaction.atomic
def describe(
    change: Change, edition: Edition, *, version: int, by: Person, at: datetime
) -> None:
    """Save the draft's title, date, note and severity, as read in `version`."""
    held = _held(change, by=by)
    unchanged = Change.objects.filter(pk=change.pk, version=version)
    if not unchanged.update(version=F("version") + 1):
        raise ChangedMeanwhile
    edition.save(update_fields=["title", "in_force_from", "change_note", "severity"])
    held.edition = edition
    _log(held, Deed.DESCRIBE, edition.title, by=by, at=at)


@transaction.atomic
def bring_up_to_date(
    change: Change, onto: Edition, *, by: Person, at: datetime
) -> tuple[str, ...]:
    """Base the draft on another edition, taking over what the draft left as it was.

    Gives the codes of the entries that both had changed: the draft keeps its own text,
    and its redline, now against the new base, shows both.
    """
    held = _held(change, by=by)
    draft = held.edition
    base = contents(draft.based_on) if draft.based_on else {}
    mine, theirs = contents(draft), contents(onto)
    contested = []
    for code in sorted(base.keys() | mine.keys() | theirs.keys()):
        was, is_mine, is_theirs = base.get(code), mine.get(code), theirs.get(code)
        if says_the_same(is_theirs, was) or says_the_same(is_theirs, is_mine):
            continue
        if says_the_same(is_mine, was):
            _take_over(draft, is_mine, is_theirs)
        else:
            contested.append(code)
    draft.based_on = onto
    draft.save(update_fields=["based_on"])
    _log(held, Deed.BRING_UP_TO_DATE, str(onto), by=by, at=at)
    return tuple(contested)


def wrote_in(change: Change) -> set[int]:
    """The keys of everybody who wrote something in the change."""
    writers = change.log.filter(what__in=Deed).values_list("by_id", flat=True)
    return {change.author_id, *(key for key in writers if key)}


def _take_over(draft: Edition, mine: Content | None, theirs: Content | None) -> None:
    """Put another edition's entry in the draft's place; either may be missing."""
    if mine:
        mine.row.delete()
    if theirs:
        citations = theirs.row.citations.select_related("quotation")
        quotations = [row.quotation for row in citations.order_by("position")]
        _copy_entry(theirs.row, draft)
        _cite(theirs.row, quotations)


def _copy_entry(row: Entry, edition: Edition) -> None:
    """Make the row, which is changed by this, a new one of `edition`."""
    row.pk = row.id = None
    row._state.adding = True
    row.edition = edition
    row.version = 0
    row.save(force_insert=True)


def _held(change: Change, *, by: Person) -> Change:
    """The change, held, if the person may write in its draft now."""
    if not by.is_editor:
        raise NotAllowed("Only editors change drafts.")
    held = Change.objects.locked().get(pk=change.pk)
    if held.state != ChangeState.DRAFT:
        raise NotAllowed(
            f"This change is {held.get_state_display().lower()}; only a draft can be "
            "changed."
        )
    return held


def _after_the_last(kind: type[Entry], draft: Edition) -> int:
    rows = kind.objects.filter(edition=draft)
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _cite(entry: Entry, quotations: Sequence[Quotation]) -> None:
    """Let the entry rest on these quotations, in this order, and no others."""
    entry.citations.all().delete()
    Citation.objects.bulk_create(
        Citation(entry_id=entry.pk, quotation=quotation, position=position)
        for position, quotation in enumerate(dict.fromkeys(quotations))
    )


def _copy_citations(base: Edition, draft: Edition) -> None:
    keys = dict(draft.entries.values_list("code", "pk"))
    citations = Citation.objects.filter(entry__edition=base)
    Citation.objects.bulk_create(
        Citation(entry_id=keys[code], quotation_id=quotation, position=position)
        for code, quotation, position in citations.values_list(
            "entry__code", "quotation_id", "position"
        )
    )


def _fill_grid(draft: Edition) -> None:
    """Add the cells that a new region or effect lacks: not stated, until they are."""
    cells = models.RegionTerm.objects.filter(edition=draft)
    filled = set(cells.values_list("region", "effect"))
    for region in models.Region.objects.filter(edition=draft):
        for effect in models.Effect.objects.filter(edition=draft):
            if (region.code, effect.code) not in filled:
                _add_cell(draft, region, effect)


def _add_cell(draft: Edition, region: models.Region, effect: models.Effect) -> None:
    models.RegionTerm.objects.create(
        edition=draft,
        code=f"{region.code}.{effect.code}",
        position=_after_the_last(models.RegionTerm, draft),
        standing=Standing.UNSAID,
        region=region.code,
        effect=effect.code,
        answer=Answer.NOT_STATED,
    )


def _log(change: Change, deed: Deed, subject: str, *, by: Person, at: datetime) -> None:
    """Add a line to the log, with the hashes of the draft before and after."""
    last = change.log.order_by("-pk").first()
    LogLine.objects.create(
        at=at,
        by_id=by.pk,
        what=deed,
        subject=subject[:120],
        change=change,
        sha256_before=last.sha256_after if last else "",
        sha256_after=facts_of(change.edition).sha256,
    )
