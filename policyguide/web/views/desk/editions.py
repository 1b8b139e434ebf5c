"""A published edition put out of force."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policyguide.firms.access import require_editor
from policyguide.policy.models import Edition
from policyguide.web.accounts import require_fresh_proof
from policyguide.web.desk_forms.changes import WithdrawForm
from policyguide.web.views.desk.asked import INVALID, posted


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """What withdrawing the edition does, to be confirmed with a reason."""
    person = require_editor(request.user)
    edition = get_object_or_404(Edition.objects.published(), number=number)
    form = WithdrawForm(posted(request))
    if form.is_valid():
        require_fresh_proof(request)
    if form.is_valid() and form.withdraw(edition, by=person, at=now()):
        messages.success(request, _("%s is withdrawn.") % edition)
        return redirect("edition", number)
    context = {
        "edition": edition,
        "form": form,
        "is_in_force": edition == Edition.objects.in_force(localdate()).first(),
        "next": _instead_of(edition),
    }
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "desk/withdraw.html", context, status=status)


def _instead_of(edition: Edition) -> Edition | None:
    """The edition that is in force without this one."""
    on = max(localdate(), edition.in_force_from)
    return Edition.objects.in_force(on).exclude(pk=edition.pk).first()
