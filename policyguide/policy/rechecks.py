"""What a new capture breaks: every quotation looked for in it, to the letter.

Nothing is anchored anew by resemblance. A wording that differs in case, in a digit or
by a "not" is gone, until somebody has read what stands there now.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from policyguide.policy.differences import FieldDifference
from policyguide.policy.drafts import Deed, Person
from policyguide.policy.models import (
    Capture,
    Citation,
    Edition,
    Entry,
    LogLine,
    Quotation,
    Recheck,
)
from policyguide.policy.models.sources import RecheckQuerySet
from policyguide.policy.normalise import folded, sentences
from policyguide.policy.states import OPEN, NotAllowed
from policyguide.policy.technical import is_left_out_today, text_today

Outcome = Recheck.Outcome
NEAR_ENOUGH = 0.4
AROUND = 60


class Place(NamedTuple):
    """Where a wording stands, and the words around it."""

    start: int
    before: str
    text: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Rechecked:
    """A recheck, and the entries in force that rest on the quotation.

    For a wording that is gone, with the one most like it now; for one that stands in
    several places, with the words around each.
    """

    recheck: Recheck
    entries: tuple[Entry, ...] = ()
    nearest: FieldDifference | None = None
    places: tuple[Place, ...] = ()


def recheck(capture: Capture) -> list[Recheck]:
    """Look for every quotation of the source in a capture, and save what came of it.

    Of an excerpt, only what is found says anything. What is missing because the rules
    that make texts leave it out now is no change of the source.
    """
    whole = folded(capture.text)
    found = [_looked_for(quotation, capture, whole) for quotation in _quoted(capture)]
    if capture.extent == Capture.Extent.EXCERPT:
        found = [row for row in found if row.outcome != Outcome.GONE]
    return Recheck.objects.bulk_create(
        row
        for row in found
        if row.outcome != Outcome.GONE or not is_left_out_today(row.quotation)
    )


def places(text: str, whole: str) -> list[int]:
    """Where a text stands in another as whole words, both folded."""
    if not text:
        return []
    at, found = whole.find(text), list[int]()
    while at >= 0:
        if _is_apart(whole, at) and _is_apart(whole, at + len(text)):
            found.append(at)
        at = whole.find(text, at + 1)
    return found


def nearest(text: str, whole: str) -> str:
    """The sentences that share the most words with a text, if they share enough."""
    wanted = Counter(text.split())
    parts, size = sentences(whole), len(sentences(text))
    best, score = "", NEAR_ENOUGH
    for start in range(max(1, len(parts) - size + 1)):
        candidate = " ".join(parts[start : start + size])
        words = Counter(candidate.split())
        shared = (wanted & words).total() / max(1, (wanted | words).total())
        if shared > score:
            best, score = candidate, shared
    return best


def findings(capture: Capture) -> dict[str, list[Rechecked]]:
    """What the capture did to each quotation, by outcome."""
    rows = capture.rechecks.select_related("quotation", "settled_by")
    entries = _resting_on(capture)
    found: dict[str, list[Rechecked]] = {outcome: [] for outcome in Outcome}
    for row in rows.order_by("quotation__code"):
        told = _told(row, capture.text)
        resting = tuple(entries[row.quotation_id])
        found[row.outcome].append(replace(told, entries=resting))
    return found


def _told(row: Recheck, lines: str) -> Rechecked:
    text = folded(row.quotation.text)
    if row.outcome == Outcome.GONE:
        near = nearest(text, lines)
        difference = FieldDifference(name="text", before=text, after=near)
        return Rechecked(recheck=row, nearest=difference if near else None)
    if row.outcome == Outcome.REPEATED:
        whole = folded(lines)
        around = (_place(text, at, whole) for at in places(text, whole))
        return Rechecked(recheck=row, places=tuple(around))
    return Rechecked(recheck=row)


def _resting_on(capture: Capture) -> defaultdict[int, list[Entry]]:
    """The entries in force on its day, by the quotation looked for that they cite."""
    edition = Edition.objects.in_force(capture.captured_on).first()
    rows = Citation.objects.filter(
        entry__edition=edition, quotation__rechecks__capture=capture
    )
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    for row in rows.select_related("entry").order_by("entry__code"):
        found[row.quotation_id].append(row.entry)
    return found


def _place(text: str, at: int, whole: str) -> Place:
    end = at + len(text)
    before, after = whole[max(0, at - AROUND) : at], whole[end : end + AROUND]
    return Place(at, before, text, after)


def new_sentences(capture: Capture) -> list[str]:
    """Sentences no earlier capture of the source has and no quotation covers."""
    earlier = _comparable(capture).filter(
        Q(captured_on__lt=capture.captured_on)
        | Q(captured_on=capture.captured_on, pk__lt=capture.pk)
    )
    known = {part for row in earlier for part in sentences(text_today(row))}
    quoted = [folded(row.quotation.text) for row in _standing(capture)]
    return [
        part
        for part in dict.fromkeys(sentences(capture.text))
        if part not in known and not any(part in text for text in quoted)
    ]


def in_doubt() -> dict[str, date]:
    """By quotation code, the day its source was found to read differently.

    A doubt ends when somebody dismisses it, or publishes an edition that rests on other
    words, even if that comes into force later.
    """
    cited = Citation.objects.filter(entry__edition__in=_last_published())
    return _found_gone(Recheck.objects.filter(quotation__in=cited.values("quotation")))


def found_gone() -> dict[str, date]:
    """The same of every quotation, whether any edition rests on it or not."""
    return _found_gone(Recheck.objects.all())


def _found_gone(rows: RecheckQuerySet) -> dict[str, date]:
    gone = rows.open().gone().order_by()
    days = gone.values_list("quotation__code").annotate(Min("capture__captured_on"))
    return dict(days)


def doubtful(edition: Edition) -> QuerySet[Entry]:
    """The entries of an edition that rest on a wording that is gone."""
    gone = Recheck.objects.open().gone().values("quotation")
    return edition.entries.filter(quotations__in=gone).distinct().order_by("code")


def doubtful_captures() -> QuerySet[Capture]:
    """The captures of which something is still to be settled, the oldest first.

    What a later capture has been looked through for is settled there; what neither the
    last edition nor a draft rests on any more needs no settling.
    """
    later = Recheck.objects.filter(
        quotation=OuterRef("quotation"), pk__gt=OuterRef("pk")
    )
    cited = Citation.objects.filter(
        Q(entry__edition__in=_last_published())
        | Q(entry__edition__change__state__in=OPEN)
    )
    last = Recheck.objects.open().exclude(Exists(later))
    awaited = last.filter(quotation__in=cited.values("quotation"))
    rows = Capture.objects.filter(rechecks__in=awaited).distinct()
    return rows.select_related("source").order_by("captured_on", "pk")


@transaction.atomic
def dismiss(row: Recheck, *, reason: str, by: Person, at: datetime) -> None:
    """Say why a wording that is gone, from whatever capture, changes nothing."""
    held = _held(row, Outcome.GONE, reason=reason, by=by)
    for same in Recheck.objects.open().gone().filter(quotation=held.quotation):
        _settle(same, because=reason, by=by, at=at)
    _log(Deed.DISMISS, held, why=reason, by=by, at=at)


@transaction.atomic
def choose(row: Recheck, *, start: int, by: Person, at: datetime) -> None:
    """Say in which of several places the wording is the one that is quoted."""
    because = "It stands in several places; this one is meant."
    held = _held(row, Outcome.REPEATED, reason=because, by=by)
    text = folded(held.quotation.text)
    if start not in places(text, folded(held.capture.text)):
        raise NotAllowed("The wording does not stand there. Choose one of the places.")
    held.start, held.end = start, start + len(text)
    _settle(held, because=because, by=by, at=at)
    _log(Deed.CHOOSE, held, why="", by=by, at=at)


@transaction.atomic
def settle_what_is_known(capture: Capture, *, by: Person, at: datetime) -> None:
    """End the doubt about what stands there again, and about what was dismissed before
    and has not been reworded since."""
    _settle_what_returned(capture, by=by, at=at)
    for row in capture.rechecks.open().gone().select_related("quotation"):
        text = folded(row.quotation.text)
        before = _last_dismissed(row)
        if before and nearest(text, before.capture.text) == nearest(text, capture.text):
            _settle(row, because=before.settled_because, by=by, at=at)


def _settle_what_returned(capture: Capture, *, by: Person, at: datetime) -> None:
    there = _standing(capture).values("quotation")
    for row in (
        Recheck.objects.open().exclude(capture=capture).filter(quotation__in=there)
    ):
        _settle(row, because=f"It stands in {capture.code} again.", by=by, at=at)


def _last_published() -> QuerySet[Edition]:
    """The edition that will be in force when all that are announced are."""
    rows = Edition.objects.not_withdrawn().order_by("-in_force_from", "-number")
    return rows[:1]


def _quoted(capture: Capture) -> QuerySet[Quotation]:
    """The wordings that readers are shown, or soon may be, as words of this page.

    What is only reported is in our words, and another language or country may well
    have other words.
    """
    cited = Edition.objects.filter(
        Q(change__state__in=OPEN)
        | Q(pk__in=Edition.objects.in_force(capture.captured_on)[:1].values("pk"))
        | Q(pk__in=Edition.objects.announced(capture.captured_on).values("pk"))
    )
    rows = Quotation.objects.filter(
        capture__in=_comparable(capture), entries__edition__in=cited
    )
    return rows.exclude(provenance=Quotation.Known.REPORTED).distinct()


def _comparable(capture: Capture) -> QuerySet[Capture]:
    """Other captures of the page in the same language, for the same country."""
    rows = Capture.objects.filter(source=capture.source, language=capture.language)
    if capture.country:
        rows = rows.filter(country__in=["", capture.country])
    return rows.exclude(pk=capture.pk)


def _looked_for(quotation: Quotation, capture: Capture, whole: str) -> Recheck:
    text = folded(quotation.text)
    found = places(text, whole)
    row = Recheck(quotation=quotation, capture=capture, outcome=Outcome.GONE)
    if len(found) == 1:
        row.outcome, row.start = Outcome.THERE, found[0]
        row.end = found[0] + len(text)
    elif found:
        row.outcome = Outcome.REPEATED
    return row


def _is_apart(whole: str, at: int) -> bool:
    """Whether a word ends or begins at this place, so that no word is cut in two."""
    return not (whole[at - 1 : at].isalnum() and whole[at : at + 1].isalnum())


def _standing(capture: Capture) -> QuerySet[Recheck]:
    """The quotations that stand in it."""
    rows = capture.rechecks.exclude(outcome=Outcome.GONE)
    return rows.select_related("quotation")


def _last_dismissed(row: Recheck) -> Recheck | None:
    rows = Recheck.objects.gone().filter(quotation=row.quotation).exclude(pk=row.pk)
    return (
        rows.filter(settled_at__isnull=False)
        .select_related("capture")
        .order_by("-pk")
        .first()
    )


def _held(row: Recheck, outcome: str, *, reason: str, by: Person) -> Recheck:
    """The recheck, held, if this person may settle it so now."""
    held = Recheck.objects.select_related("quotation", "capture").select_for_update(
        of=("self",)
    )
    row = held.get(pk=row.pk)
    if not by.is_editor:
        raise NotAllowed("Only editors may do this.")
    if row.outcome != outcome or row.settled_at:
        raise NotAllowed("Somebody has settled this already.")
    if not reason.strip():
        raise NotAllowed("Give a reason; it stays in the log.")
    return row


def _settle(row: Recheck, *, because: str, by: Person, at: datetime) -> None:
    row.settled_at, row.settled_by_id, row.settled_because = at, by.pk, because
    row.save()


def _log(what: Deed, row: Recheck, *, why: str, by: Person, at: datetime) -> None:
    LogLine.objects.create(
        at=at,
        by_id=by.pk,
        what=what,
        subject=f"{row.quotation.code} in {row.capture.code}"[:120],
        why=why,
        sha256_after=row.capture.sha256,
    )
