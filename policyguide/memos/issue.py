"""Issue a memo: asked for once, made by a worker, kept for good.

The only writer of memos and originals. A memo's task is enqueued in the transaction
that asks for the memo, so that neither is ever there without the other, and it may run
any number of times: whichever run is first to finish is the one that is kept.
"""

import json
import logging
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from secrets import choice
from typing import Any, cast

from django.db import transaction
from django.db.models import Max
from django.tasks import TaskContext, task

from policyguide.firms.models import Firm, Person
from policyguide.guidance import compose, facts
from policyguide.guidance.canonical import canonical_json, sha256_of
from policyguide.memos.document import Document, abridged, document_of
from policyguide.memos.models import Memo, MemoQuerySet, Original
from policyguide.memos.pdf import PdfUnavailable, RenderFailed
from policyguide.memos.rulings import rule_on
from policyguide.policy.models import Edition

type InDoubt = Mapping[str, date]

logger = logging.getLogger(__name__)

# 26 of 32 letters and digits that are not mistaken for each other: 130 bits.
CODE_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 26

TOLD = ("firm", "edition", "requested_by")
MOST_TRIES = 5
GIVEN_UP = f"The worker that made it stopped {MOST_TRIES} times. See its log."
UNFORESEEN = "Something unforeseen went wrong; it is in the worker's log."


@transaction.atomic
def ask_for_memo(
    *,
    firm: Firm,
    edition: facts.Edition,
    in_doubt: InDoubt,
    by: Person,
    on: date,
    at: datetime,
    at_the_desk: bool = False,
) -> Memo:
    """The firm's memo on this edition for its profile as it now is, new or found.

    It says of the quotations `in_doubt` that they are being checked. Whoever asks for
    the same firm waits here for their turn, so numbers have no gaps. Asking again for a
    memo that could not be made tries again.
    """
    held = Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
    asked_for = _asked_for(held, edition, in_doubt=in_doubt, on=on)
    known = _found(held, edition, asked_for)
    if known:
        try_again(known)
        return known
    last = held.memos.aggregate(last=Max("number"))["last"] or 0
    memo = held.memos.create(
        number=last + 1,
        code="".join(choice(CODE_LETTERS) for _ in range(CODE_LENGTH)),
        edition=Edition.objects.get(number=edition.number),
        **asked_for,
        as_of=on,
        requested_by=by,
        requested_at=at,
        at_the_desk=at_the_desk,
    )
    issue.enqueue(memo.pk)
    return memo


def memo_at_hand(
    firm: Firm, edition: facts.Edition, *, in_doubt: InDoubt, on: date
) -> Memo | None:
    """The firm's memo on this edition for its profile as it now is, if there is one
    that says of the same wordings that they are being checked."""
    return _found(firm, edition, _asked_for(firm, edition, in_doubt=in_doubt, on=on))


def _asked_for(
    firm: Firm, edition: facts.Edition, *, in_doubt: InDoubt, on: date
) -> dict[str, Any]:
    """What makes it one memo of the edition and not another."""
    profile = firm.profile()
    as_it_is = _as_it_is(firm, profile)
    return {
        "profile": json.loads(canonical_json(as_it_is)),
        "profile_sha256": sha256_of(as_it_is),
        "in_doubt": _cited(in_doubt, edition, profile, on=on),
    }


def _found(
    firm: Firm, edition: facts.Edition, asked_for: Mapping[str, Any]
) -> Memo | None:
    same = {name: asked_for[name] for name in ("profile_sha256", "in_doubt")}
    return firm.memos.filter(edition__number=edition.number, **same).first()


def _cited(
    in_doubt: InDoubt, edition: facts.Edition, profile: facts.FirmProfile, *, on: date
) -> dict[str, str]:
    """Those of the doubts that concern what the memo quotes, in a fixed order."""
    if not in_doubt:
        return {}
    guidance = abridged(compose(edition, profile, as_of=on))
    cited = sorted(in_doubt.keys() & guidance.citation_of.keys())
    return {code: in_doubt[code].isoformat() for code in cited}


def _as_it_is(firm: Firm, profile: facts.FirmProfile) -> dict[str, object]:
    """The firm as it now is: what its memos go by, and what they look like."""
    return {**vars(profile), "letterhead": firm.letterhead()}


@transaction.atomic
def try_again(memo: Memo) -> None:
    """Make a memo that could not be made. Does nothing with any other."""
    failed = memo.firm.memos.filter(pk=memo.pk, state=Memo.State.FAILED)
    if failed.update(state=Memo.State.WAITING, failed_because=""):
        issue.enqueue(memo.pk)


@task(takes_context=True)
def issue(context: "TaskContext[[int], None]", memo_id: int) -> None:
    """Make the memo, unless it is made. Its date is the time the worker began.

    It is ruled on at once, for another edition may be in force since it was asked for.
    """
    began_at = cast(datetime, context.task_result.started_at)
    make(memo_id, at=began_at, attempt=context.attempt)
    rule_on(Memo.across_firms.filter(pk=memo_id), at=began_at)


def make(memo_id: int, *, at: datetime, attempt: int = 1) -> None:
    """Make the memo and keep it, or record why it cannot be made."""
    if not _not_issued(memo_id).update(state=Memo.State.RENDERING):
        return
    try:
        if attempt > MOST_TRIES:
            raise RenderFailed(GIVEN_UP)
        memo = Memo.across_firms.select_related(*TOLD).get(pk=memo_id)
        _keep(memo, document_of(memo, issued_at=at), at=at)
    except (PdfUnavailable, RenderFailed) as error:
        logger.warning("memo %s was not made: %s", memo_id, error)
        _fail(memo_id, str(error))
    except BaseException:
        _fail(memo_id, UNFORESEEN)
        raise


def _not_issued(memo_id: int) -> MemoQuerySet:
    return Memo.across_firms.filter(pk=memo_id).exclude(state=Memo.State.ISSUED)


@transaction.atomic
def _keep(memo: Memo, document: Document, *, at: datetime) -> None:
    """Issue it, unless another run was first."""
    is_first = _not_issued(memo.pk).update(
        state=Memo.State.ISSUED, issued_at=at, failed_because=""
    )
    if is_first:
        Original.across_firms.create(
            memo=memo,
            firm_id=memo.firm_id,
            guidance=document.guidance,
            html=document.html,
            pdf=document.pdf,
            sha256=sha256(document.pdf).hexdigest(),
            size=len(document.pdf),
            pages=document.pages,
            renderer=document.renderer,
            issued_by_id=memo.requested_by_id,
        )


def _fail(memo_id: int, because: str) -> None:
    _not_issued(memo_id).update(state=Memo.State.FAILED, failed_because=because)
