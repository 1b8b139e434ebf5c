"""What a change means for all firms, before anybody approves it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import require_editor
from policyguide.firms.impact import Impact, Replacement
from policyguide.firms.models import Firm, Membership
from policyguide.memos.models import Memo
from policyguide.policy.models import Change
from policyguide.policy.problems import problems
from policyguide.policy.rows import facts_of
from policyguide.web.views.desk.asked import change_or_404


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Which firms are told anything else, and what memos and people they have."""
    require_editor(request.user)
    change = change_or_404(pk)
    found = problems(change.edition)
    context: dict[str, Any] = {"change": change, "problems": found, "impact": None}
    if change.edition.based_on and not found:
        context |= _concerned(_impact(change))
    return TemplateResponse(request, "desk/impact.html", context)


def _impact(change: Change) -> Impact:
    draft, base = change.edition, change.edition.based_on
    replacement = Replacement(
        before=facts_of(base) if base else facts_of(draft),
        after=facts_of(draft),
        as_of=max(localdate(), draft.in_force_from),
    )
    return replacement.impact(Firm.objects.prefetch_related("offices").order_by("name"))


def _concerned(impact: Impact) -> dict[str, Any]:
    """The impact, with the issued memos and the people of the firms it has one on."""
    firms = {firm.pk for firm in impact.firms}
    memos = Memo.across_firms.issued().values_list("firm_id", flat=True)
    people = Membership.across_firms.values_list("firm_id", "person_id")
    return {
        "impact": impact,
        "memos": sum(firm in firms for firm in memos),
        "people": len({person for firm, person in people if firm in firms}),
    }
