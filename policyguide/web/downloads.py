"""Files that are sent to be kept."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header


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
