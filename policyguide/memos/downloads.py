"""Who took a memo away, and so must hear of it when it is no longer current."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from policyguide.firms.models import Person
from policyguide.memos.models import Download


def note_downloads(
    taken: Collection[tuple[int, int]], *, by: Person, on: date, at: datetime
) -> None:
    """Note that the person takes these memos, given with their firms.

    Taking one again on the same day adds nothing.
    """
    if not _new(taken, by=by, on=on):
        return
    with transaction.atomic():
        # Whoever takes two files at once waits here for their turn.
        Person.objects.select_for_update(no_key=True).get(pk=by.pk)
        Download.across_firms.bulk_create(
            Download(memo_id=memo, firm_id=firm, person=by, on=on, at=at)
            for memo, firm in _new(taken, by=by, on=on)
        )


def _new(
    taken: Collection[tuple[int, int]], *, by: Person, on: date
) -> list[tuple[int, int]]:
    """Those that were not noted on that day."""
    todays = Download.across_firms.filter(person=by, on=on)
    noted = set(todays.values_list("memo_id", flat=True))
    return [(memo, firm) for memo, firm in taken if memo not in noted]
