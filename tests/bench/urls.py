"""The project's addresses, and the floors that pages are compared with."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import include, path

from policyguide.firms.access import firm_for


def session(request: HttpRequest, slug: str) -> HttpResponse:
    """What every signed-in page must do at least: read the user and the firm."""
    firm = firm_for(request.user, slug)
    return HttpResponse(f"{firm.name}".ljust(200))


def file(request: HttpRequest, slug: str) -> FileResponse:
    """What every download must do at least: the same check, then a file as it is."""
    firm_for(request.user, slug)
    return FileResponse(Path(settings.DATA_DIR, "memo.pdf").open("rb"))


urlpatterns = [
    path("bench/session/<slug:slug>/", session),
    path("bench/file/<slug:slug>/", file),
    path("", include("policyguide.urls")),
]
