"""Files that are sent to be kept."""

from collections.abc import Iterable, Iterator
from typing import cast

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now

from policyguide.firms.models import Person
from policyguide.memos.downloads import note_downloads


def attached(name: str) -> str:
    """The header that has a browser save an answer as a file of this name."""
    return content_disposition_header(as_attachment=True, filename=name) or ""


def zip_file(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    headers = {
        "Content-Disposition": attached(name),
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(
        pieces, content_type="application/zip", headers=headers
    )


def note_taken(request: HttpRequest, memos: Iterable[tuple[int, int]]) -> None:
    """Note who takes these memos, given with their firms; a HEAD takes none away."""
    if request.method == "GET":
        person = cast(Person, request.user)
        note_downloads(list(memos), by=person, on=localdate(), at=now())
