"""What becomes of issued memos if a draft is published, before anybody approves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from policyguide.firms.impact import Replacement
from policyguide.firms.models import Firm
from policyguide.memos.models import Memo, Ruling
from policyguide.memos.rulings import STATUS_BY, changes
from policyguide.policy.editions import edition_numbered

CHUNK = 500


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The memos of one firm that become stale, and what they become."""

    firm: Firm
    memos: tuple[Memo, ...]
    status: Ruling.Status


def outlooks(replacement: Replacement, *, severity: str) -> tuple[Outlook, ...]:
    """Firm by firm, the memos that say otherwise than the edition to come."""
    status = STATUS_BY[severity]
    stale = _stale(replacement, status)
    return tuple(
        Outlook(firm=firm, memos=tuple(memos), status=status)
        for firm, memos in groupby(stale, key=lambda memo: memo.firm)
    )


def _stale(replacement: Replacement, status: Ruling.Status) -> Iterator[Memo]:
    """The memos of the edition that is replaced, and those of editions before it."""
    by_number = {replacement.before.number: replacement}
    rows = Memo.across_firms.issued().select_related("firm", "edition")
    memos = rows.prefetch_related("rulings").order_by("firm__name", "firm", "number")
    for memo in memos.iterator(chunk_size=CHUNK):
        if not changes(memo, status):
            continue
        number = memo.edition.number or 0
        if number not in by_number:
            by_number[number] = Replacement(
                before=edition_numbered(number, memo.edition.sha256),
                after=replacement.after,
                as_of=replacement.as_of,
            )
        if by_number[number].told_otherwise(memo.firm_profile()):
            yield memo
