"""What becomes of issued memos when another edition comes into force.

A memo whose firm is told the same by the edition in force stays current. The only
writer of rulings; ruling again on the same day changes nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.conf import settings
from django.db import transaction
from django.tasks import TaskContext, task
from django.utils.module_loading import import_string
from django.utils.timezone import make_naive

from policyguide.guidance import compose
from policyguide.guidance.compare import differ
from policyguide.memos.document import guidance_of
from policyguide.memos.models import Memo, MemoQuerySet, Ruling
from policyguide.policy.editions import edition_numbered
from policyguide.policy.followers import in_force_at
from policyguide.policy.models import Edition

Status = Ruling.Status
Severity = Edition.Severity

STATUS_BY: dict[str, Status] = {
    Severity.MINOR: Status.SUPERSEDED,
    Severity.MATERIAL: Status.SUPERSEDED,
    Severity.GRAVE: Status.DO_NOT_RELY,
}
FROM_BEST_TO_WORST = (Status.CURRENT, Status.SUPERSEDED, Status.DO_NOT_RELY)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is to be said of a memo from some day on."""

    status: Ruling.Status
    since: date
    because: str


def follow(edition: Edition, *, at: datetime) -> None:
    """Have all memos ruled on as soon as the edition is in force: a follower."""
    review_memos.using(run_after=in_force_at(edition, at=at)).enqueue()


@task(takes_context=True)
def review_memos(context: "TaskContext[[], None]") -> None:
    """Rule on all memos, as of the moment the worker began."""
    rule_on(Memo.across_firms.all(), at=cast(datetime, context.task_result.started_at))


def rule_on(memos: MemoQuerySet, *, at: datetime) -> None:
    """Say of each issued memo whether the edition in force leaves it current."""
    on = make_naive(at).date()
    in_force = Edition.objects.in_force(on).first()
    if in_force is None:
        return
    issued = memos.issued().select_related("edition").prefetch_related("rulings")
    for memo in issued.iterator(chunk_size=500):
        verdict = _verdict(memo, in_force, on=on)
        if changes(memo, verdict.status):
            _rule(memo, verdict, in_force, at=at)


def _verdict(memo: Memo, in_force: Edition, *, on: date) -> Verdict:
    """What the edition in force, or the withdrawal of the memo's own, makes of it."""
    withdrawn_at = memo.edition.withdrawn_at
    if not _says_otherwise(memo, in_force, on=on):
        return Verdict(
            status=Status.CURRENT,
            since=on,
            because="What it says holds in the edition that is now in force.",
        )
    if withdrawn_at:
        return Verdict(
            status=Status.DO_NOT_RELY,
            since=make_naive(withdrawn_at).date(),
            because=memo.edition.withdrawn_because,
        )
    return Verdict(
        status=STATUS_BY[in_force.severity],
        since=_known_since(in_force),
        because=in_force.change_note,
    )


def _says_otherwise(memo: Memo, in_force: Edition, *, on: date) -> bool:
    """Whether the firm, as it was, is told anything else now."""
    if memo.edition_id == in_force.pk:
        return False
    edition = edition_numbered(in_force.number or 0, in_force.sha256)
    return differ(guidance_of(memo), compose(edition, memo.firm_profile(), as_of=on))


def _known_since(edition: Edition) -> date:
    """The first day on which it was in force and published."""
    published_at = cast(datetime, edition.published_at)
    return max(edition.in_force_from, make_naive(published_at).date())


def changes(memo: Memo, to: Ruling.Status) -> bool:
    """Whether that is news of the memo: one that is past relying on does not get better
    but by becoming current again."""
    ruling = memo.ruling
    status = Status(ruling.status) if ruling else Status.CURRENT
    if status not in FROM_BEST_TO_WORST:
        return False
    rank = FROM_BEST_TO_WORST.index
    return rank(to) > rank(status) or to == Status.CURRENT != status


@transaction.atomic
def _rule(memo: Memo, verdict: Verdict, in_force: Edition, *, at: datetime) -> None:
    """Add the ruling, unless another worker has just done so.

    What must follow it is named in the settings, for memos know nothing of notices.
    """
    held = Memo.across_firms.select_for_update().get(pk=memo.pk)
    if changes(held, verdict.status):
        ruling = held.rulings.create(
            firm_id=held.firm_id,
            status=verdict.status,
            since=verdict.since,
            because=verdict.because,
            edition=in_force,
            ruled_at=at,
        )
        for path in settings.RULING_FOLLOWERS:
            import_string(path)(ruling)
