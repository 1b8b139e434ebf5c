"""The log of everything done at the desk."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from policyguide.firms.access import require_editor
from policyguide.policy.models import LogLine

LINES_A_PAGE = 100


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Who did what, when and why, the last first."""
    require_editor(request.user)
    lines = LogLine.objects.select_related("by", "change").order_by("-pk")
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(request, "desk/log.html", {"page": page})
