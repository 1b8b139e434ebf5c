"""The worker looks after what nobody else would notice."""

import pytest
from django_tasks_db.models import DBTaskResult

from policyguide.notices.management.commands.work import look
from tests.memos import making


@pytest.fixture
def edition(db):
    return making.edition()


def test_a_memo_nobody_works_on_is_taken_up(hale_marsh, edition, partner):
    making.asked(hale_marsh, edition, partner)
    issues = DBTaskResult.objects.filter(task_path__endswith="issue.issue")
    issues.update(status="FAILED")

    look()

    assert issues.filter(status="READY").count() == 1
