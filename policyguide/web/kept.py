"""Pages that are the same for everybody who gets them, kept once they are made.

A kept page is a pure function of its key: an edition's hash, a profile's version, a
day. Making one costs more than all else a request does, so each process keeps the last
few hundred, compressed. None may hold a word about its reader, nor a token.
"""

import gzip
import re
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers

PAGES_KEPT = 256
INDENTATION = re.compile(r"\s*\n\s*")  # for authors; no kept page has a <pre>
MADE_BY = {"templates": "*.*", "static": "*.*", "policyguide": "*.py"}
BROTLI_QUALITY = 6  # as quick as gzip, a third smaller: quotations recur far apart


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page in the two forms that browsers take."""

    br: bytes
    gzip: bytes


def page(template: str, context: dict[str, Any]) -> Page:
    """The template rendered without a request, so that nothing personal gets in."""
    html = INDENTATION.sub("\n", render_to_string(template, context)).encode()
    return Page(
        br=brotli.compress(html, quality=BROTLI_QUALITY),
        gzip=gzip.compress(html, mtime=0),
    )


@lru_cache(maxsize=PAGES_KEPT)
def etag(key: Hashable) -> str:
    """A weak tag for the page with this key, as made by the templates at hand."""
    digest = sha256(f"{_release()}{key!r}".encode()).hexdigest()
    return f'W/"{digest[:32]}"'


def not_modified(request: HttpRequest, tag: str) -> HttpResponse | None:
    """304 if the reader already has the page with this tag."""
    response: HttpResponse | None = get_conditional_response(request, etag=tag)
    return response


def answer(request: HttpRequest, made: Page, tag: str) -> HttpResponse:
    """A `page`, unpacked for those who do not take it compressed."""
    taken = request.headers.get("Accept-Encoding", "").replace(" ", "").split(",")
    if "br" in taken:
        response = HttpResponse(made.br, headers={"Content-Encoding": "br"})
    elif "gzip" in taken:
        response = HttpResponse(made.gzip, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(made.gzip))
    response["ETag"] = tag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "HX-Request"])
    return response


@cache
def _release() -> str:
    """A hash of all that pages are made by, so that a new release is a new page."""
    digest = sha256()
    for folder, names in MADE_BY.items():
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(names)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
