"""The states of a change, and the moves between them: plain data."""

from enum import StrEnum
from typing import NamedTuple


class ChangeState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


# What is still on its way to readers.
OPEN = frozenset({ChangeState.DRAFT, ChangeState.IN_REVIEW, ChangeState.APPROVED})


class Move(StrEnum):
    SUBMIT = "submit"
    REOPEN = "reopen"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH_UNREVIEWED = "publish-unreviewed"
    WITHDRAW = "withdraw"


class Who(StrEnum):
    """Whom a move is for."""

    EDITOR = "an editor"
    APPROVER = "an approver"
    SECOND_PERSON = "an approver who wrote none of it"


class Step(NamedTuple):
    """Where a move leads, and who may make it."""

    to: ChangeState
    who: Who


# In the order in which a person is offered them.
MOVES: dict[tuple[ChangeState, Move], Step] = {
    (ChangeState.DRAFT, Move.SUBMIT): Step(ChangeState.IN_REVIEW, Who.EDITOR),
    (ChangeState.DRAFT, Move.PUBLISH_UNREVIEWED): Step(
        ChangeState.PUBLISHED, Who.APPROVER
    ),
    (ChangeState.DRAFT, Move.WITHDRAW): Step(ChangeState.WITHDRAWN, Who.EDITOR),
    (ChangeState.IN_REVIEW, Move.APPROVE): Step(
        ChangeState.APPROVED, Who.SECOND_PERSON
    ),
    (ChangeState.IN_REVIEW, Move.SEND_BACK): Step(ChangeState.DRAFT, Who.APPROVER),
    (ChangeState.IN_REVIEW, Move.REOPEN): Step(ChangeState.DRAFT, Who.EDITOR),
    (ChangeState.IN_REVIEW, Move.PUBLISH_UNREVIEWED): Step(
        ChangeState.PUBLISHED, Who.APPROVER
    ),
    (ChangeState.IN_REVIEW, Move.WITHDRAW): Step(ChangeState.WITHDRAWN, Who.EDITOR),
    (ChangeState.APPROVED, Move.PUBLISH): Step(ChangeState.PUBLISHED, Who.APPROVER),
    (ChangeState.APPROVED, Move.SCHEDULE): Step(ChangeState.APPROVED, Who.APPROVER),
    (ChangeState.APPROVED, Move.UNSCHEDULE): Step(ChangeState.APPROVED, Who.APPROVER),
    (ChangeState.APPROVED, Move.SEND_BACK): Step(ChangeState.DRAFT, Who.APPROVER),
    (ChangeState.APPROVED, Move.REOPEN): Step(ChangeState.DRAFT, Who.EDITOR),
    (ChangeState.APPROVED, Move.WITHDRAW): Step(ChangeState.WITHDRAWN, Who.EDITOR),
    (ChangeState.PUBLISHED, Move.WITHDRAW): Step(ChangeState.WITHDRAWN, Who.APPROVER),
}
NEEDS_A_REASON = frozenset({Move.SEND_BACK, Move.PUBLISH_UNREVIEWED, Move.WITHDRAW})


class NotAllowed(Exception):
    """A step that may not be taken; the argument tells the person why."""


def mermaid() -> str:
    """The moves as a Mermaid state diagram, as the README shows them."""
    lines = ["stateDiagram-v2", "    direction LR", f"    [*] --> {_node('draft')}"]
    for (state, move), step in MOVES.items():
        label = f"{move.replace('-', ' ')} ({step.who})"
        lines.append(f"    {_node(state)} --> {_node(step.to)}: {label}")
    ends = {step.to for step in MOVES.values()} - {state for state, _ in MOVES}
    lines += [f"    {_node(state)} --> [*]" for state in sorted(ends)]
    return "\n".join(lines)


def _node(state: str) -> str:
    """The state under a name Mermaid takes."""
    return state.replace("-", "_")
