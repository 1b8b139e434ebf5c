"""Memos that somebody waits for and nobody works on.

A worker that is killed leaves its task running for ever. A task may run twice without
harm, so one that has run for too long is simply put back.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.tasks import Task
from django_tasks_db.models import DBTaskResult

from policyguide.memos.issue import issue
from policyguide.memos.models import Memo

# Starting the typesetter and making a memo may take a minute and a half.
LONGEST_TASK = timedelta(minutes=3)
OPEN = ("READY", "RUNNING")


def open_tasks(of: "Task[..., None]") -> "QuerySet[DBTaskResult[..., None]]":
    """The runs of a task that are waited for."""
    return DBTaskResult.objects.filter(task_path=of.module_path, status__in=OPEN)


def awaited(of: "Task[..., None]") -> set[int]:
    """What they are about, given as their first argument."""
    return {row.args_kwargs["args"][0] for row in open_tasks(of)}


def put_back_lost_tasks(*, started_before: datetime) -> None:
    """Let tasks run again that began so long ago that their worker must be gone."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=started_before)
    lost.update(status="READY")


def resume_unfinished_memos() -> None:
    """Enqueue the memos on their way that no task will make."""
    on_their_way = Memo.across_firms.filter(
        state__in=[Memo.State.WAITING, Memo.State.RENDERING]
    )
    for memo in on_their_way.exclude(pk__in=awaited(issue)):
        issue.enqueue(memo.pk)
