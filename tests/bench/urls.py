"""The project's addresses, and the floors that pages are compared with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from policyguide.firms.access import firm_for


def session(request: HttpRequest, slug: str) -> HttpResponse:
    """What every signed-in page must do at least: read the user and the firm."""
    firm = firm_for(request.user, slug)
    return HttpResponse(f"{firm.name}".ljust(200))


urlpatterns = [
    path("bench/session/<slug:slug>/", session),
    path("", include("policyguide.urls")),
]
