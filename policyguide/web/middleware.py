"""What is done with every request: it is recorded, and closed unless it is public."""

import logging
import re
from collections.abc import Callable
from time import perf_counter
from typing import Any
from uuid import uuid4

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from policyguide.policy.editions import NoEditionInForce
from policyguide.web.logs import request_id, route_of
from policyguide.web.metrics import REQUESTS

requests_log = logging.getLogger("policyguide.requests")

SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


class RecordMiddleware:
    """Gives each request an id, its caller's if that is sane, and records what was
    asked for, how it was answered and how long that took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.headers.get("X-Request-ID", "")
        request_id.set(told if SANE_ID.fullmatch(told) else uuid4().hex)
        began = perf_counter()
        response = self.get_response(request)
        self._record(request, response, perf_counter() - began)
        response["X-Request-ID"] = request_id.get()
        return response

    def _record(
        self, request: HttpRequest, response: HttpResponse, seconds: float
    ) -> None:
        method = request.method if request.method in METHODS else "other"
        route, status = route_of(request), response.status_code
        REQUESTS.labels(method, route, status).observe(seconds)
        requests_log.info(
            "answered",
            extra={
                "method": method,
                "route": route,
                "status": status,
                "milliseconds": round(seconds * 1000),
            },
        )


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Sends strangers to sign in; an htmx request by a header, so that a sign-in page
    never lands inside a fragment."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        response = super().handle_no_permission(request, view_func)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(response["Location"])
        return response


class NothingInForceMiddleware:
    """Says so, kindly, when no edition is in force yet: on a new installation."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, NoEditionInForce):
            return render(request, "policy/nothing_in_force.html", status=503)
        return None


class SecondFactorMiddleware:
    """Keeps editors and approvers out of the desk until they have a second factor.

    Only where `DEBUG` is off, so that the demo people can sign in by password alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if settings.DEBUG or not request.path.startswith(("/desk/", "/admin/")):
            return None
        person = request.user
        works_here = person.is_authenticated and (person.is_editor or person.is_staff)
        if not works_here or is_mfa_enabled(person):
            return None
        return redirect(reverse("mfa_index"))
