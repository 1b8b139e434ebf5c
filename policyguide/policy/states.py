"""The states of a change and the moves between them: plain data."""

from enum import StrEnum


class ChangeState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in-review"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    SUBMIT = "submit"
    APPROVE = "approve"
    SEND_BACK = "send back"
    REOPEN = "reopen"
    PUBLISH = "publish"
    PUBLISH_UNREVIEWED = "publish without second review"
    WITHDRAW = "withdraw"


MOVES: dict[tuple[ChangeState, Move], ChangeState] = {
    (ChangeState.DRAFT, Move.SUBMIT): ChangeState.IN_REVIEW,
    (ChangeState.DRAFT, Move.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.DRAFT, Move.PUBLISH_UNREVIEWED): ChangeState.PUBLISHED,
    (ChangeState.IN_REVIEW, Move.APPROVE): ChangeState.APPROVED,
    (ChangeState.IN_REVIEW, Move.SEND_BACK): ChangeState.DRAFT,
    (ChangeState.IN_REVIEW, Move.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.IN_REVIEW, Move.PUBLISH_UNREVIEWED): ChangeState.PUBLISHED,
    (ChangeState.APPROVED, Move.PUBLISH): ChangeState.PUBLISHED,
    (ChangeState.APPROVED, Move.REOPEN): ChangeState.DRAFT,
    (ChangeState.APPROVED, Move.SEND_BACK): ChangeState.DRAFT,
    (ChangeState.APPROVED, Move.WITHDRAW): ChangeState.WITHDRAWN,
    (ChangeState.PUBLISHED, Move.WITHDRAW): ChangeState.WITHDRAWN,
}
