"""A memo whose sources read differently now says so, until somebody has decided."""

from datetime import date

import pytest

from policyguide.memos.document import guidance_of
from policyguide.memos.doubts import Doubt, doubts_about, in_doubt_among
from policyguide.memos.issue import memo_at_hand
from policyguide.policy.models import Quotation
from policyguide.policy.rechecks import dismiss, in_doubt
from policyguide.policy.recording import Reading, capture_source
from tests import factories
from tests.memos import making

FOUND_ON = date(2026, 11, 25)


@pytest.fixture
def edition(db):
    return making.edition()


@pytest.fixture
def memo(edition, hale_marsh, partner):
    return making.issued(hale_marsh, edition, partner)


def doubt(editor, text="We may use a great many posts. All else is new.", on=FOUND_ON):
    """Let the page that the memos quote read so; what came of it."""
    quoted = Quotation.objects.get(code="q-memo").capture
    reading = Reading(captured_on=on, how="pasted", extent="whole", language="en")
    raw = text.encode()
    made = capture_source(quoted.source, raw, reading, by=editor, at=making.LATER)
    return made.rechecks.get()


def test_a_memo_is_in_doubt_as_soon_as_its_source_reads_differently(memo, editor):
    assert doubts_about(memo, in_doubt()) == ()

    row = doubt(editor)

    (found,) = doubts_about(memo, in_doubt())
    assert isinstance(found, Doubt)
    assert (found.source.code, found.since) == (row.capture.source.code, FOUND_ON)
    assert in_doubt_among([memo], in_doubt()) == {memo.number}


def test_a_dismissal_ends_the_doubt_about_memos(memo, editor):
    dismiss(doubt(editor), reason="A typing error.", by=editor, at=making.LATER)

    assert doubts_about(memo, in_doubt()) == ()
    assert in_doubt_among([memo], in_doubt()) == frozenset()


def test_a_memo_past_relying_on_is_not_in_doubt_as_well(memo, editor):
    doubt(editor)
    memo.rulings.create(
        firm=memo.firm,
        status="superseded",
        since=making.ON,
        because="New.",
        ruled_at=making.LATER,
    )

    assert doubts_about(memo, in_doubt()) == ()


def test_a_memo_asked_for_meanwhile_says_what_is_being_checked(
    memo, edition, hale_marsh, partner, editor
):
    doubt(editor)

    later = making.asked(hale_marsh, edition, partner)

    assert later.number == memo.number + 1
    assert later.doubts() == {"q-memo": FOUND_ON}
    assert {finding.in_doubt_since for finding in guidance_of(later)} == {FOUND_ON}
    assert making.asked(hale_marsh, edition, partner) == later


def test_once_the_doubt_is_over_a_memo_without_it_is_at_hand(
    edition, hale_marsh, partner, editor
):
    row = doubt(editor)
    making.asked(hale_marsh, edition, partner)
    facts = making.facts(edition)
    assert memo_at_hand(hale_marsh, facts, in_doubt=in_doubt(), on=making.ON)

    dismiss(row, reason="A typing error.", by=editor, at=making.LATER)

    assert memo_at_hand(hale_marsh, facts, in_doubt=in_doubt(), on=making.ON) is None
    assert making.asked(hale_marsh, edition, partner).in_doubt == {}


def test_a_doubt_about_what_a_memo_does_not_quote_changes_nothing(
    edition, hale_marsh, partner, editor
):
    doubt(editor, text="We may use posts. All else is new.")
    first = making.asked(hale_marsh, edition, partner)
    firm = factories.firm()

    other = making.asked(firm, edition, factories.member(firm))

    assert first.in_doubt == other.in_doubt == {}
    assert hale_marsh.memos.count() == 1
