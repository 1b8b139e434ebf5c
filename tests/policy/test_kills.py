"""Killed at any moment, a process leaves an edition or a capture whole, or none."""

from datetime import date

import pytest
from django_tasks_db.models import DBTaskResult

from policyguide.memos.rulings import review_memos
from policyguide.policy import workflow
from policyguide.policy.models import Capture, Change, Edition, LogLine, Recheck
from policyguide.policy.recording import Reading, capture_source
from policyguide.policy.states import ChangeState
from tests import desk
from tests.killing import kill_everywhere

pytestmark = pytest.mark.django_db(transaction=True)


def whole_or_absent(state, *, after):
    """A check that all is as before or as after, and as after once it is finished."""
    before = state()

    def check(finished):
        found = state()
        assert found == after or (found == before and not finished)

    return check


def state_of(change):
    """What must change together, and the tasks that follow."""
    edition = Edition.objects.get(pk=change.edition_id)
    return (
        Change.objects.get(pk=change.pk).state,
        (bool(edition.number), bool(edition.sha256), bool(edition.published_at)),
        edition.withdrawn_because,
        LogLine.objects.filter(change=change).count(),
        DBTaskResult.objects.filter(task_path=review_memos.module_path).count(),
    )


@pytest.fixture(autouse=True)
def base():
    edition = desk.edition()
    DBTaskResult.objects.all().delete()
    return edition


def test_an_edition_is_published_with_all_that_follows_it_or_not_at_all(
    editor, approver
):
    change = desk.change_in(ChangeState.APPROVED, author=editor, approver=approver)
    published = ("published", (True, True, True), "", 4, 1)

    killed = kill_everywhere(
        lambda: workflow.publish(change, by=approver, at=desk.AT),
        whole_or_absent(lambda: state_of(change), after=published),
    )

    assert killed > 40


def test_an_edition_is_withdrawn_with_all_that_follows_or_not_at_all(editor, approver):
    change = desk.change_in(ChangeState.PUBLISHED, author=editor, approver=approver)
    withdrawn = ("withdrawn", (True, True, True), "Misread.", 5, 2)

    killed = kill_everywhere(
        lambda: workflow.withdraw(change, reason="Misread.", by=approver, at=desk.AT),
        whole_or_absent(lambda: state_of(change), after=withdrawn),
    )

    assert killed > 5


def test_a_capture_is_there_with_all_that_came_of_it_or_not_at_all(editor):
    source = Capture.objects.get(code="S1/first").source
    reading = Reading(
        captured_on=date(2026, 5, 20), how="pasted", extent="whole", language="en"
    )

    def state():
        gone = Recheck.objects.open().gone()
        lines = LogLine.objects.filter(what="capture")
        return source.captures.count(), gone.count(), lines.count()

    killed = kill_everywhere(
        lambda: capture_source(
            source, b"All of it is new.", reading, by=editor, at=desk.AT
        ),
        whole_or_absent(state, after=(2, 1, 1)),
    )

    assert killed > 8
