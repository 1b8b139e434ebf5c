"""What is pasted or uploaded is read as text, or refused with a reason."""

import gzip
import zipfile
import zlib
from io import BytesIO

import pytest
from pypdf import PdfWriter

from policyguide.policy.saved_pages import LARGEST, Unreadable, text_of

SENTENCE = "Some members' data trains models in these regions."
PAGE = """<!doctype html><html><head><title>Help</title><style>p {}</style>
<script>track()</script></head><body><nav>Home</nav><main>
<h1>Update to our Terms</h1><p>Some members' <b>data</b>
trains&nbsp;models in these regions.</p>
<span data-test-selector="relativeTime-container">1 month ago</span>
<div class="a machine-translation b">Translated</div>
<ul><li>One</li><li>Two</li></ul><div id="helpfulness-rating">Helpful?</div>
</main><footer>About</footer></body></html>"""


def pdf(text):
    """A page with the text on it, made by hand."""
    content = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n"
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer\n<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % xref


def zipped():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("page.html", PAGE)
    return file.getvalue()


def empty_pdf():
    file = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(file)
    return file.getvalue()


def test_plain_text_is_taken_as_it_is():
    assert text_of(SENTENCE.encode()) == SENTENCE


def test_a_saved_page_gives_its_article_a_block_a_line():
    lines = [line.strip() for line in text_of(PAGE.encode()).split("\n")]

    assert [line for line in lines if line] == [
        "Update to our Terms",
        "Some members' data trains models in these regions.",
        "One",
        "Two",
    ]


def test_a_pdf_gives_its_text():
    text = SENTENCE.replace("'", "\\222")

    assert "data trains models in these regions." in text_of(pdf(text))


@pytest.mark.parametrize("charset", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_says_how_characters_are_stored(charset):
    assert text_of(SENTENCE.encode(charset)) == SENTENCE


def test_a_page_may_declare_its_characters():
    page = f'<html><meta charset="iso-8859-1"><body><p>{SENTENCE} Café'

    assert "Café" in text_of(page.encode("iso-8859-1"))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "no text"),
        (b"   \n\t ", "no text"),
        ("\u200b".encode() * 50, "no text"),
        (b"<html><body><script>" + b"x" * 500 + b"</script></body></html>", "no text"),
        (b"<html></html>", "no text"),
        (empty_pdf(), "no text"),
        (b"x" * (LARGEST + 1), "5 MB"),
        (zipped(), "ZIP"),
        (gzip.compress(PAGE.encode()), "gzip"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image"),
        (b"{\\rtf1 " + SENTENCE.encode() + b"}", "rich-text"),
        (SENTENCE.encode("latin-1") + b"\xe9\xff\xfe", "UTF-8"),
        (SENTENCE.encode() + b"\0", "control characters"),
        (SENTENCE.encode() + b"\x1b[31m", "control characters"),
        (b'<html><meta charset="x-none"><p>' + SENTENCE.encode(), "UTF-8"),
        (b"%PDF-1.7\n" + b"garbage " * 100, "PDF cannot be read"),
        (b"%PDF-1.7\n", "PDF cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_not_a_pages_text_is_refused_with_the_reason(raw, says):
    with pytest.raises(Unreadable, match=says):
        text_of(raw)


def test_html_nested_beyond_all_sense_is_refused():
    with pytest.raises(Unreadable):
        text_of(b"<html><body>" + b"<div>" * 200_000 + SENTENCE.encode())


def test_entities_are_not_expanded_without_end():
    bomb = (
        b'<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        b"<html><body><p>" + b"&b;" * 1000 + SENTENCE.encode()
    )

    assert len(text_of(bomb)) < 10_000


def test_a_pdf_that_unpacks_to_gigabytes_is_refused():
    packed = zlib.compress(b"\0" * 50_000_000)
    for _ in range(2):
        packed = zlib.compress(packed)
    body = b"<</Length %d/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\n" % len(
        packed
    )
    bomb = pdf("x").replace(
        b"<</Length 38>>stream\nBT /F1 12 Tf 72 720 Td (x) Tj ET", body + packed
    )

    with pytest.raises(Unreadable):
        text_of(bomb)
