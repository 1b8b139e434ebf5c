"""What is different for a firm between any two editions."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import membership_for
from policyguide.firms.models import Firm
from policyguide.guidance import Guidance, compose
from policyguide.guidance.compare import Difference, compare
from policyguide.policy.editions import edition_numbered
from policyguide.policy.models import Edition
from policyguide.web.forms import BetweenForm


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """The redline for the firm between two editions, which are in the address."""
    membership = membership_for(request.user, slug)
    form = BetweenForm(request.GET)
    context = {
        "firm": membership.firm,
        "may_edit_profile": membership.may_edit_profile,
        "form": form,
        "differences": None,
    }
    if form.is_valid():
        context["differences"] = _differences(membership.firm, **form.cleaned_data)
    return TemplateResponse(request, "guidance/between.html", context)


def _differences(firm: Firm, before: Edition, after: Edition) -> tuple[Difference, ...]:
    return compare(_guidance(firm, before), _guidance(firm, after))


def _guidance(firm: Firm, row: Edition) -> Guidance:
    edition = edition_numbered(row.number or 0, row.sha256)
    return compose(edition, firm.profile(), as_of=localdate())
