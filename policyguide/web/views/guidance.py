"""The guidance: for anybody who asks, and for a firm's own people."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import membership_for
from policyguide.firms.models import Firm
from policyguide.guidance import compose
from policyguide.policy.currency import Currency, currency
from policyguide.web import kept
from policyguide.web.forms import QuestionForm, WhatIfForm
from policyguide.web.htmx import wants_part


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything a page of guidance depends on: the key it is kept under."""

    record: Currency
    on: date
    query: str
    part: bool = False
    firm: int = 0
    profile_version: int = 0
    may_edit: bool = False


@require_safe
@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    """What the terms mean for the places and uses picked. They are in the address."""
    on = localdate()
    asked = Asked(
        record=currency(on),
        on=on,
        query=request.GET.urlencode(),
        part=wants_part(request),
    )
    tag = kept.etag(asked)
    return kept.not_modified(request, tag) or kept.answer(
        request, _public_page(asked), tag
    )


@require_safe
def firm(request: HttpRequest, slug: str) -> HttpResponse:
    """What they mean for a firm; with uses and countries in the address, what if."""
    membership = membership_for(request.user, slug)
    on = localdate()
    asked = Asked(
        record=currency(on),
        on=on,
        query=request.GET.urlencode(),
        firm=membership.firm_id,
        profile_version=membership.firm.profile_version,
        may_edit=membership.may_edit_profile,
    )
    tag = kept.etag(asked)
    return kept.not_modified(request, tag) or kept.answer(
        request, _firm_page(asked), tag
    )


@lru_cache(maxsize=kept.PAGES_KEPT)
def _public_page(asked: Asked) -> kept.Page:
    edition = asked.record.edition()
    form = QuestionForm(QueryDict(asked.query), edition=edition)
    context = {
        "form": form,
        "guidance": compose(
            edition, form.profile(), as_of=asked.on, in_doubt=asked.record.in_doubt
        ),
        "last_checked_on": asked.record.checked_on,
    }
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
        "guidance": compose(
            asked.record.edition(),
            profile,
            as_of=asked.on,
            in_doubt=asked.record.in_doubt,
        ),
        "last_checked_on": asked.record.checked_on,
    }
    return kept.page("guidance/firm.html", context)
