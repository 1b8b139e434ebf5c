"""Text out of what was pasted or uploaded: a saved page as HTML or PDF, or plain text.

Whatever it is, it comes from outside and is not trusted: what is no text in one of
these forms is refused with the reason.
"""

import re
import subprocess
import sys
from pathlib import Path

from lxml import etree, html

LARGEST = 5 * 1024 * 1024
SECONDS_FOR_A_PDF = 20
FEWEST_LETTERS = 10

CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
CHARSET = re.compile(rb"<meta[^>]{1,200}charset=[\"']?([\w-]{1,40})", re.I)
# Beginnings of files that hold no text we could read, by what they are called.
NO_TEXT = {
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"{\\rtf": "a rich-text document",
    b"\xd0\xcf\x11\xe0": "an Office document",
}
# What LinkedIn's help pages put around and beside the article.
NOISE = (
    "script|style|noscript|template|svg|nav|header|footer|aside|form|button|iframe|"
    "*[@hidden]|*[@data-test-selector='relativeTime-container']|"
    "*[@id='helpfulness-rating']|"
    "*[contains(concat(' ', normalize-space(@class), ' '), ' machine-translation ')]|"
    "*[contains(@class, 'article-details-content__aside')]|"
    "*[contains(@class, 'article-content__video')]"
)
BLOCK = re.compile(
    "address|article|blockquote|br|caption|dd|div|dl|dt|fieldset|figcaption|figure|"
    "h[1-6]|hr|li|main|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
PDF_TEXT = Path(__file__).with_name("pdf_text.py")


class Unreadable(ValueError):
    """Nothing that could be quoted can be read in it; the argument says why."""


def text_of(raw: bytes) -> str:
    """The text of a saved page. Raises `Unreadable`."""
    if len(raw) > LARGEST:
        raise Unreadable(
            f"The file has {len(raw) / 1_048_576:.1f} MB; 5 MB is the most. Save the "
            "page without its pictures, or paste its text."
        )
    for beginning, called in NO_TEXT.items():
        if raw.startswith(beginning):
            raise Unreadable(
                f"This is {called}. Save the page as HTML or PDF, or paste its text."
            )
    text = _extracted(raw)
    if sum(map(str.isalnum, text[:10_000])) < FEWEST_LETTERS:
        raise Unreadable("There is no text in it that could be quoted.")
    if CONTROL.search(text):
        raise Unreadable("It holds control characters, so it is not a page's text.")
    return text


def _extracted(raw: bytes) -> str:
    if raw.startswith(b"%PDF-"):
        return _of_pdf(raw)
    return _of_html(raw) if HTML.match(raw[:4096]) else _decoded(raw)


def _decoded(raw: bytes, charset: str = "") -> str:
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16")
        return raw.decode(charset or "utf-8-sig")
    except (LookupError, UnicodeError):
        raise Unreadable(
            "Its characters are not in UTF-8. Save the page anew, or paste its text."
        ) from None


def _of_html(raw: bytes) -> str:
    declared = CHARSET.search(raw[:4096])
    page = _decoded(raw, declared[1].decode() if declared else "")
    try:
        root = html.document_fromstring(page.encode(), parser=_parser())
    except (etree.LxmlError, ValueError):
        raise Unreadable("It is not HTML that could be read.") from None
    for element in root.xpath(" | ".join(f"//{name}" for name in NOISE.split("|"))):
        if element.getparent() is not None:
            element.drop_tree()
    return "".join(_pieces(_article(root)))


def _parser() -> html.HTMLParser:
    return html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )


def _article(root: html.HtmlElement) -> html.HtmlElement:
    """The article, where the page has one and only one."""
    for name in ("article", "main", "body"):
        found: list[html.HtmlElement] = root.xpath(f"//{name}")
        if len(found) == 1:
            return found[0]
    return root


def _pieces(element: html.HtmlElement) -> list[str]:
    """The text in reading order, with a line's end wherever a block begins or ends."""
    found = list[str]()
    for event, node in etree.iterwalk(element, events=("start", "end")):
        edge = "\n" if BLOCK.fullmatch(node.tag) else ""
        text = node.text if event == "start" else node.tail
        is_outside = event == "end" and node is element
        found += (edge, "" if is_outside else _one_line(text))
    return found


def _one_line(text: str | None) -> str:
    """A line's end in HTML is a space."""
    return re.sub(r"\s+", " ", text or "")


def _of_pdf(raw: bytes) -> str:
    """In a process of its own, which hostile files may fill or keep busy in vain."""
    try:
        done = subprocess.run(  # noqa: S603 - our own file; what it reads is not run
            [sys.executable, "-I", PDF_TEXT],
            input=raw,
            capture_output=True,
            timeout=SECONDS_FOR_A_PDF,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("Reading this PDF takes too long. Paste its text.") from None
    if done.returncode:
        raise Unreadable("This PDF cannot be read. Paste the text of the page.")
    return done.stdout.decode("utf-8", "replace")
