"""Who took a memo away is on record, and no clash loses it."""

from unittest.mock import patch

import pytest

from policyguide.memos import downloads
from policyguide.memos.downloads import note_downloads
from policyguide.memos.models import Download
from tests import factories
from tests.memos import making

DAY = making.AT.date()


@pytest.fixture
def memos(db):
    firm = factories.firm()
    by = factories.member(firm)
    return [making.issued(firm, making.edition(), by) for _ in range(2)]


def taken(memos):
    return [(memo.pk, memo.firm_id) for memo in memos]


def test_a_memo_taken_twice_on_a_day_is_noted_once(memos):
    by = memos[0].requested_by
    for _ in range(2):
        note_downloads(taken(memos), by=by, on=DAY, at=making.AT)

    assert Download.across_firms.filter(person=by, on=DAY).count() == 2


def test_of_two_taken_at_once_each_is_noted_and_none_is_lost(memos):
    """Another request notes one of them between the look and the writing."""
    by, (first, _) = memos[0].requested_by, memos
    looks = iter([taken(memos)])

    def look(asked, **how):
        for stale in looks:
            note_downloads(taken([first]), by=by, on=DAY, at=making.AT)
            return stale
        return found(asked, **how)

    found = downloads._new
    with patch.object(downloads, "_new", look):
        note_downloads(taken(memos), by=by, on=DAY, at=making.AT)

    assert Download.across_firms.filter(person=by, on=DAY).count() == 2
