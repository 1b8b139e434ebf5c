"""Pages that are the same for everybody who gets them, kept once they are made.

A kept page is a pure function of its key: an edition's hash, a profile's version, a
day. Making one costs more than all else a request does, so each process keeps the last
few hundred, compressed. None may hold a word about its reader, nor a token.
"""

import gzip
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

PAGES_KEPT = 256


def page(template: str, context: dict[str, Any]) -> bytes:
    """The template rendered without a request, so nothing personal gets in; gzipped."""
    return gzip.compress(render_to_string(template, context).encode(), mtime=0)


def etag(key: object) -> str:
    """A weak tag for the page with this key, as made by the templates at hand."""
    digest = sha256(f"{_templates()}{key!r}".encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def not_modified(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 if the reader already has the page with this tag."""
    response: HttpResponse | None = get_conditional_response(request, etag=tag)
    return response


def answer(request: HttpRequest, made: bytes, tag: str) -> HttpResponse:
    """A `page`, unpacked for those who do not take it compressed."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(made if takes_gzip else gzip.decompress(made))
    if takes_gzip:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "HX-Request"])
    return response


@cache
def _templates() -> str:
    """A hash of all templates and styles, so that a new release is a new page."""
    digest = sha256()
    for folder in ("templates", "static/css"):
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*.*")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
