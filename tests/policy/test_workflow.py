"""Every state × move × person, and what each move must find in order."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from policyguide.policy import drafts, workflow
from policyguide.policy.editions import edition_in_force
from policyguide.policy.models import Change, Clause, Edition, LogLine, Quotation
from policyguide.policy.states import (
    MOVES,
    NEEDS_A_REASON,
    ChangeState,
    Move,
    NotAllowed,
)
from tests import desk, factories

README = Path(__file__).parent.parent.parent / "README.md"
MERMAID = re.compile(r"```mermaid\n(stateDiagram-v2\n.*?)\n```", re.DOTALL)
MAKE = {
    Move.SUBMIT: workflow.submit,
    Move.REOPEN: workflow.reopen,
    Move.APPROVE: workflow.approve,
    Move.SEND_BACK: workflow.send_back,
    Move.PUBLISH: workflow.publish,
    Move.SCHEDULE: workflow.schedule,
    Move.UNSCHEDULE: workflow.unschedule,
    Move.PUBLISH_UNREVIEWED: workflow.publish_unreviewed,
    Move.WITHDRAW: workflow.withdraw,
}
EDITORS = {"author", "editor", "approving author", "approver"}
APPROVERS = {"approving author", "approver"}

# Who may make each move that there is; in every other state nobody may make any.
MAY = {
    ("draft", "submit"): EDITORS,
    ("draft", "publish-unreviewed"): APPROVERS,
    ("draft", "withdraw"): EDITORS,
    ("in-review", "reopen"): EDITORS,
    ("in-review", "approve"): {"approver"},
    ("in-review", "send-back"): APPROVERS,
    ("in-review", "publish-unreviewed"): APPROVERS,
    ("in-review", "withdraw"): EDITORS,
    ("approved", "reopen"): EDITORS,
    ("approved", "send-back"): APPROVERS,
    ("approved", "publish"): APPROVERS,
    ("approved", "schedule"): APPROVERS,
    ("approved", "unschedule"): APPROVERS,
    ("approved", "withdraw"): EDITORS,
    ("published", "withdraw"): APPROVERS,
}
NEXT_DAY = datetime(2026, 5, 21, 9, tzinfo=UTC)
PEOPLE = ["author", "editor", "approving author", "approver", "partner", "left"]


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def people(base, editor, second_editor, approver, partner):
    return {
        "author": editor,
        "editor": second_editor,
        "approving author": factories.person(desk_role="approver"),
        "approver": approver,
        "partner": partner,
        "left": factories.person(desk_role="approver", is_active=False),
    }


def make(move, change, *, by):
    how = {"reason": "Because."} if move in NEEDS_A_REASON else {}
    if move == Move.SCHEDULE:
        how["publish_at"] = NEXT_DAY
    MAKE[move](change, by=by, at=desk.AT, **how)


def change_in(state, who, people, *, scheduled):
    """A change of the person's own, or of somebody else's, in a state."""
    author = people["approving author" if who == "approving author" else "author"]
    change = desk.change_in(state, author=author, approver=people["approver"])
    if scheduled and state == ChangeState.APPROVED:
        make(Move.SCHEDULE, change, by=people["approver"])
        change.refresh_from_db()
    return change


def came_of(move, change, *, by):
    """The state a move leads to, or None if it is refused. It is taken back after."""
    lines, refusal = LogLine.objects.count(), ""
    with transaction.atomic():
        try:
            make(move, change, by=by)
        except NotAllowed as error:
            refusal = str(error)
        written = LogLine.objects.count() - lines
        state = Change.objects.get(pk=change.pk).state
        transaction.set_rollback(True)
    if refusal:
        assert re.fullmatch(r"[A-Z].*\.", refusal)
        assert (written, state) == (0, change.state)
        return None
    assert written == 1
    return state


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("state", list(ChangeState))
def test_each_move_is_made_and_offered_in_its_state_to_those_it_is_for(
    state, who, people
):
    change = change_in(state, who, people, scheduled=True)

    found = {move: came_of(move, change, by=people[who]) for move in Move}

    assert found == {
        move: MOVES[state, move].to if who in MAY.get((state, move), ()) else None
        for move in Move
    }
    offered = set(workflow.moves_for(change, people[who]))
    assert offered == {move for move in Move if found[move]}


def test_a_change_that_is_not_scheduled_is_not_taken_off_the_schedule(people):
    change = change_in(ChangeState.APPROVED, "approver", people, scheduled=False)

    assert came_of(Move.UNSCHEDULE, change, by=people["approver"]) is None
    assert Move.UNSCHEDULE not in workflow.moves_for(change, people["approver"])


def test_the_table_of_this_test_is_the_table_of_moves():
    assert MAY.keys() == {(str(state), str(move)) for state, move in MOVES}


@pytest.mark.parametrize("move", sorted(NEEDS_A_REASON))
def test_what_needs_a_reason_is_refused_without_one(move, people):
    change = desk.change_in(
        ChangeState.IN_REVIEW, author=people["author"], approver=people["approver"]
    )

    with pytest.raises(NotAllowed, match="reason"):
        MAKE[move](change, reason="  ", by=people["approver"], at=desk.AT)


def test_only_editors_open_a_change(base, partner):
    with pytest.raises(NotAllowed, match="Only editors"):
        workflow.open_change(
            title="A", in_force_from=desk.LATER, by=partner, at=desk.AT
        )


def test_whoever_wrote_in_a_change_is_no_second_person(people):
    change = desk.change(people["author"])
    clause = Clause.objects.get(edition=change.edition, code="clause")
    drafts.reword_entry(
        change,
        clause,
        quotations=list(clause.quotations.all()),
        version=0,
        by=people["approver"],
        at=desk.AT,
    )
    workflow.submit(change, by=people["author"], at=desk.AT)

    with pytest.raises(NotAllowed, match="You wrote in this change"):
        workflow.approve(change, by=people["approver"], at=desk.AT)


def test_a_change_without_a_note_is_not_submitted(people):
    change = desk.change(people["author"], note="  ")

    with pytest.raises(NotAllowed, match="change note"):
        workflow.submit(change, by=people["author"], at=desk.AT)


@pytest.mark.parametrize("move", [Move.SUBMIT, Move.PUBLISH_UNREVIEWED])
def test_a_draft_with_problems_goes_no_further(move, people):
    change = desk.change(people["approving author"])
    Clause.objects.get(edition=change.edition, code="clause").citations.all().delete()

    with pytest.raises(NotAllowed, match="cites no quotation"):
        make(move, change, by=people["approving author"])
    assert not Edition.objects.filter(pk=change.edition_id).published().exists()


def test_an_approval_lapses_when_the_text_changes(people):
    change = desk.change_in(
        ChangeState.APPROVED, author=people["author"], approver=people["approver"]
    )
    Clause.objects.filter(edition=change.edition).update(topic="history")

    with pytest.raises(NotAllowed, match="lapsed"):
        workflow.publish(change, by=people["approver"], at=desk.AT)
    assert Change.objects.get(pk=change.pk).state == ChangeState.APPROVED


def test_taking_an_approved_change_back_takes_the_approval_with_it(people):
    change = desk.change_in(
        ChangeState.APPROVED, author=people["author"], approver=people["approver"]
    )

    workflow.reopen(change, by=people["author"], at=desk.AT)

    change.refresh_from_db()
    assert (change.approved_by, change.approved_at) == (None, None)
    assert change.approved_sha256 == ""


def test_what_is_published_has_the_next_number_and_is_in_force_from_its_day(
    base, people
):
    change = desk.change_in(
        ChangeState.PUBLISHED, author=people["author"], approver=people["approver"]
    )

    edition = change.edition
    assert edition.number == base.number + 1
    assert (edition.published_by, edition.published_at) == (
        people["approver"],
        desk.AT,
    )
    assert edition_in_force(date(2026, 5, 31)).number == base.number
    assert edition_in_force(desk.LATER).number == edition.number
    assert edition_in_force(desk.LATER).sha256 == edition.sha256


def test_publishing_logs_the_hash_before_and_after(base, people):
    change = desk.change_in(
        ChangeState.PUBLISHED, author=people["author"], approver=people["approver"]
    )

    line = change.log.get(what=Move.PUBLISH)
    assert line.sha256_before == base.sha256
    assert line.sha256_after == change.edition.sha256
    assert (line.by, line.at) == (people["approver"], desk.AT)


def test_a_publication_without_review_says_so_for_ever(people):
    change = desk.change(people["approver"])
    workflow.publish_unreviewed(
        change, reason="LinkedIn changed it today.", by=people["approver"], at=desk.AT
    )

    change.refresh_from_db()
    assert change.unreviewed_because == "LinkedIn changed it today."
    assert change.approved_by is None
    assert change.edition.published_at == desk.AT


def test_the_database_refuses_an_author_as_approver(people):
    change = desk.change(people["approving author"])

    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(
            approved_by=change.author, approved_at=desk.AT, approved_sha256="x"
        )


def test_the_second_of_two_drafts_of_one_edition_must_be_brought_up_to_date(
    base, people
):
    first = desk.change_in(
        ChangeState.APPROVED, author=people["author"], approver=people["approver"]
    )
    second = desk.change_in(
        ChangeState.APPROVED, author=people["author"], approver=people["approver"]
    )
    workflow.publish(first, by=people["approver"], at=desk.AT)

    with pytest.raises(NotAllowed, match="Bring it up to date"):
        workflow.publish(second, by=people["approver"], at=desk.AT)

    assert Edition.objects.published().filter(based_on=base).count() == 1


def test_bringing_a_draft_up_to_date_lets_it_be_published(people):
    first = desk.change(people["author"])
    second = desk.change(people["author"])
    workflow.publish_unreviewed(
        first, reason="Urgent.", by=people["approver"], at=desk.AT
    )

    workflow.bring_up_to_date(second, by=people["author"], at=desk.AT)
    second.refresh_from_db()
    workflow.publish_unreviewed(
        second, reason="Urgent.", by=people["approver"], at=desk.AT
    )

    first.refresh_from_db()
    second.refresh_from_db()
    assert second.edition.based_on == first.edition
    assert second.edition.number == first.edition.number + 1


@pytest.fixture
def scheduled(people):
    """A change approved and scheduled for the next day."""
    change = desk.change_in(
        ChangeState.APPROVED, author=people["author"], approver=people["approver"]
    )
    make(Move.SCHEDULE, change, by=people["approver"])
    return change


def test_a_scheduled_change_is_published_at_its_minute_and_once(scheduled, people):
    workflow.publish_due(at=NEXT_DAY - timedelta(minutes=1))
    scheduled.refresh_from_db()
    assert scheduled.state == ChangeState.APPROVED

    workflow.publish_due(at=NEXT_DAY)
    workflow.publish_due(at=NEXT_DAY)

    scheduled.refresh_from_db()
    assert scheduled.state == ChangeState.PUBLISHED
    assert scheduled.edition.published_at == NEXT_DAY
    assert scheduled.edition.published_by == people["approver"]
    assert scheduled.log.filter(what=Move.PUBLISH).count() == 1


def test_what_was_due_while_nobody_looked_is_published_late(scheduled):
    late = NEXT_DAY + timedelta(days=3)

    workflow.publish_due(at=late)

    scheduled.refresh_from_db()
    assert scheduled.edition.published_at == late


def test_nothing_is_scheduled_for_the_past(people):
    change = desk.change_in(
        ChangeState.APPROVED, author=people["author"], approver=people["approver"]
    )

    with pytest.raises(NotAllowed, match="still to come"):
        workflow.schedule(change, publish_at=desk.AT, by=people["approver"], at=desk.AT)


@pytest.mark.parametrize("move", [Move.REOPEN, Move.SEND_BACK, Move.WITHDRAW])
def test_a_change_taken_back_publishes_itself_no_more(move, scheduled, people):
    make(move, scheduled, by=people["approver"])

    workflow.publish_due(at=NEXT_DAY)

    scheduled.refresh_from_db()
    assert (scheduled.publish_at, scheduled.scheduled_by) == (None, None)
    assert scheduled.edition.published_at is None


def test_what_cannot_be_published_at_its_time_waits_with_the_reason(scheduled):
    Clause.objects.filter(edition=scheduled.edition).update(topic="history")

    workflow.publish_due(at=NEXT_DAY)

    scheduled.refresh_from_db()
    assert (scheduled.state, scheduled.publish_at) == (ChangeState.APPROVED, None)
    assert "lapsed" in scheduled.log.latest("pk").why


def test_withdrawing_an_edition_puts_the_one_before_in_force_again(base, people):
    change = desk.change_in(
        ChangeState.PUBLISHED, author=people["author"], approver=people["approver"]
    )

    workflow.withdraw(change, reason="Wrong.", by=people["approver"], at=desk.AT)

    change.refresh_from_db()
    assert change.edition.withdrawn_because == "Wrong."
    assert edition_in_force(desk.LATER).number == base.number
    assert Edition.objects.get(pk=change.edition_id).published_at == desk.AT


def test_an_edition_with_none_before_it_cannot_be_withdrawn(people):
    first = desk.change(people["author"], on=date(1999, 1, 1))
    assert first.edition.based_on is None
    desk.fill(first.edition, Quotation.objects.get(code="s1-1"))
    workflow.publish_unreviewed(
        first, reason="Urgent.", by=people["approver"], at=desk.AT
    )

    with pytest.raises(NotAllowed, match="No edition before"):
        workflow.withdraw(first, reason="Wrong.", by=people["approver"], at=desk.AT)


def test_the_diagram_is_in_the_readme():
    printed = StringIO()
    call_command("workflow_diagram", stdout=printed)

    shown = MERMAID.search(README.read_text())

    assert shown, "README.md holds no mermaid block that starts with stateDiagram-v2"
    assert shown[1].strip() == printed.getvalue().strip()
