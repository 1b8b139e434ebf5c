"""The firms of a person, to go from one to another."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from policyguide.firms.models import Person


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Each firm that the person belongs to, and as what."""
    person = cast(Person, request.user)
    memberships = person.memberships.select_related("firm").order_by("firm__name")
    context = {"memberships": memberships}
    return TemplateResponse(request, "firms/index.html", context)
