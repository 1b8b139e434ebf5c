"""Editions and memos to test with: few words, but every part that a memo has."""

from datetime import UTC, date, datetime
from hashlib import sha256

from policyguide.memos.issue import ask_for_memo
from policyguide.memos.models import Memo, Original
from policyguide.policy import models
from policyguide.policy.editions import edition_numbered
from policyguide.policy.rechecks import in_doubt
from tests import factories

ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PDF = b"%PDF-1.7 made for a test"


def edition(*, uk="It trains in the UK.", us="It trains in the US.", more=(), **fields):
    """An edition on one effect in two regions; what it says there can be chosen.

    `more` are further entries: their kind, and what they tell.
    """
    draft = factories.draft(**{"change_note": "The words changed.", **fields})
    quoted = models.Quotation.objects.filter(code="q-memo").first()
    quoted = quoted or factories.quotation(code="q-memo")
    entries = [
        (models.Effect, {"code": "training", "title": "Training"}),
        (models.Region, {"code": "uk", "title": "UK", "countries": ["GB"]}),
        (models.Region, {"code": "rest", "title": "Elsewhere"}),
        (models.RegionTerm, _cell("uk", uk)),
        (models.RegionTerm, _cell("rest", us)),
        (models.Headline, {"code": "first", "words": "Know **this** first."}),
        (models.Action, {"code": "act", "audience": "everyone", "by_when": "now"}),
        *more,
    ]
    for position, (kind, told) in enumerate(entries):
        row = factories.entry(draft, kind, position=position, **told)
        factories.cite(row, quoted)
    return factories.published(draft)


def _cell(region, words):
    return {
        "code": f"{region}.training",
        "region": region,
        "effect": "training",
        "answer": "yes",
        "since": date(2025, 11, 3),
        "words": words,
    }


def facts(row):
    """The edition as the guidance knows it."""
    return edition_numbered(row.number, row.sha256)


def asked(firm, row, by, *, on=ON, at=AT):
    """A memo that somebody asked for."""
    return ask_for_memo(
        firm=firm, edition=facts(row), in_doubt=in_doubt(), by=by, on=on, at=at
    )


def issued(firm, row, by, *, pdf=PDF, on=ON, html="<p>It trains.</p>", code="", **told):
    """A memo with these bytes, as if a worker had made it."""
    told = {"guidance": "{}", "renderer": "by hand", **told}
    memo = asked(firm, row, by, on=on)
    Memo.across_firms.filter(pk=memo.pk).update(
        state="issued", issued_at=AT, code=code or memo.code
    )
    Original.across_firms.create(
        memo=memo,
        firm=firm,
        html=f"<html><body>{html}</body></html>",
        pdf=pdf,
        sha256=sha256(pdf).hexdigest(),
        size=len(pdf),
        pages=3,
        issued_by=by,
        **told,
    )
    memo.refresh_from_db()
    return memo
