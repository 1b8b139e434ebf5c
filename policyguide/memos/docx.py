"""The memo as a Word document: a copy to edit. The PDF stays the record.

It is made of the HTML that was issued, so it says what the memo says, whatever has
changed since.
"""

import re
from collections.abc import Mapping
from io import BytesIO
from itertools import count
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentOf
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import Comment
from lxml.html import document_fromstring

from policyguide.memos.models import Memo

STYLES = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "p": "Normal"}
LISTS = {"ol": "List Number", "ul": "List Bullet"}
CONTAINERS = frozenset({"blockquote", "div", "header", "main", "section"})
MARKS = {
    "a": "underline",
    "b": "bold",
    "em": "italic",
    "span": "italic",
    "strong": "bold",
    "sup": "superscript",
    "th": "bold",
}
NOT_COPIED = frozenset({"img", "style", Comment})
LOGO = "memo:logo"
LOGO_HEIGHT = Mm(14)
RUNNING = "running"  # what is printed on every page
SPACE = re.compile(r"[ \t\n\r\f]+")

type Place = DocumentOf | _Cell
type Marks = frozenset[str]
PLAIN: Marks = frozenset()
NONE: Mapping[str, str] = MappingProxyType({})


def docx_of(memo: Memo) -> bytes:
    """The issued memo under Word's own headings, lists, tables and links."""
    return saved(word_copy(memo))


def word_copy(memo: Memo) -> DocumentOf:
    """The document, which may still be changed."""
    document = Document()
    title = _("Memo %(number)s, %(firm)s") % {
        "number": memo.number,
        "firm": memo.profile["name"],
    }
    warning = _("Editable copy, not the record")
    _describe(document, memo, title=title, warning=warning)
    document.add_paragraph(
        _("%(warning)s. The record is the PDF with this SHA-256: %(sha256)s")
        % {"warning": warning, "sha256": memo.original.sha256},
        style="Intense Quote",
    )
    Copyist(document, logo=memo.logo()).copy(memo.original.html)
    return document


def saved(document: DocumentOf) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _describe(document: DocumentOf, memo: Memo, *, title: str, warning: str) -> None:
    """What the file says of itself, and what stands on every page."""
    properties = document.core_properties
    properties.title = title
    properties.author = memo.letterhead().prepared_by or memo.profile["name"]
    properties.comments = warning
    properties.language = "en-GB"
    properties.created = properties.modified = memo.issued_at
    document.styles["Normal"].font.size = Pt(10.5)
    if accent := memo.letterhead().accent:
        heading = document.styles["Heading 1"].font
        heading.color.rgb = RGBColor.from_string(accent.removeprefix("#"))
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{title}\t\t{warning}"
    page = section.footer.paragraphs[0]
    page.text = "\t\t"
    page._p.append(word_element("w:fldSimple", {"w:instr": "PAGE"}))


class Copyist:
    """Writes what HTML says into a document.

    Text outside any block, such as the numbers of citations, goes to the last
    paragraph. `fresh` is a paragraph that is there already and still empty.
    """

    def __init__(self, document: DocumentOf, *, logo: bytes | None = None) -> None:
        self.document = document
        self.logo = logo
        self.bookmarks = count(1)
        self.fresh: Paragraph | None = None
        self._go_on_in(document.add_paragraph())

    def copy(self, html: str) -> None:
        self._mixed(document_fromstring(html).body, self.document)

    def _mixed(self, element: Any, place: Place, marks: Marks = PLAIN) -> None:
        """Blocks, and text between them."""
        self._text(element.text, self.paragraph._p, marks)
        for child in element:
            self._one(child, place, marks)
            self._text(child.tail, self.paragraph._p, marks)

    def _one(self, element: Any, place: Place, marks: Marks) -> None:
        tag = element.tag
        if tag in NOT_COPIED or element.get("class") == RUNNING:
            return
        if tag in CONTAINERS:
            self._mixed(element, place, marks)
        elif tag in LISTS:
            self._list(element, place)
        elif tag == "table":
            self._table(element, place)
        else:
            if tag in STYLES:
                self._begin(place, STYLES[tag], element.get("id"))
            self._inline(element, self.paragraph._p, marks)

    def _begin(self, place: Place, style: str, bookmark: str | None = None) -> None:
        """Start a paragraph, or take the one that is fresh."""
        if self.fresh is None:
            self.paragraph = place.add_paragraph()
        if self.fresh is None or style != "Normal":
            self.paragraph.style = style
        self.fresh, self.ends_in_space = None, True
        if bookmark:
            number = {"w:id": str(next(self.bookmarks))}
            start = word_element("w:bookmarkStart", number | {"w:name": bookmark})
            self.paragraph._p.extend([start, word_element("w:bookmarkEnd", number)])

    def _list(self, element: Any, place: Place) -> None:
        style = LISTS[element.tag]
        numbering = self._new_numbering(style)
        for item in element.iterchildren("li"):
            self._begin(place, style)
            properties = self.paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_numId().val = numbering
            self.fresh = self.paragraph
            self._mixed(item, place)

    def _new_numbering(self, style: str) -> int:
        """A numbering like the style's own that starts again from 1."""
        numbering = self.document.part.numbering_part.element
        of_style = self.document.styles[style].element.pPr.numPr.numId.val
        like = numbering.num_having_numId(of_style).abstractNumId.val
        own = numbering.add_num(like)
        own.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(own.numId)

    def _table(self, element: Any, place: Place) -> None:
        rows = [row.xpath("th|td") for row in element.iter("tr")]
        table = place.add_table(rows=len(rows), cols=max(map(len, rows)))
        table.style = self.document.styles["Table Grid"]
        for row, cells in zip(table.rows, rows, strict=True):
            if cells[0].xpath("ancestor::thead"):
                row._tr.get_or_add_trPr().append(word_element("w:tblHeader"))
            for copied, cell in zip(row.cells, cells, strict=False):
                self._go_on_in(copied.paragraphs[0])
                self._mixed(cell, copied, PLAIN | {cell.tag})
        # Two tables with nothing between them would become one.
        self._go_on_in(place.add_paragraph())

    def _go_on_in(self, paragraph: Paragraph) -> None:
        self.paragraph = self.fresh = paragraph
        self.ends_in_space = True

    def _inline(self, element: Any, into: Any, marks: Marks) -> None:
        """An element's text and that of all within it, as runs."""
        if element.tag == "br":
            self._run("\n", into, marks)
        if element.tag == "img":
            self._picture(element, into)
        if element.tag == "a":
            into = self._link(element.get("href"), into)
        marks = marks | {element.tag}
        self._text(element.text, into, marks)
        for child in element:
            self._inline(child, into, marks)
            self._text(child.tail, into, marks)

    def _link(self, address: str, into: Any) -> Any:
        """A link within the document, or out of it, for runs to be put in."""
        if address.startswith("#"):
            link = word_element("w:hyperlink", {"w:anchor": address[1:]})
        else:
            relation = self.document.part.relate_to(
                address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
            )
            link = word_element("w:hyperlink", {"r:id": relation})
        into.append(link)
        return link

    def _picture(self, element: Any, into: Any) -> None:
        """The firm's logo, which is also read out as the firm's name."""
        if self.logo is None or element.get("src") != LOGO:
            return
        run = Run(OxmlElement("w:r"), self.paragraph)
        into.append(run._r)
        picture = run.add_picture(BytesIO(self.logo), height=LOGO_HEIGHT)
        picture._inline.docPr.set("descr", element.get("alt"))
        self.fresh = None

    def _text(self, text: str | None, into: Any, marks: Marks) -> None:
        """Text as a browser would show it: any white space is one space."""
        shown = SPACE.sub(" ", text or "")
        if self.ends_in_space:
            shown = shown.lstrip(" ")
        if shown:
            self._run(shown, into, marks)

    def _run(self, text: str, into: Any, marks: Marks) -> None:
        run = Run(OxmlElement("w:r"), self.paragraph)
        run.text = text
        for mark in marks & MARKS.keys():
            setattr(run.font, MARKS[mark], True)
        into.append(run._r)
        self.fresh, self.ends_in_space = None, text[-1].isspace()


def word_element(name: str, attributes: Mapping[str, str] = NONE) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(attribute), value)
    return element
