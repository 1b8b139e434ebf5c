"""Whatever moment a process dies at, a memo is whole or absent, and can be finished."""

import pytest
from django.db import connection

from policyguide.firms.models import Membership
from policyguide.memos import issue
from policyguide.memos.document import Document
from policyguide.memos.issue import make
from policyguide.memos.models import Memo, Original
from policyguide.memos.unfinished import resume_unfinished_memos
from tests import factories
from tests.memos import making
from tests.memos.test_issue import tasks

pytestmark = pytest.mark.django_db(transaction=True)

DOCUMENT = Document(
    guidance="{}", html="<p>x</p>", pdf=making.PDF, pages=1, renderer="by hand"
)


class Killed(BaseException):
    """The process is gone: nothing of it reaches the database any more."""


def killed_before(statement, act):
    """Let a process die before this statement of its; whether it came so far."""
    done = 0

    def execute(execute, sql, params, many, context):
        nonlocal done
        done += 1
        if done >= statement:
            raise Killed
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(execute):
            act()
    except Killed:
        return True
    return False


@pytest.fixture
def edition():
    return making.edition()


@pytest.fixture
def firm():
    return factories.firm()


@pytest.fixture
def by(firm):
    return factories.member(firm, Membership.Role.PARTNER)


def test_asking_leaves_a_memo_with_its_task_or_neither(firm, by, edition):
    statement = 1
    while killed_before(statement, lambda: making.asked(firm, edition, by)):
        assert not Memo.across_firms.filter(firm=firm).exists()
        assert not tasks().exists()
        statement += 1

    assert statement > 5
    assert Memo.across_firms.get(firm=firm).number == tasks().count() == 1


def test_making_leaves_a_memo_issued_with_its_file_or_to_be_finished(
    firm, by, edition, monkeypatch
):
    monkeypatch.setattr(issue, "document_of", lambda memo, issued_at: DOCUMENT)
    memo = making.asked(firm, edition, by)
    statement = 1
    while killed_before(statement, lambda: make(memo.pk, at=making.AT)):
        memo.refresh_from_db()
        assert memo.is_on_its_way
        assert not Original.across_firms.filter(memo=memo).exists()
        statement += 1

    memo.refresh_from_db()
    assert statement > 3
    assert memo.is_issued
    assert memo.original.as_issued() == making.PDF


def test_what_was_left_behind_is_taken_up_once(firm, by, edition, monkeypatch):
    monkeypatch.setattr(issue, "document_of", lambda memo, issued_at: DOCUMENT)
    memo = making.asked(firm, edition, by)
    killed_before(3, lambda: make(memo.pk, at=making.AT))
    tasks().update(status="FAILED")

    resume_unfinished_memos()
    resume_unfinished_memos()

    assert tasks().filter(status="READY").count() == 1
