"""Memos that somebody waits for and nobody works on.

A worker that is killed leaves its task running for ever. A task may run twice without
harm, so one that has run for too long is simply put back.
"""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from policyguide.memos.issue import issue
from policyguide.memos.models import Memo

# Starting the typesetter and making a memo may take a minute and a half.
LONGEST_TASK = timedelta(minutes=3)
OPEN = ("READY", "RUNNING")


def put_back_lost_tasks(*, started_before: datetime) -> None:
    """Let tasks run again that began so long ago that their worker must be gone."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=started_before)
    lost.update(status="READY")


def resume_unfinished_memos() -> None:
    """Enqueue the memos on their way that no task will make."""
    tasks = DBTaskResult.objects.filter(task_path=issue.module_path, status__in=OPEN)
    awaited = {row.args_kwargs["args"][0] for row in tasks}
    on_their_way = Memo.across_firms.filter(
        state__in=[Memo.State.WAITING, Memo.State.RENDERING]
    )
    for memo in on_their_way.exclude(pk__in=awaited):
        issue.enqueue(memo.pk)
