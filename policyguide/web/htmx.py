"""Pages that htmx may take a part of."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


class HtmxHttpRequest(HttpRequest):
    htmx: HtmxDetails


def page_or_partial(
    request: HttpRequest, template: str, partial: str, context: dict[str, Any]
) -> TemplateResponse:
    """The page, or for an htmx request the partial of it that the view names."""
    htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]
    wants_part = htmx and not htmx.boosted and not htmx.history_restore_request
    name = f"{template}#{partial}" if wants_part else template
    response = TemplateResponse(request, name, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
