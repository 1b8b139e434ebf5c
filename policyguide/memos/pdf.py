"""The memo as a PDF of record: PDF/A-3a and PDF/UA-1 in one file.

Clause text is written by people, and a few hostile lines can keep a typesetter busy for
minutes. So the typesetting happens in a child process that has a processor, memory and
time limit, none of this process's secrets and no way to fetch anything; it is kept warm
between memos and replaced when it fails. WeasyPrint is never imported here.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from multiprocessing.connection import Connection, Pipe
from threading import Lock

from django.conf import settings

from policyguide.memos.pdf_limits import cause_of_death

CHILD = "policyguide.memos.pdf_child"
LIBRARIES = (
    "gobject-2.0",
    "pango-1.0",
    "pangoft2-1.0",
    "harfbuzz",
    "harfbuzz-subset",
    "fontconfig",
)
INHERITED = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
MOST_CHARACTERS = 2_000_000
SECONDS_TO_START = 60
RENDERS_PER_CHILD = 500


class PdfUnavailable(RuntimeError):
    """This installation cannot make PDFs; the argument says what is missing."""


class RenderFailed(RuntimeError):
    """This document could not be made; the argument is a reason a person can read."""


class Paper(StrEnum):
    """Page sizes; the template puts one on the root element as its class."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one document may cost, and how long it may be."""

    seconds: int = 30
    processor_seconds: float = 20
    memory_bytes: int = 1 << 30
    file_bytes: int = 64 << 20
    pages: int = 60


LIMITS = Limits()


@dataclass(frozen=True, kw_only=True)
class DocumentMeta:
    """What the file says of itself. `issued_at` is its only date: no clock is read."""

    title: str
    author: str
    subject: str
    issued_at: datetime
    language: str = "en-GB"


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """The data behind the document, embedded as a PDF/A-3 associated file."""

    name: str
    content: bytes
    description: str
    media_type: str = "application/json"


def pdf_available() -> bool:
    """Whether PDFs can be made here. Looks the libraries up once, and loads none."""
    return not _missing()


def render_pdf(
    html: str,
    *,
    meta: DocumentMeta,
    attachment: Attachment | None = None,
    images: Mapping[str, bytes] | None = None,
) -> bytes:
    """The finished, checked file. The same arguments give the same bytes.

    The HTML is styled by `static/css/memo.css` and may show `images` by the address
    `memo:NAME`; it can load nothing else. Raises `RenderFailed` or `PdfUnavailable`.
    """
    if missing := _missing():
        raise PdfUnavailable(f"Missing: {', '.join(missing)}.")
    if len(html) > MOST_CHARACTERS:
        raise RenderFailed(f"It has more than {MOST_CHARACTERS:,} characters of HTML.")
    job = {
        "html": html,
        "meta": {
            "title": meta.title,
            "author": meta.author,
            "subject": meta.subject,
            "issued_at": meta.issued_at.isoformat(),
            "language": meta.language,
        },
        "attachment": attachment
        and {
            "name": attachment.name,
            "content": b64encode(attachment.content).decode(),
            "description": attachment.description,
            "media_type": attachment.media_type,
        },
        "images": {
            name: b64encode(content).decode()
            for name, content in (images or {}).items()
        },
    }
    return RENDERER.render(json.dumps(job).encode())


@cache
def _missing() -> tuple[str, ...]:
    """The libraries and packages that are not installed."""
    packages = [name for name in ("weasyprint", "pikepdf") if find_spec(name) is None]
    return (*packages, *(name for name in LIBRARIES if find_library(name) is None))


@dataclass(kw_only=True)
class Child:
    """A process whose copies typeset one document after another."""

    process: subprocess.Popen[bytes]
    connection: Connection
    renders: int = 0

    @classmethod
    def start(cls) -> "Child":
        ours, theirs = Pipe()
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, "-m", CHILD, str(theirs.fileno())],
                cwd=settings.BASE_DIR,
                env={name: os.environ[name] for name in INHERITED if name in os.environ}
                | {"LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                process_group=0,
            )
        child = cls(process=process, connection=ours)
        ours.send_bytes(json.dumps(asdict(LIMITS)).encode())
        if failure := child.answer(within=SECONDS_TO_START).get("failure"):
            child.stop()
            raise PdfUnavailable(failure)
        return child

    def render(self, job: bytes) -> bytes:
        self.renders += 1
        self.connection.send_bytes(job)
        if failure := self.answer(within=LIMITS.seconds).get("failure"):
            raise RenderFailed(failure)
        return self.connection.recv_bytes()

    def answer(self, *, within: int) -> dict[str, str]:
        """What the child says; if it stays silent or dies, what must have happened."""
        try:
            if self.connection.poll(within):
                answer: dict[str, str] = json.loads(self.connection.recv_bytes())
                return answer
        except (EOFError, ConnectionError):
            self.process.wait()
            return {"failure": cause_of_death(self.process.returncode)}
        self.stop()
        return {"failure": f"It was not finished within {within} seconds."}

    @property
    def is_worn_out(self) -> bool:
        """Whether it should make no further document."""
        return self.process.poll() is not None or self.renders >= RENDERS_PER_CHILD

    def stop(self) -> None:
        """End it and its copies, which are a group of their own."""
        self.connection.close()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Renderer:
    """This process's child, started when first needed and replaced when worn out."""

    child: Child | None = None
    lock: Lock = field(default_factory=Lock)

    def render(self, job: bytes) -> bytes:
        with self.lock:
            if self.child is None or self.child.is_worn_out:
                self.stop()
                self.child = Child.start()
            return self.child.render(job)

    def stop(self) -> None:
        if self.child is not None:
            self.child.stop()
            self.child = None


RENDERER = Renderer()
atexit.register(RENDERER.stop)
