"""The way of a change from draft to published, and back: two people make it.

The only writer of `Change.state` and, beside the `load_edition` command, the only
publisher. Each step is whole or not taken at all; one that may not be taken raises
`NotAllowed` with a sentence for whoever tried.
"""

from datetime import date, datetime
from typing import cast

from django.db import IntegrityError, transaction
from django.db.models import Max

from policyguide.policy import drafts
from policyguide.policy.drafts import Deed, Person, copy_of, wrote_in
from policyguide.policy.followers import call_followers
from policyguide.policy.models import Change, Edition, LogLine
from policyguide.policy.problems import Problem, problems
from policyguide.policy.rows import facts_of
from policyguide.policy.states import (
    MOVES,
    NEEDS_A_REASON,
    ChangeState,
    Move,
    NotAllowed,
    Who,
)

GIVE_A_REASON = "Give a reason; it stays in the log."
ONLY_APPROVERS = "Only approvers may do this."
OVERTAKEN = "Another edition was published at the same moment. Look at this one again."


@transaction.atomic
def open_change(*, title: str, in_force_from: date, by: Person, at: datetime) -> Change:
    """A draft copied from the edition that is in force on its day."""
    if not by.is_editor:
        raise NotAllowed("Only editors open a change.")
    base = Edition.objects.in_force(in_force_from).first()
    draft = copy_of(base, title=title, in_force_from=in_force_from)
    change = Change.objects.create(edition=draft, author_id=by.pk, opened_at=at)
    _log(change, Deed.OPEN, by=by, at=at)
    return change


@transaction.atomic
def submit(change: Change, *, by: Person, at: datetime) -> None:
    """Hand a draft to a second person."""
    held = _held(change, Move.SUBMIT, by=by)
    _require_whole(held.edition)
    held.returned_because = ""
    _move(held, Move.SUBMIT, by=by, at=at)


@transaction.atomic
def reopen(change: Change, *, by: Person, at: datetime) -> None:
    """Take it back into draft, to change it; an approval is gone with that."""
    held = _held(change, Move.REOPEN, by=by)
    _unapprove(held)
    _move(held, Move.REOPEN, by=by, at=at)


@transaction.atomic
def approve(change: Change, *, by: Person, at: datetime) -> None:
    """Approve the draft as it reads now, and only so."""
    held = _held(change, Move.APPROVE, by=by)
    _require_whole(held.edition)
    held.approved_by_id = by.pk
    held.approved_at = at
    held.approved_sha256 = facts_of(held.edition).sha256
    _move(held, Move.APPROVE, by=by, at=at)


@transaction.atomic
def send_back(change: Change, *, reason: str, by: Person, at: datetime) -> None:
    """Return it to its author, who is told why."""
    held = _held(change, Move.SEND_BACK, by=by, reason=reason)
    _unapprove(held)
    held.returned_because = reason
    _move(held, Move.SEND_BACK, by=by, at=at, why=reason)


@transaction.atomic
def publish(change: Change, *, by: Person, at: datetime) -> None:
    """Make an approved draft an edition, if it reads as it did when approved."""
    held = _held(change, Move.PUBLISH, by=by)
    if facts_of(held.edition).sha256 != held.approved_sha256:
        raise NotAllowed(
            "The draft has changed since it was approved, so the approval has lapsed. "
            "Take it back into draft and submit it again."
        )
    _publish(held.edition, by=by, at=at)
    _unschedule(held)
    _move(held, Move.PUBLISH, by=by, at=at)


@transaction.atomic
def schedule(change: Change, *, publish_at: datetime, by: Person, at: datetime) -> None:
    """Have an approved draft published at a moment to come; see `publish_due`."""
    held = _held(change, Move.SCHEDULE, by=by)
    if publish_at <= at:
        raise NotAllowed("Choose a moment that is still to come, or publish it now.")
    _require_whole(held.edition)
    held.publish_at, held.scheduled_by_id = publish_at, by.pk
    _move(held, Move.SCHEDULE, by=by, at=at, why=publish_at.isoformat())


@transaction.atomic
def unschedule(change: Change, *, by: Person, at: datetime) -> None:
    """Let an approved draft wait for somebody to publish it."""
    held = _held(change, Move.UNSCHEDULE, by=by)
    _unschedule(held)
    _move(held, Move.UNSCHEDULE, by=by, at=at)


def publish_due(*, at: datetime) -> None:
    """Publish what is scheduled up to now, in the name of whoever scheduled it.

    What cannot be published any more is taken off the schedule, with the reason in
    the log, and waits for somebody to look at it.
    """
    due = Change.objects.in_state(ChangeState.APPROVED).filter(publish_at__lte=at)
    for change in due.order_by("publish_at").select_related("scheduled_by"):
        scheduler = cast(Person, change.scheduled_by)
        try:
            publish(change, by=scheduler, at=at)
        except NotAllowed as refusal:
            _give_up_on(change, because=str(refusal), at=at)


@transaction.atomic
def publish_unreviewed(
    change: Change, *, reason: str, by: Person, at: datetime
) -> None:
    """Publish without a second person: for urgent cases, and it shows for ever."""
    held = _held(change, Move.PUBLISH_UNREVIEWED, by=by, reason=reason)
    held.unreviewed_because = reason
    _publish(held.edition, by=by, at=at)
    _move(held, Move.PUBLISH_UNREVIEWED, by=by, at=at, why=reason)


@transaction.atomic
def withdraw(change: Change, *, reason: str, by: Person, at: datetime) -> None:
    """Give a draft up, or put a published edition out of force; both stay readable."""
    held = _held(change, Move.WITHDRAW, by=by, reason=reason)
    _unschedule(held)
    if held.state == ChangeState.PUBLISHED:
        _put_out_of_force(held.edition, reason=reason, by=by, at=at)
    _move(held, Move.WITHDRAW, by=by, at=at, why=reason)


@transaction.atomic
def withdraw_edition(
    edition: Edition, *, reason: str, by: Person, at: datetime
) -> None:
    """Put a published edition out of force, also one that no change led to."""
    change = Change.objects.filter(edition=edition).first()
    if change:
        withdraw(change, reason=reason, by=by, at=at)
        return
    if not by.is_approver:
        raise NotAllowed(ONLY_APPROVERS)
    if not reason.strip():
        raise NotAllowed(GIVE_A_REASON)
    held = Edition.objects.published().select_for_update().get(pk=edition.pk)
    if held.withdrawn_at:
        raise NotAllowed(f"{held} is withdrawn already.")
    _put_out_of_force(held, reason=reason, by=by, at=at)
    LogLine.objects.create(
        at=at,
        by_id=by.pk,
        what=Move.WITHDRAW,
        subject=str(held),
        why=reason,
        sha256_before=held.sha256,
        sha256_after=held.sha256,
    )


def bring_up_to_date(change: Change, *, by: Person, at: datetime) -> tuple[str, ...]:
    """Base the draft on the edition that it would replace: see `drafts`."""
    newer = overtaken_by(change.edition)
    return drafts.bring_up_to_date(change, newer, by=by, at=at) if newer else ()


def obstacles(draft: Edition) -> list[Problem]:
    """What keeps a draft from being submitted, approved and published."""
    found = problems(draft)
    if not draft.change_note.strip():
        sentence = "Say in the change note what is new in this edition."
        found.insert(0, Problem(field="change_note", sentence=sentence))
    newer = overtaken_by(draft)
    if newer:
        sentence = (
            f"It was made from {draft.based_on or 'nothing'}, not from {newer}, which "
            "it would replace. Bring it up to date."
        )
        found.insert(0, Problem(sentence=sentence))
    return found


def moves_for(change: Change, person: Person) -> tuple[Move, ...]:
    """The moves this person may make now, if nothing but the draft is in the way."""
    return tuple(
        move
        for state, move in MOVES
        if state == change.state and not _objection(change, move, person)
    )


def overtaken_by(draft: Edition) -> Edition | None:
    """The edition that the draft would replace unread, for it was made from another."""
    replaced = Edition.objects.in_force(draft.in_force_from).first()
    return None if replaced == draft.based_on else replaced


def _held(change: Change, move: Move, *, by: Person, reason: str = "") -> Change:
    """The change, held, if this person may make this move now."""
    held = Change.objects.locked().get(pk=change.pk)
    objection = _objection(held, move, by)
    if not objection and move in NEEDS_A_REASON and not reason.strip():
        objection = GIVE_A_REASON
    if objection:
        raise NotAllowed(objection)
    return held


def _objection(change: Change, move: Move, person: Person) -> str:
    """Why this person may not make this move now, or nothing."""
    step = MOVES.get((ChangeState(change.state), move))
    if step is None:
        state = change.get_state_display().lower()
        return f"This change is {state}; that cannot be done with it now."
    if not person.is_editor:
        return "Only editors may do this."
    if step.who != Who.EDITOR and not person.is_approver:
        return ONLY_APPROVERS
    if step.who == Who.SECOND_PERSON and person.pk in wrote_in(change):
        return "You wrote in this change, so another approver must approve it."
    if move == Move.UNSCHEDULE and change.publish_at is None:
        return "It is not scheduled."
    return ""


def _require_whole(draft: Edition) -> None:
    """Refuse a draft that readers must not be shown."""
    found = obstacles(draft)
    if len(found) == 1:
        raise NotAllowed(f"One thing is in the way: {found[0]}")
    if found:
        raise NotAllowed(f"{len(found)} things are in the way; see the list.")


def _publish(draft: Edition, *, by: Person, at: datetime) -> None:
    """Number it. Whoever would replace the same edition waits here for their turn."""
    list(Edition.objects.select_for_update().filter(pk=draft.based_on_id or 0))
    _require_whole(draft)
    last = Edition.objects.aggregate(last=Max("number"))["last"] or 0
    try:
        with transaction.atomic():
            Edition.objects.filter(pk=draft.pk).update(
                number=last + 1,
                sha256=facts_of(draft).sha256,
                published_at=at,
                published_by_id=by.pk,
            )
    except IntegrityError as error:
        raise NotAllowed(OVERTAKEN) from error
    draft.refresh_from_db()
    call_followers(draft, at=at)


def _put_out_of_force(
    edition: Edition, *, reason: str, by: Person, at: datetime
) -> None:
    """Withdraw a published edition, if there is one before it to fall back on."""
    standing = Edition.objects.not_withdrawn().select_for_update()
    if not any(
        other != edition and other.in_force_from <= edition.in_force_from
        for other in standing
    ):
        raise NotAllowed(
            "No edition before this one could be in force again. Publish the next one "
            "instead."
        )
    Edition.objects.filter(pk=edition.pk).update(
        withdrawn_at=at, withdrawn_by_id=by.pk, withdrawn_because=reason
    )
    edition.refresh_from_db()
    call_followers(edition, at=at)


@transaction.atomic
def _give_up_on(change: Change, *, because: str, at: datetime) -> None:
    """Take it off the schedule, unless somebody else has just published it."""
    held = Change.objects.locked().get(pk=change.pk)
    if held.publish_at and held.scheduled_by:
        person = held.scheduled_by
        _unschedule(held)
        _move(held, Move.UNSCHEDULE, by=person, at=at, why=because)


def _unschedule(change: Change) -> None:
    change.publish_at = change.scheduled_by = None


def _unapprove(change: Change) -> None:
    _unschedule(change)
    change.approved_by = change.approved_at = None
    change.approved_sha256 = ""


def _move(
    change: Change, move: Move, *, by: Person, at: datetime, why: str = ""
) -> None:
    """Write the state the move leads to, and a line of the log."""
    change.state = Change.State(MOVES[ChangeState(change.state), move].to)
    change.save()
    _log(change, move, by=by, at=at, why=why)


def _log(
    change: Change, what: Deed | Move, *, by: Person, at: datetime, why: str = ""
) -> None:
    base = change.edition.based_on
    LogLine.objects.create(
        at=at,
        by_id=by.pk,
        what=what,
        subject=str(change.edition)[:120],
        change=change,
        why=why,
        sha256_before=base.sha256 if base else "",
        sha256_after=facts_of(change.edition).sha256,
    )
