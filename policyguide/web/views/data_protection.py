"""What is kept about people, for whoever asks."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from policyguide.web.personal_data import KEPT


@require_safe
@login_not_required
def kept(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "data_protection.html", {"kept": KEPT})
