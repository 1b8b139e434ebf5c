"""Who took a memo away, and so must hear of it when it is no longer current."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime

from django.db import IntegrityError, transaction

from policyguide.firms.models import Person
from policyguide.memos.models import Download


def note_downloads(
    taken: Iterable[tuple[int, int]], *, by: Person, on: date, at: datetime
) -> None:
    """Note that the person takes these memos, given with their firms.

    Taking one again on the same day adds nothing.
    """
    todays = Download.across_firms.filter(person=by, on=on)
    noted = set(todays.values_list("memo_id", flat=True))
    new = [
        Download(memo_id=memo, firm_id=firm, person=by, on=on, at=at)
        for memo, firm in taken
        if memo not in noted
    ]
    if new:
        with suppress(IntegrityError), transaction.atomic():
            Download.across_firms.bulk_create(new)
