"""Memos for many firms at once, as the desk issues them after a publication.

A batch asks for a few memos at a time, as anybody asks for one: so a firm that asks by
itself does not wait for all of them, a pause takes effect at once, and what holds for
one memo (once a firm, edition and profile; made again when a worker dies) holds here.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import cast

from django.db import transaction
from django.tasks import TaskContext, task
from django.utils.timezone import make_naive

from policyguide.firms.models import Firm, Person
from policyguide.guidance import facts
from policyguide.memos.issue import UNFORESEEN, ask_for_memo
from policyguide.memos.models import Batch, BatchFirm
from policyguide.memos.unfinished import awaited
from policyguide.policy.currency import Currency, currency
from policyguide.policy.models import Edition

logger = logging.getLogger(__name__)

AT_A_TIME = 16
UNTIL_NEXT_LOOK = timedelta(seconds=1)


@transaction.atomic
def start(
    firms: Iterable[Firm], *, edition: facts.Edition, by: Person, at: datetime
) -> Batch:
    """A batch for these firms, on its way; load the firms' offices with them."""
    batch = Batch.objects.create(
        edition=Edition.objects.get(number=edition.number), started_by=by, started_at=at
    )
    ordered = sorted(firms, key=lambda firm: likeness(firm.profile(), edition))
    BatchFirm.across_firms.bulk_create(
        BatchFirm(batch=batch, firm=firm, position=position)
        for position, firm in enumerate(ordered)
    )
    go_on.enqueue(batch.pk)
    return batch


def likeness(
    profile: facts.FirmProfile, edition: facts.Edition
) -> tuple[list[str], ...]:
    """What memos of firms have in common, to sort by: alike, they are made faster."""
    countries = sorted({office.country for office in profile.offices})
    return (
        sorted({edition.region_for(country) for country in countries}),
        sorted(profile.uses),
        countries,
    )


def pause(batch: Batch) -> None:
    """Ask for no further memo. Those that are being made are finished."""
    Batch.objects.filter(pk=batch.pk).update(is_paused=True)


@transaction.atomic
def resume(batch: Batch) -> None:
    if Batch.objects.filter(pk=batch.pk, is_paused=True).update(is_paused=False):
        go_on.enqueue(batch.pk)


@transaction.atomic
def retry(batch: Batch) -> None:
    """Let the turn of what could not be made come again."""
    not_made = BatchFirm.across_firms.of(batch).not_made()
    not_made.order_by().update(memo=None, failed_because="")
    go_on.enqueue(batch.pk)


@task(takes_context=True)
def go_on(context: "TaskContext[[int], None]", batch_id: int) -> None:
    """Ask for the next memos of a batch, and look again until it asked for all."""
    at = cast(datetime, context.task_result.started_at)
    on = make_naive(at).date()
    ask_for_next(batch_id, on=on, at=at)
    if batch_id in unfinished(on=on):
        go_on.using(run_after=at + UNTIL_NEXT_LOOK).enqueue(batch_id)


def unfinished(*, on: date) -> set[int]:
    """Batches that have memos to ask for: of the edition in force, and not paused."""
    in_force = Edition.objects.in_force(on).values("pk")[:1]
    waiting = BatchFirm.across_firms.waiting().filter(
        batch__is_paused=False, batch__edition__in=in_force
    )
    return set(waiting.values_list("batch", flat=True))


@transaction.atomic
def ask_for_next(batch_id: int, *, on: date, at: datetime) -> None:
    """Ask for as many memos as may be on their way at a time."""
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    record = currency(on)
    if batch.is_paused or batch.edition.number != record.edition().number:
        return
    parts = BatchFirm.across_firms.of(batch)
    free = max(0, AT_A_TIME - parts.being_made().count())
    for part in parts.waiting().order_by("position")[:free]:
        _ask(part, record, by=batch.started_by, on=on, at=at)


def _ask(
    part: BatchFirm, record: Currency, *, by: Person, on: date, at: datetime
) -> None:
    """Ask for one firm's memo; what goes wrong with it stops no other."""
    try:
        with transaction.atomic():
            part.memo = ask_for_memo(
                firm=part.firm,
                edition=record.edition(),
                in_doubt=record.in_doubt,
                by=by,
                on=on,
                at=at,
                at_the_desk=True,
            )
    except Exception:
        logger.exception("a batch could not ask for a memo of %s", part.firm_id)
        part.failed_because = UNFORESEEN
    part.save(update_fields=["memo", "failed_because"])


def resume_unfinished_batches(*, on: date) -> None:
    """Enqueue the batches that no task looks after."""
    for batch_id in unfinished(on=on) - awaited(go_on):
        go_on.enqueue(batch_id)
