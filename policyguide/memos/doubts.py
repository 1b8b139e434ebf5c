"""What a memo rests on and its source no longer says, until somebody has decided.

`in_doubt` gives the day of doubt by quotation code: see policy/currency.py.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from policyguide.guidance.facts import Source
from policyguide.guidance.findings import Guidance
from policyguide.memos.document import abridged, guidance_of
from policyguide.memos.models import Memo


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A source that reads otherwise than a memo quotes it, and since when."""

    source: Source
    since: date


def doubts_about(memo: Memo, in_doubt: Mapping[str, date]) -> tuple[Doubt, ...]:
    """The sources that leave a current memo in doubt; nothing for any other."""
    if not (in_doubt and memo.is_current):
        return ()
    cited = _cited(in_doubt, abridged(guidance_of(memo)))
    return tuple(Doubt(source=source, since=day) for source, day in cited.items())


def in_doubt_among(
    memos: Iterable[Memo], in_doubt: Mapping[str, date]
) -> frozenset[int]:
    """The numbers of those memos of a firm that are current and in doubt."""
    return frozenset(memo.number for memo in memos if doubts_about(memo, in_doubt))


def _cited(in_doubt: Mapping[str, date], guidance: Guidance) -> dict[Source, date]:
    """The sources cited by quotations in doubt, each since its first."""
    since: dict[Source, date] = {}
    for cited in guidance.citations:
        source, day = cited.quotation.source, in_doubt.get(cited.quotation.code)
        if day:
            since[source] = min(day, since.get(source, day))
    return since
