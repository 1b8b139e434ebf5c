"""The guidance: for anybody who asks, and for a firm's own people."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import membership_for
from policyguide.firms.models import Firm
from policyguide.guidance import compose
from policyguide.guidance.facts import Edition, FirmProfile
from policyguide.policy.currency import Announced, Currency, currency
from policyguide.web import kept
from policyguide.web.forms import QuestionForm, WhatIfForm
from policyguide.web.htmx import wants_part


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything a page of guidance depends on: the key it is kept under.

    `side` is the announced edition to be shown, and None the one in force today.
    """

    record: Currency
    on: date
    side: Announced | None
    query: str
    part: bool = False
    firm: int = 0
    profile_version: int = 0
    may_edit: bool = False

    @property
    def edition(self) -> Edition:
        return (self.side or self.record).edition()


@require_safe
@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    """What the terms mean for the places and uses picked. They are in the address."""
    asked = _asked(request, part=wants_part(request))
    tag = kept.etag(asked)
    return kept.not_modified(request, tag) or kept.answer(
        request, _public_page(asked), tag
    )


@require_safe
def firm(request: HttpRequest, slug: str) -> HttpResponse:
    """What they mean for a firm; with uses and countries in the address, what if."""
    membership = membership_for(request.user, slug)
    asked = _asked(
        request,
        firm=membership.firm_id,
        profile_version=membership.firm.profile_version,
        may_edit=membership.may_edit_profile,
    )
    tag = kept.etag(asked)
    return kept.not_modified(request, tag) or kept.answer(
        request, _firm_page(asked), tag
    )


def _asked(request: HttpRequest, **known: Any) -> Asked:
    """The side is picked by its day, as `from`; the rest of the query is the question.

    A day for which nothing is announced, or no longer, is today.
    """
    query, on = request.GET.copy(), localdate()
    record = currency(on)
    side = record.announced_for("".join(query.pop("from", [])[-1:]))
    return Asked(record=record, on=on, side=side, query=query.urlencode(), **known)


@lru_cache(maxsize=kept.PAGES_KEPT)
def _public_page(asked: Asked) -> kept.Page:
    form = QuestionForm(QueryDict(asked.query), edition=asked.edition)
    context = {"form": form, **_answer(asked, form.profile())}
    part = "#results" if asked.part else ""
    return kept.page(f"guidance/public.html{part}", context)


@lru_cache(maxsize=kept.PAGES_KEPT)
def _firm_page(asked: Asked) -> kept.Page:
    firm = Firm.objects.get(pk=asked.firm)
    form = WhatIfForm(QueryDict(asked.query))
    profile = form.beside(firm.profile()) if form.is_valid() else firm.profile()
    context = {
        "firm": firm,
        "form": form,
        "is_trial": bool(asked.query),
        "may_edit_profile": asked.may_edit,
        **_answer(asked, profile),
    }
    return kept.page("guidance/firm.html", context)


def _answer(asked: Asked, profile: FirmProfile) -> dict[str, Any]:
    """What both pages show: the guidance, how current it is, and its other sides."""
    return {
        "guidance": compose(
            asked.edition, profile, as_of=asked.on, in_doubt=asked.record.in_doubt
        ),
        "last_checked_on": asked.record.checked_on,
        "announced": asked.record.announced,
        "side": asked.side,
        "query": asked.query,
    }
