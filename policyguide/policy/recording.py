"""Reading a source again: its text is captured, or logged as checked and unchanged."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from policyguide.policy import captures, normalise
from policyguide.policy.captures import hash_of
from policyguide.policy.drafts import Deed, Person
from policyguide.policy.models import Capture, LogLine, Source, SourceCheck
from policyguide.policy.models.sources import LONGEST_CAPTURE
from policyguide.policy.rechecks import recheck, settle_what_is_known
from policyguide.policy.saved_pages import Unreadable, text_of
from policyguide.policy.states import NotAllowed
from policyguide.policy.technical import text_today

# Ways of reading that show the page as it is on the day, and not an older copy of it.
TODAYS_PAGE = frozenset({Capture.How.PASTED, Capture.How.UPLOADED})


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a source was read."""

    captured_on: date
    how: str
    extent: str
    language: str
    country: str = ""
    signed_in: bool | None = None
    copy_dated: str = ""
    note: str = ""


@transaction.atomic
def record_source(source: Source, *, by: Person, at: datetime) -> Source:
    """Keep a source that can be cited from now on."""
    if not by.is_editor:
        raise NotAllowed("Only editors record sources.")
    source.save(force_insert=True)
    LogLine.objects.create(
        at=at, by_id=by.pk, what=Deed.RECORD_SOURCE, subject=source.code
    )
    return source


@transaction.atomic
def capture_source(
    source: Source, raw: bytes, reading: Reading, *, by: Person, at: datetime
) -> Capture | SourceCheck:
    """Keep what was read, and look for every quotation in it.

    If the same person reads the same words again, that is a check. If a second person
    does, their capture confirms the first. Raises `Unreadable`.
    """
    text = _text(raw)
    source = _held(source, by=by)
    last = latest(source, language=reading.language, country=reading.country)
    if last and last.captured_by_id == by.pk and text_today(last) == text:
        return _checked(last, on=reading.captured_on, by=by, at=at)
    made = captures.capture(
        source,
        text,
        code=_next_code(source, reading.captured_on),
        captured_by_id=by.pk,
        raw=raw,
        normaliser=normalise.VERSION,
        recorded_at=at,
        **vars(reading),
    )
    made.save(force_insert=True)
    _log(Deed.CAPTURE, made, by=by, at=at, before=last)
    if reading.how in TODAYS_PAGE:
        recheck(made)
        settle_what_is_known(made, by=by, at=at)
    return made


@transaction.atomic
def check_unchanged(
    source: Source, *, on: date, by: Person, at: datetime
) -> SourceCheck:
    """Log that somebody read the page again and found it as it was last captured."""
    last = _held(source, by=by).captures.order_by("-captured_on", "-pk").first()
    if last is None:
        raise NotAllowed("It has never been captured; capture it first.")
    return _checked(last, on=on, by=by, at=at)


def latest(source: Source, *, language: str, country: str) -> Capture | None:
    """The newest capture of the page itself in this language, for this country."""
    rows = source.captures.filter(
        language=language, country=country, how__in=TODAYS_PAGE
    )
    return rows.order_by("-captured_on", "-pk").first()


def is_confirmed(capture: Capture) -> bool:
    """Whether somebody else captured the same words independently."""
    sha256s = {capture.sha256, hash_of(text_today(capture))}
    same = Capture.objects.filter(
        Q(sha256__in=sha256s) | Q(technical_versions__sha256__in=sha256s),
        source=capture.source,
    )
    return same.exclude(captured_by=capture.captured_by_id).exists()


def _text(raw: bytes) -> str:
    text = normalise.normalised(text_of(raw))
    if len(text) > LONGEST_CAPTURE:
        raise Unreadable(
            f"Its text has {len(text):,} characters; {LONGEST_CAPTURE:,} is the most."
        )
    return text


def _held(source: Source, *, by: Person) -> Source:
    """The source, held, if the person may capture it."""
    if not by.is_editor:
        raise NotAllowed("Only editors capture sources.")
    return Source.objects.select_for_update().get(pk=source.pk)


def _checked(last: Capture, *, on: date, by: Person, at: datetime) -> SourceCheck:
    _log(Deed.CHECK, last, by=by, at=at, before=last)
    return SourceCheck.objects.create(
        source=last.source, checked_on=on, checked_by_id=by.pk, capture=last
    )


def _next_code(source: Source, day: date) -> str:
    """The source, the day and, from the second capture of a day on, a number."""
    first = f"{source.code}/{day.isoformat()}"
    taken = set(
        source.captures.filter(code__startswith=first).values_list("code", flat=True)
    )
    further = (f"{first}-{number}" for number in range(2, len(taken) + 2))
    return next(code for code in (first, *further) if code not in taken)


def _log(
    what: Deed, made: Capture, *, by: Person, at: datetime, before: Capture | None
) -> None:
    LogLine.objects.create(
        at=at,
        by_id=by.pk,
        what=what,
        subject=made.code,
        why=made.note if what == Deed.CAPTURE else "",
        sha256_before=before.sha256 if before else "",
        sha256_after=made.sha256,
    )
