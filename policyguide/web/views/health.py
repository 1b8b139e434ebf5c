"""Whether the server is alive, whether it is ready, and its figures."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from policyguide.web.metrics import exposition
from policyguide.web.readiness import lacks


@require_safe
@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """200 `ok`, after a question to the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 if all is there that people need; else 503. A line says so of each need."""
    found = lacks()
    lines = (f"{need}: {lack or 'ok'}\n" for need, lack in found.items())
    status = 503 if any(found.values()) else 200
    return HttpResponse("".join(lines), status=status, content_type="text/plain")


@require_safe
@login_not_required
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for whoever has the token; there is no such page for anybody else."""
    token, told = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if not token or not constant_time_compare(told, f"Bearer {token}"):
        raise Http404("No such page.")
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
