"""Firms as the desk may see them: by name, and inside only for a reason."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from policyguide.firms.access import require_editor
from policyguide.firms.models import Firm
from policyguide.firms.people import begin_visit
from policyguide.web.people_forms import VisitForm
from policyguide.web.views.desk.asked import INVALID, posted


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All firms by name, and the visits of whoever asks."""
    person = require_editor(request.user)
    context = {
        "firms": Firm.objects.order_by("name"),
        "visits": person.visits.select_related("firm"),
        "now": now(),
    }
    return TemplateResponse(request, "desk/firms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def visit(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask why; once that is told, let them in for a while."""
    person = require_editor(request.user)
    firm = get_object_or_404(Firm, slug=slug)
    form = VisitForm(posted(request))
    if form.is_valid():
        begin_visit(firm, by=person, because=form.cleaned_data["because"], at=now())
        return redirect(firm)
    status = INVALID if form.is_bound else 200
    context = {"firm": firm, "form": form}
    return TemplateResponse(request, "desk/visit.html", context, status=status)
