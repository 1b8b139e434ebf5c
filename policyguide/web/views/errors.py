"""Answers when something is wrong. None tells whether a thing exists."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from policyguide.web.logs import request_id


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """When a limit of `ACCOUNT_RATE_LIMITS` is reached; they are all by the minute."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Ours to mend; 503 if it is only that the database does not answer now."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    told = {"request_id": request_id.get()}
    return HttpResponse(render_to_string("500.html", told), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"reason": ""}, status=403)
