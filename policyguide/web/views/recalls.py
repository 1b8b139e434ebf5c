"""A memo that is no longer current: what it said, what holds, and who has read that."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from policyguide.firms.access import member_for, membership_for
from policyguide.firms.models import Membership
from policyguide.memos.access import issued_memo_of
from policyguide.notices.recalls import acknowledge, correction_of


@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The correction on one page. A POST says that the person has read it."""
    membership = membership_for(request.user, slug)
    firm = membership.firm
    memo = issued_memo_of(firm, number)
    if request.method == "POST":
        acknowledge(memo, by=member_for(request.user, slug).person, at=now())
        return redirect("memo_correction", slug, number)
    notices = firm.notices.recalled().filter(ruling__memo=memo)
    context = {
        "firm": firm,
        "may_edit_profile": membership.may_edit_profile,
        "memo": memo,
        "correction": correction_of(memo),
        "own": notices.filter(person=membership.person_id).first(),
        "is_admin": membership.role == Membership.Role.ADMIN,
        "notices": notices,
    }
    return TemplateResponse(request, "notices/correction.html", context)
