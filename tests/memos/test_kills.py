"""Whatever moment a process dies at, a memo is whole or absent, and can be finished."""

import pytest

from policyguide.firms.models import Membership
from policyguide.memos import issue
from policyguide.memos.batches import ask_for_next, start
from policyguide.memos.document import Document
from policyguide.memos.issue import make
from policyguide.memos.models import Memo
from policyguide.memos.unfinished import resume_unfinished_memos
from tests import factories
from tests.killing import kill_everywhere
from tests.memos import making
from tests.memos.test_issue import tasks

pytestmark = pytest.mark.django_db(transaction=True)

DOCUMENT = Document(
    guidance="{}", html="<p>x</p>", pdf=making.PDF, pages=1, renderer="by hand"
)


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
    def check(finished):
        found = firm.memos.count(), tasks().count()
        assert found == (1, 1) or (found == (0, 0) and not finished)

    assert kill_everywhere(lambda: making.asked(firm, edition, by), check) > 5


def test_a_batch_asks_for_each_of_its_memos_once_or_for_none(firm, by, edition):
    firms = [firm, factories.firm()]
    batch = start(firms, edition=making.facts(edition), by=by, at=making.AT)
    on = edition.in_force_from

    def check(finished):
        found = Memo.across_firms.count(), tasks().count()
        assert found == (2, 2) or (found == (0, 0) and not finished)

    def ask():
        ask_for_next(batch.pk, on=on, at=making.AT)

    assert kill_everywhere(ask, check) > 10
    ask()
    check(finished=True)


@pytest.fixture
def memo(firm, by, edition, monkeypatch):
    """A memo that is asked for, and quickly made."""
    monkeypatch.setattr(issue, "document_of", lambda memo, issued_at: DOCUMENT)
    return making.asked(firm, edition, by)


def test_making_leaves_a_memo_issued_with_its_file_or_to_be_finished(memo):
    def check(finished):
        memo.refresh_from_db()
        if not memo.is_issued:
            assert memo.is_on_its_way
            assert not finished
            make(memo.pk, at=making.AT)
            memo.refresh_from_db()
        assert memo.original.as_issued() == making.PDF

    assert kill_everywhere(lambda: make(memo.pk, at=making.AT), check) > 3


def test_what_was_left_behind_is_taken_up_once(memo):
    tasks().update(status="FAILED")

    resume_unfinished_memos()
    resume_unfinished_memos()

    assert tasks().filter(status="READY").count() == 1
