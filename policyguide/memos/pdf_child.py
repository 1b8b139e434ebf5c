"""The process that typesets. The only module that imports WeasyPrint.

Run by `pdf.Child` as `python -m policyguide.memos.pdf_child FD`. It answers each job
that arrives on the descriptor, until the other end is closed. It is given no secrets
and imports nothing of Django.

Loading fonts and libraries takes seconds, and a bad job ends the process that does it.
So what is loaded is kept in one process, and the jobs are done in a copy of it.
"""

import gc
import itertools
import json
import logging
import os
import sys
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from weasyprint import CSS, HTML
from weasyprint.document import Document, DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from policyguide.memos.pdf_finish import Embedded, Properties, Unfit, finished
from policyguide.memos.pdf_join import ELSEWHERE
from policyguide.memos.pdf_limits import (
    cause_of_death,
    limit_memory_and_files,
    limit_processor_time,
)
from policyguide.memos.pdf_tags import complete

STATIC = Path(__file__).parents[2] / "static"
SERVED = frozenset(
    path.relative_to(STATIC).as_posix() for path in STATIC.glob("fonts/*/*.woff2")
)
PART = "<!-- part -->"
SHEET = '<div class="sheet"></div>'
BODIES_KEPT = 32
JOBS_BETWEEN_FULL_COLLECTIONS = 50


class OnlyOurOwn(URLFetcher):  # type: ignore[misc]
    """Serves our fonts and the job's images under `memo:`, and refuses all else.

    The refusal is fatal: a memo that asks for anything else must not be issued.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["memo"], allow_redirects=False)
        self.images: dict[str, bytes] = {}

    @contextmanager
    def serving(self, images: dict[str, str]) -> Iterator[None]:
        """Also serve these images, given in base64, for the time being."""
        self.images = {name: b64decode(content) for name, content in images.items()}
        yield
        self.images = {}

    def fetch(
        self, url: str, headers: dict[str, str] | None = None
    ) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme == "memo" and name in self.images:
            return URLFetcherResponse(url, self.images[name])
        if scheme == "memo" and name in SERVED:
            return URLFetcherResponse(url, (STATIC / name).read_bytes())
        raise FatalURLFetchingError(
            f"It asks for “{url[:80]}”, which no memo may load."
        )


class Faults(logging.Handler):
    """Keeps what WeasyPrint reports as an error, such as a link to nowhere."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@dataclass(frozen=True, kw_only=True)
class Written:
    """A part of a memo as a file of its own."""

    file: bytes
    pages: int


@dataclass
class Typesetter:
    """What is worth keeping between documents: fonts, style, and bodies met before."""

    most_pages: int
    fetcher: OnlyOurOwn = field(default_factory=OnlyOurOwn)
    fonts: FontConfiguration = field(default_factory=FontConfiguration)
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.style = CSS(
            string=(STATIC / "css" / "memo.css").read_text(encoding="utf-8"),
            url_fetcher=self.fetcher,
            font_config=self.fonts,
        )
        logging.getLogger("weasyprint").addHandler(self.faults)
        self.written_once = lru_cache(maxsize=BODIES_KEPT)(self.written)

    def pdf(self, job: dict[str, Any]) -> bytes:
        """The finished file. Its body, which firms that are alike share, is written
        once; the opening and what is printed on every page are each memo's own."""
        properties = _properties(job["meta"])
        head, running, opening, body, tail = job["html"].split(PART)
        with self.fetcher.serving(job["images"]):
            first = self.written(head + leading_elsewhere(opening) + tail)
        rest = self.written_once(head + body + tail)
        pages = first.pages + rest.pages
        if pages > self.most_pages:
            raise Unfit(f"It has {pages} pages; {self.most_pages} is the most.")
        sheets = self.laid_out(head + running + SHEET * pages + tail)
        return finished(
            first.file,
            rest.file,
            sheets.write_pdf(uncompressed_pdf=True, finisher=complete),
            properties,
            _embedded(job["attachment"]),
        )

    def written(self, html: str) -> Written:
        """A tagged PDF/A-3a file. Not compressed, as it is read again at once."""
        self.faults.found.clear()
        document = self.laid_out(html)
        # What the HTML says of itself does not count; attachments least of all.
        document.metadata = DocumentMetadata(lang=document.metadata.lang)
        file = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=False,
            uncompressed_pdf=True,
            finisher=complete,
        )
        _require_glyphs(document)
        if self.faults.found:
            raise Unfit(f"It has a fault: {self.faults.found[0]}")
        return Written(file=file, pages=len(document.pages))

    def laid_out(self, html: str) -> Document:
        return HTML(string=html, url_fetcher=self.fetcher).render(
            font_config=self.fonts, stylesheets=[self.style]
        )


def leading_elsewhere(html: str) -> str:
    """Its links within the document as links to what is not laid out with it."""
    return html.replace('href="#', f'href="{ELSEWHERE}')


def _require_glyphs(document: Document) -> None:
    """Refuse a document with characters that no font here can show."""
    missing = sorted(
        {point for font in document.fonts.values() for point in font.missing}
    )
    if missing:
        shown = ", ".join(f"{chr(point)} (U+{point:04X})" for point in missing[:10])
        raise Unfit(
            f"No font on this machine has the characters {shown}. Installing the Noto "
            "fonts (Debian: fonts-noto-core, fonts-noto-cjk) gives most of them."
        )


def _properties(meta: dict[str, str]) -> Properties:
    issued_at = datetime.fromisoformat(meta.pop("issued_at"))
    return Properties(**meta, issued_at=issued_at)


def _embedded(attachment: dict[str, str] | None) -> Embedded | None:
    if attachment is None:
        return None
    content = b64decode(attachment.pop("content"))
    return Embedded(**attachment, content=content)


def answer(typesetter: Typesetter, job: bytes) -> tuple[str, bytes]:
    """The reason why the job failed, or none and the file."""
    try:
        return "", typesetter.pdf(json.loads(job))
    except (Unfit, FatalURLFetchingError) as error:
        return str(error), b""
    except RecursionError:
        return "Its parts are nested too deeply.", b""
    except MemoryError:
        return "It needed more memory than a memo may take.", b""
    except Exception as error:
        return f"It could not be laid out ({type(error).__name__}: {error})."[:300], b""


def serve(connection: Connection) -> None:
    """Load what is needed, then let one copy of this process after the other work."""
    limits = json.loads(connection.recv_bytes())
    limit_memory_and_files(limits["memory_bytes"], limits["file_bytes"])
    typesetter = Typesetter(most_pages=limits["pages"])
    connection.send_bytes(b"{}")
    # Nothing loaded so far becomes garbage, and what a job leaves is collected when
    # its answer is out: looking for garbage in between costs a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.disable()
    while failure := work_in_a_copy(
        connection, typesetter, limits["processor_seconds"]
    ):
        connection.send_bytes(json.dumps({"failure": failure}).encode())


def work_in_a_copy(
    connection: Connection, typesetter: Typesetter, processor_seconds: float
) -> str:
    """What ended the copy that did the work; nothing if no more is to be done."""
    copy = os.fork()
    if not copy:
        work(connection, typesetter, processor_seconds)
    _, status = os.waitpid(copy, 0)
    return cause_of_death(os.waitstatus_to_exitcode(status))


def work(
    connection: Connection, typesetter: Typesetter, processor_seconds: float
) -> NoReturn:
    """Answer each job that comes, until nobody is there to send one."""
    with suppress(EOFError, ConnectionError):
        for count in itertools.count(1):
            job = connection.recv_bytes()
            limit_processor_time(processor_seconds)
            failure, pdf = answer(typesetter, job)
            limit_processor_time(0)
            connection.send_bytes(json.dumps({"failure": failure}).encode())
            if not failure:
                connection.send_bytes(pdf)
            gc.collect(2 if count % JOBS_BETWEEN_FULL_COLLECTIONS == 0 else 0)
    os._exit(os.EX_OK)


if __name__ == "__main__":
    with Connection(int(sys.argv[1])) as parent:
        serve(parent)
