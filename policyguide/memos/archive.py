"""Issued memos as one ZIP, made while it is sent: a memo at a time is in memory.

They are stored in it as they are, for a PDF cannot be made smaller.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import RawIOBase
from typing import cast
from zipfile import ZipFile, ZipInfo

from django.utils.timezone import make_naive

from policyguide.memos.models import Altered, Memo, Original

logger = logging.getLogger(__name__)

SUMS = "SHA256SUMS"
READ_AT_A_TIME = 4


class Outlet(RawIOBase):
    """A file that is only written to, and emptied again and again."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | memoryview") -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def emptied(self) -> bytes:
        content = b"".join(self.pieces)
        self.pieces.clear()
        return content


def file_name(slug: str, memo: Memo, ending: str) -> str:
    """A name that sorts by date and has nothing in it that any system minds."""
    day = make_naive(cast(datetime, memo.issued_at)).date()
    return f"{day}-{slug}-memo-{memo.number}.{ending}"


def zipped(originals: Iterable[Original]) -> Iterator[bytes]:
    """A ZIP of these, a folder for each firm, with a list of hashes for `sha256sum -c`.

    A memo whose bytes are no longer those issued is left out, and the list says so.
    """
    outlet, sums = Outlet(), []
    with ZipFile(outlet, "w") as archive:
        for original in originals:
            slug = original.firm.slug
            name = f"{slug}/{file_name(slug, original.memo, 'pdf')}"
            try:
                content = original.as_issued()
            except Altered as error:
                logger.error("left out of an archive: %s", error)
                sums.append(f"# {name} is left out: it is not what was issued.\n")
                continue
            issued_at = cast(datetime, original.memo.issued_at)
            archive.writestr(_entry(name, issued_at), content)
            sums.append(f"{original.sha256}  {name}\n")
            yield outlet.emptied()
        archive.writestr(SUMS, "".join(sums))
    yield outlet.emptied()


def _entry(name: str, moment: datetime) -> ZipInfo:
    return ZipInfo(name, make_naive(moment).timetuple()[:6])
