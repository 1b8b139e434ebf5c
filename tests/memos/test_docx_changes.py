"""Two memos as one Word document: what was changed can be accepted or rejected."""

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from policyguide.memos.docx import Copyist, saved
from policyguide.memos.docx_changes import Revision, docx_of_changes, paragraphs_of
from tests.memos import making

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
INSERTED, DELETED = qn("w:ins"), qn("w:del")

WAYS = {
    "nothing": ("<p>It trains.</p>", "<p>It trains.</p>"),
    "a word": ("<p>It trains on posts.</p>", "<p>It trains on your posts.</p>"),
    "a word within a link": (
        '<p>Read <a href="https://a.example/">the old page</a> now.</p>',
        '<p>Read <a href="https://a.example/">the new page</a> now.</p>',
    ),
    "marks": (
        "<p>It <em>may</em> train.</p>",
        "<p>It <strong>does</strong> train.</p>",
    ),
    "a paragraph more": ("<h2>A</h2><p>One.</p>", "<h2>A</h2><p>One.</p><p>Two.</p>"),
    "a paragraph less": ("<h2>A</h2><p>One.</p><p>Two.</p>", "<h2>A</h2><p>Two.</p>"),
    "the last one": ("<p>One.</p><p>Two.</p>", "<p>One.</p>"),
    "all of it": ("<h2>A</h2><p>One.</p>", "<ul><li>Else</li></ul>"),
    "an item": ("<ol><li>a</li><li>b</li></ol>", "<ol><li>a</li><li>c d</li></ol>"),
    "a cell": (
        "<table><tr><th>Who</th><td>It is no</td></tr></table>",
        "<table><tr><th>Who</th><td>It is yes</td></tr></table>",
    ),
    "any characters": ("<p>a &lt;w:p/&gt; “é”  𝄞</p>", "<p>b &lt;w:p/&gt; “é” 𝄞 א</p>"),
}


def written(html):
    document = Document()
    Copyist(document).copy(f"<html><body>{html}</body></html>")
    return document


def tracked(before, after):
    """The later document, marked, as somebody opens it."""
    document = written(after)
    revision = Revision(by="A Partner", at=AT)
    revision.mark(paragraphs_of(written(before)), paragraphs_of(document))
    return Document(BytesIO(saved(document)))


def text_with(document, *, gone):
    """What it says to somebody who lets changes of this kind go."""
    lines = []
    for paragraph in document.element.body.iter(qn("w:p")):
        mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}/{gone}")
        said = [
            text.text or ""
            for text in paragraph.iter(qn("w:t"), qn("w:delText"))
            if not any(above.tag == gone for above in text.iterancestors())
        ]
        if mark is None or "".join(said):
            lines.append("".join(said))
    return [line for line in lines if line.strip()]


def texts(html):
    return [row.text for row in paragraphs_of(written(html)) if row.text.strip()]


@pytest.mark.parametrize(("before", "after"), WAYS.values(), ids=WAYS)
def test_accepting_gives_the_later_and_rejecting_the_earlier(before, after):
    document = tracked(before, after)

    assert text_with(document, gone=DELETED) == texts(after)
    assert text_with(document, gone=INSERTED) == texts(before)


def test_only_what_changed_is_marked():
    document = tracked(*WAYS["a word"])

    (insertion,) = document.element.body.iter(INSERTED)
    assert "".join(text.text for text in insertion.iter(qn("w:t"))) == "your "
    assert not list(document.element.body.iter(DELETED))


def test_every_change_has_an_author_a_date_and_a_number_of_its_own():
    document = tracked(*WAYS["all of it"])

    changes = list(document.element.body.iter(INSERTED, DELETED))
    assert {change.get(qn("w:author")) for change in changes} == {"A Partner"}
    assert {change.get(qn("w:date")) for change in changes} == {"2026-11-24T09:30:00Z"}
    numbers = [change.get(qn("w:id")) for change in changes]
    assert len(numbers) == len(set(numbers)) > 2


@pytest.mark.parametrize(("before", "after"), WAYS.values(), ids=WAYS)
def test_elements_stand_where_the_schema_lets_them(before, after):
    """ECMA-376 Part 1, 17.3.1.29 and 17.13.5: where changes and their runs may be."""
    document = tracked(before, after)

    for change in document.element.body.iter(INSERTED, DELETED):
        above = change.getparent().tag
        if above == qn("w:rPr"):
            assert change.getparent().getparent().tag == qn("w:pPr")
            assert change.getparent().getnext() is None
            assert len(change) == 0
        else:
            assert above in {qn("w:p"), qn("w:hyperlink")}
            assert {run.tag for run in change} == {qn("w:r")}
    for text in document.element.body.iter(qn("w:t"), qn("w:delText")):
        is_deleted = any(above.tag == DELETED for above in text.iterancestors())
        assert (text.tag == qn("w:delText")) == is_deleted
    for cell in document.element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_a_reworded_paragraph_keeps_its_links():
    document = tracked(*WAYS["a word within a link"])

    (link,) = Paragraph(document.paragraphs[0]._p, document).hyperlinks
    assert link.url == "https://a.example/"


@pytest.fixture
def two_memos(hale_marsh, partner):
    pages = ("<h1>Memo</h1><p>It trains.</p>", "<h1>Memo</h1><p>It no longer does.</p>")
    return [
        making.issued(hale_marsh, making.edition(), partner, html=html)
        for html in pages
    ]


def test_the_changes_are_by_whoever_issued_the_later_memo(two_memos, partner):
    document = Document(BytesIO(docx_of_changes(*two_memos)))

    changes = list(document.element.body.iter(INSERTED, DELETED))
    assert {change.get(qn("w:author")) for change in changes} == {str(partner)}
    assert "not the record" in document.sections[0].header.paragraphs[0].text


def test_libreoffice_opens_it_and_shows_both_words(two_memos, tmp_path):
    (tmp_path / "changes.docx").write_bytes(docx_of_changes(*two_memos))

    subprocess.run(  # noqa: S603 - our own file
        [
            *(
                shutil.which("soffice"),
                f"-env:UserInstallation=file://{tmp_path}/profile",
            ),
            *("--headless", "--convert-to", "odt", "--outdir", tmp_path),
            tmp_path / "changes.docx",
        ],
        check=True,
        capture_output=True,
    )

    with ZipFile(tmp_path / "changes.odt") as opened:
        content = opened.read("content.xml").decode()
    assert content.count("<text:insertion>") >= 1
    assert content.count("<text:deletion>") >= 1
