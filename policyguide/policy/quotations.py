"""Quotations to rest an entry on: found among those there are, or quoted anew."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from policyguide.policy.captures import quote, span_of
from policyguide.policy.drafts import Deed, Person
from policyguide.policy.models import Capture, Entry, LogLine, Quotation, Source


def cited_by(entry: Entry) -> list[Quotation]:
    """The quotations an entry rests on, in their order."""
    if entry.pk is None:
        return []
    rows = entry.citations.select_related("quotation__capture__source")
    return [row.quotation for row in rows.order_by("position")]


def named(codes: Iterable[str]) -> list[Quotation]:
    """The quotations with these codes, in this order; unknown ones are left out."""
    codes = list(dict.fromkeys(codes))
    found = {quotation.code: quotation for quotation in _all().filter(code__in=codes)}
    return [found[code] for code in codes if code in found]


def found_by(words: str) -> QuerySet[Quotation]:
    """The quotations in which, or in whose source, each of these words occurs."""
    rows = _all()
    for word in words.split():
        rows = rows.filter(
            Q(text__icontains=word)
            | Q(code__icontains=word)
            | Q(capture__source__code__icontains=word)
            | Q(capture__source__title__icontains=word)
        )
    return rows.order_by("capture__source__code", "code")


@transaction.atomic
def quote_anew(
    capture: Capture,
    text: str,
    *,
    provenance: str,
    quoted_by: int,
    by: Person,
    at: datetime,
) -> Quotation:
    """Save the piece of a capture that reads exactly so, or give the one there is.

    Raises `NotExact`.
    """
    source = Source.objects.select_for_update().get(pk=capture.source_id)
    start, end = span_of(text, capture)
    same = capture.quotations.filter(
        start=start, end=end, provenance=provenance, quoted_by=quoted_by
    )
    known = same.select_related("capture__source").first()
    return known or _saved(
        quote(
            capture,
            text,
            code=_next_code(source),
            provenance=provenance,
            quoted_by=quoted_by,
        ),
        by=by,
        at=at,
    )


def _saved(quotation: Quotation, *, by: Person, at: datetime) -> Quotation:
    quotation.save(force_insert=True)
    LogLine.objects.create(
        at=at,
        by_id=by.pk,
        what=Deed.QUOTE,
        subject=f"{quotation.code} from {quotation.capture.code}"[:120],
    )
    return quotation


def _next_code(source: Source) -> str:
    """The source's code and the first number that is free."""
    stem = source.code.lower()
    taken = set(
        Quotation.objects.filter(code__startswith=f"{stem}-").values_list(
            "code", flat=True
        )
    )
    numbers = range(1, len(taken) + 2)
    return next(code for n in numbers if (code := f"{stem}-{n}") not in taken)


def _all() -> QuerySet[Quotation]:
    return Quotation.objects.select_related("capture__source").defer(
        "capture__text", "capture__raw"
    )
