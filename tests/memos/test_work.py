"""The worker looks after what nobody else would notice."""

import pytest
from django_tasks_db.models import DBTaskResult

from policyguide.memos.management.commands.work import look
from tests.memos import making


def reviews():
    return DBTaskResult.objects.filter(task_path__endswith="rulings.review_memos")


@pytest.fixture
def edition(db):
    return making.edition()


def test_the_memos_are_reviewed_when_another_edition_comes_into_force(edition):
    reviewed = look(None)
    again = look(reviewed)

    assert reviewed == again == (edition.number, edition.sha256)
    assert reviews().count() == 1

    newer = making.edition()
    assert look(again) == (newer.number, newer.sha256)
    assert reviews().count() == 2


def test_a_memo_nobody_works_on_is_taken_up(hale_marsh, edition, partner):
    making.asked(hale_marsh, edition, partner)
    issues = DBTaskResult.objects.filter(task_path__endswith="issue.issue")
    issues.update(status="FAILED")

    look(None)

    assert issues.filter(status="READY").count() == 1
