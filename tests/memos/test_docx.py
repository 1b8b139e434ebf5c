"""The copy to edit says all that the memo says, by Word's own means."""

from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from policyguide.firms.letterheads import Letterhead
from policyguide.firms.models import Firm
from policyguide.memos.docx import Copyist, docx_of
from tests import factories
from tests.memos import making


@pytest.fixture
def copied():
    """What becomes of a piece of HTML."""

    def copy(html):
        document = Document()
        Copyist(document).copy(f"<html><body>{html}</body></html>")
        return document

    return copy


def told(document):
    return [(row.style.name, row.text.strip()) for row in document.paragraphs]


def test_headings_and_paragraphs_have_words_own_styles(copied):
    document = copied("<h1>Memo</h1><h2>Question</h2><h3>Why</h3><p>So.</p>")

    assert told(document) == [
        ("Heading 1", "Memo"),
        ("Heading 2", "Question"),
        ("Heading 3", "Why"),
        ("Normal", "So."),
    ]


def test_white_space_is_shown_as_a_browser_would(copied):
    document = copied("<div>\n  <p>One\n   <em>two</em>  three</p>\n\n</div>")

    assert document.paragraphs[0].text == "One two three "


def test_citations_after_a_paragraph_belong_to_it_and_lead_to_their_quotation(copied):
    document = copied(
        '<div><p>It trains.</p><sup><a href="#c1">1</a></sup> <span>Our view</span>'
        '</div><p id="c1">“We use posts”</p>'
    )
    statement, quotation = document.paragraphs

    assert statement.text == "It trains.1 Our view"
    (link,) = statement._p.findall(qn("w:hyperlink"))
    assert link.get(qn("w:anchor")) == "c1"
    (bookmark,) = quotation._p.findall(qn("w:bookmarkStart"))
    assert bookmark.get(qn("w:name")) == "c1"


def test_links_out_are_live(copied):
    document = copied('<p><a href="https://example.test/a">there</a></p>')

    (link,) = document.paragraphs[0].hyperlinks
    assert (link.text, link.url) == ("there", "https://example.test/a")


def test_marks_are_kept(copied):
    document = copied("<p><strong>b</strong><em>i</em><sup>s</sup>p</p>")

    shown = [
        (row.text, row.bold, row.italic, row.font.superscript)
        for row in document.paragraphs[0].runs
    ]
    assert shown == [
        ("b", True, None, None),
        ("i", None, True, None),
        ("s", None, None, True),
        ("p", None, None, None),
    ]


def test_every_numbered_list_begins_with_one(copied):
    document = copied("<ol><li>a</li><li><p>b</p></li></ol><ol><li>c</li></ol>")
    numbers = [row._p.pPr.numPr.numId.val for row in document.paragraphs]

    assert told(document) == [("List Number", letter) for letter in "abc"]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = document.part.numbering_part.element
    for number in set(numbers):
        (override,) = numbering.num_having_numId(number).lvlOverride_lst
        assert override.find(qn("w:startOverride")).get(qn("w:val")) == "1"


def test_tables_keep_their_head_and_stay_apart(copied):
    table = (
        "<table><thead><tr><th>Who</th><th>What</th></tr></thead>"
        "<tbody><tr><th>All<br>of them</th><td><p>Decide</p></td></tr></tbody></table>"
    )
    document = copied(table + table)

    first = document.tables[0]
    assert len(document.tables) == 2
    assert [[cell.text for cell in row.cells] for row in first.rows] == [
        ["Who", "What"],
        ["All\nof them", "Decide"],
    ]
    assert first.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert first.rows[1]._tr.trPr is None
    assert first._tbl.getnext().tag == qn("w:p")


def test_what_is_printed_on_every_page_and_pictures_are_left_out(copied):
    document = copied(
        '<div class="running"><p>Firm</p></div><!-- part --><p><img src="memo:qr">x</p>'
    )

    assert told(document) == [("Normal", "x")]


def test_it_says_on_every_page_that_it_is_not_the_record(hale_marsh):
    memo = making.issued(hale_marsh, making.edition(), factories.person())

    file = docx_of(memo)

    document = Document(BytesIO(file))
    assert (
        "Editable copy, not the record"
        in document.sections[0].header.paragraphs[0].text
    )
    assert document.core_properties.title == f"Memo 1, {hale_marsh.name}"
    assert document.core_properties.language == "en-GB"
    with ZipFile(BytesIO(file)) as parts:
        assert parts.testzip() is None


def test_any_name_of_a_firm_is_only_text():
    name = '<w:p/> & "Söhne" ‮LLP'
    memo = SimpleNamespace(
        letterhead=Letterhead,
        logo=lambda: None,
        number=1,
        profile={"name": name},
        issued_at=making.AT,
        original=SimpleNamespace(sha256="0" * 64, html="<body><p>x</p></body>"),
    )

    document = Document(BytesIO(docx_of(memo)))

    assert document.core_properties.author == name


def test_the_logo_is_in_it_under_the_firms_name_and_no_other_picture():
    file = BytesIO()
    Image.new("RGB", (60, 40), "#1f4e79").save(file, "PNG")
    document = Document()

    Copyist(document, logo=file.getvalue()).copy(
        "<html><body><header><style>h1 { color: red }</style>"
        '<p><img src="memo:logo" alt="Hale"></p><h1>Memo</h1>'
        '<div><img src="memo:qr" alt="The address"></div></header></body></html>'
    )

    (picture,) = document.element.xpath("//wp:docPr")
    assert picture.get("descr") == "Hale"
    assert told(document) == [("Normal", ""), ("Heading 1", "Memo")]


def test_headings_have_the_firms_colour(hale_marsh, partner):
    Firm.objects.filter(pk=hale_marsh.pk).update(accent="#1f4e79")
    hale_marsh.refresh_from_db()
    memo = making.issued(hale_marsh, making.edition(), partner, html="<h1>Memo</h1>")

    document = Document(BytesIO(docx_of(memo)))

    assert str(document.styles["Heading 1"].font.color.rgb) == "1F4E79"
