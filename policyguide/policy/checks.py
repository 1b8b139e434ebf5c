"""When which source is to be read again."""

from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from policyguide.policy.currency import LAST_CHECKED
from policyguide.policy.models import Source

CHECK_EVERY = timedelta(days=30)


def sources_by_check() -> QuerySet[Source]:
    """All sources with the day they were last `read_on`; the stalest first."""
    rows = Source.objects.annotate(read_on=LAST_CHECKED)
    return rows.order_by(F("read_on").asc(nulls_first=True), "code")


def sources_due(on: date) -> QuerySet[Source]:
    """Those that can be read again and were last read too long ago, or never."""
    rows = Source.objects.exclude(url="").annotate(read_on=LAST_CHECKED)
    due = rows.filter(Q(read_on__isnull=True) | Q(read_on__lte=on - CHECK_EVERY))
    return due.order_by(F("read_on").asc(nulls_first=True), "code")


def next_check_on() -> date | None:
    """The day the next check is due, if there is a source that can be read again."""
    rows = Source.objects.exclude(url="").annotate(read_on=LAST_CHECKED)
    stalest: date | None = (
        rows.exclude(read_on=None)
        .order_by("read_on")
        .values_list("read_on", flat=True)
        .first()
    )
    return stalest + CHECK_EVERY if stalest else None
