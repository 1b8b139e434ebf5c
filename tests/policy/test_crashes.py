"""Something fails at the first, second, third … statement: all is done, or nothing."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from policyguide.policy import workflow
from policyguide.policy.models import Capture, Change, Edition, LogLine, Recheck
from policyguide.policy.recording import Reading, capture_source
from policyguide.policy.states import ChangeState
from tests import desk

TEXT = "All of the text is new here. " + desk.TEXT


class Crash(Exception):
    """The machine stops."""


@contextmanager
def failing_at(number):
    """Let the statement with this number, and it alone, fail; say whether it came."""
    seen = []

    def execute(run, sql, params, many, context):
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            seen.append(sql)
            if len(seen) == number:
                raise Crash
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def crash_everywhere(act, state):
    """Fail at each statement of an act in turn; none leaves a trace."""
    before, number = state(), 0
    while True:
        number += 1
        try:
            with failing_at(number):
                act()
        except Crash:
            assert state() == before, f"statement {number} left something"
        else:
            break
    assert number > 5
    assert state() != before


def test_publishing_is_whole_or_not_at_all(editor, approver):
    desk.edition()
    change = desk.change_in(ChangeState.APPROVED, author=editor, approver=approver)

    def state():
        edition = Edition.objects.get(pk=change.edition_id)
        return (
            edition.number,
            edition.sha256,
            edition.published_at,
            Change.objects.get(pk=change.pk).state,
            LogLine.objects.count(),
        )

    crash_everywhere(lambda: workflow.publish(change, by=approver, at=desk.AT), state)


def test_capturing_is_whole_or_not_at_all(editor):
    desk.edition()
    source = Capture.objects.get(code="S1/first").source
    reading = Reading(
        captured_on=date(2026, 5, 20), how="pasted", extent="whole", language="en"
    )

    def state():
        return tuple(rows.objects.count() for rows in (Capture, Recheck, LogLine))

    crash_everywhere(
        lambda: capture_source(source, TEXT.encode(), reading, by=editor, at=desk.AT),
        state,
    )


@pytest.mark.parametrize("move", ["submit", "withdraw"])
def test_a_move_is_whole_or_not_at_all(move, editor):
    desk.edition()
    change = desk.change(editor)
    reason = {"reason": "Doubled."} if move == "withdraw" else {}

    def state():
        return Change.objects.get(pk=change.pk).state, LogLine.objects.count()

    crash_everywhere(
        lambda: getattr(workflow, move)(change, by=editor, at=desk.AT, **reason), state
    )


def test_opening_a_change_is_whole_or_not_at_all(editor):
    desk.edition()

    crash_everywhere(
        lambda: workflow.open_change(
            title="A", in_force_from=desk.LATER, by=editor, at=desk.AT
        ),
        lambda: (Edition.objects.count(), Change.objects.count()),
    )
