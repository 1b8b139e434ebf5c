"""The PDF engine: a file of record out, and nothing else ever in."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from threading import Thread

import page as page_validation
import pikepdf
import pytest
from pikepdf import Dictionary
from PIL import Image

from policyguide.memos import pdf
from policyguide.memos.pdf import (
    Attachment,
    DocumentMeta,
    Limits,
    PdfUnavailable,
    RenderFailed,
    pdf_available,
    render_pdf,
)
from tests.memos.reading import read_aloud

pytestmark = pytest.mark.skipif(not pdf_available(), reason="Pango is not installed")

META = DocumentMeta(
    title="LinkedIn’s terms: what they mean for Müller & Wang",
    author="Müller & Wang LLP",
    subject="Memorandum 3",
    issued_at=datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
)
GUIDANCE = Attachment(
    name="guidance.json", content=b'{"edition":1}', description="The guidance as data"
)
OPENING = """<h1>Memorandum</h1><h2>Short answer</h2>
<p>It does.<sup><a href="#c1">1</a></sup>
<a href="https://www.linkedin.com/legal/privacy/eu">Read it</a>.</p>
<ol><li><p>One</p></li><li>Two<ul><li><p>Deeper</p></li></ul></li></ol>
<table><thead><tr><th scope="col">Who</th><th scope="col">What</th></tr></thead>
<tbody><tr><th scope="row">All</th><td>Decide</td></tr></tbody></table>"""
BODY = """<h2>Sources</h2><p id="c1">“We’re updating our Terms”</p>"""
PLAIN = "<p>It does.</p>"
OUR_FAMILIES = {
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Public Sans",
    "Public Sans Ext",
    "STIX Two Text",
    "STIX Two Text Cyrillic",
    "STIX Two Text Ext",
    "STIX Two Text Greek",
    "STIX Two Text Vietnamese",
}


def document(opening: str = OPENING, body: str = BODY) -> str:
    running = '<p class="running-firm">Müller &amp; Wang</p>'
    return "<!-- part -->".join(
        [
            '<!doctype html><html lang="en-GB"><head></head><body>',
            f'<div class="running">{running}</div>',
            opening,
            body,
            "</body></html>",
        ]
    )


def render(opening: str = OPENING, body: str = BODY, **kwargs: object) -> bytes:
    return render_pdf(document(opening, body), meta=META, **kwargs)  # type: ignore[arg-type]


def attempt(opening: str = OPENING, body: str = BODY) -> tuple[bytes, str]:
    """The file, or the reason why there is none."""
    try:
        return render(opening, body), ""
    except RenderFailed as failure:
        return b"", str(failure)


@pytest.fixture(scope="module")
def little_patience() -> Iterator[None]:
    """Limits low enough for a test to wait for, in a child of its own."""
    with pytest.MonkeyPatch.context() as patch:
        limits = Limits(seconds=60, processor_seconds=0.6, pages=20)
        patch.setattr(pdf, "LIMITS", limits)
        pdf.RENDERER.stop()
        yield
        pdf.RENDERER.stop()


@pytest.fixture(scope="module")
def file() -> bytes:
    return render(attachment=GUIDANCE)


@pytest.fixture
def opened(file: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(file)) as opened:
        yield opened


# The file of record


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_file_breaks_no_rule_of_pdf_a_or_pdf_ua(file: bytes, profile: str) -> None:
    report = page_validation.validate_pdf_bytes(file, profile=profile)

    assert [str(failure) for failure in report.failures] == []
    assert report.is_compliant


def test_the_same_inputs_give_the_same_bytes_in_any_process(file: bytes) -> None:
    assert render(attachment=GUIDANCE) == file
    pdf.RENDERER.stop()
    assert render(attachment=GUIDANCE) == file


def test_the_same_body_behind_another_opening_gives_a_file_of_its_own(
    file: bytes,
) -> None:
    other = render(opening="<h1>Memorandum</h1><p>It does not.</p>")

    assert other != file
    report = page_validation.validate_pdf_bytes(other, profile="ua1")
    assert report.is_compliant


def test_it_names_its_title_author_language_and_date(opened: pikepdf.Pdf) -> None:
    assert str(opened.docinfo.Title) == META.title
    assert str(opened.docinfo.Author) == META.author
    assert str(opened.docinfo.CreationDate) == "D:20261124103000+00'00"
    assert str(opened.Root.Lang) == "en-GB"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_every_font_is_embedded(opened: pikepdf.Pdf) -> None:
    descriptors = [
        thing
        for thing in opened.objects
        if isinstance(thing, pikepdf.Dictionary)
        and thing.get("/Type") == "/FontDescriptor"
    ]

    assert descriptors
    assert all("/FontFile2" in each or "/FontFile3" in each for each in descriptors)
    families = {str(each.FontFamily) for each in descriptors}
    assert families == {"STIX Two Text", "Public Sans"}


def test_headings_are_bookmarks(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root]

    assert titles == ["Short answer", "Sources"]


def test_links_lead_to_sites_and_to_the_quotations(opened: pikepdf.Pdf) -> None:
    annotations = list(opened.pages[0].Annots)
    sites = [str(each.A.URI) for each in annotations if "/A" in each]
    places = [str(each.Dest) for each in annotations if "/Dest" in each]

    assert sites == ["https://www.linkedin.com/legal/privacy/eu"]
    assert places == ["c1"]
    assert "c1" in {str(name) for name in opened.Root.Names.Dests.Names[::2]}


def test_every_page_and_link_finds_its_tags(opened: pikepdf.Pdf) -> None:
    numbered = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    tags = dict(zip(map(int, numbered[::2]), numbered[1::2], strict=True))

    assert len(tags) == len(numbered) / 2
    assert list(tags) == sorted(tags)
    for page in opened.pages:
        assert {tag.Pg.objgen for tag in tags[page.StructParents]} == {page.obj.objgen}
        for link in page.get("/Annots", ()):
            kids = tags[link.StructParent].K
            found = [kid.Obj.objgen for kid in kids if isinstance(kid, Dictionary)]
            assert found == [link.objgen]


def test_the_opening_is_read_before_the_body(file: bytes) -> None:
    spoken = read_aloud(file)

    assert spoken.index("Short answer") < spoken.index("Sources")


def test_firms_that_share_a_body_share_nothing_else(file: bytes) -> None:
    other = render_pdf(
        document("<h1>Memorandum</h1>").replace("Müller", "Okafor"),
        meta=DocumentMeta(
            title="Okafor", author="Okafor", subject="", issued_at=META.issued_at
        ),
    )

    with pikepdf.open(BytesIO(other)) as opened:
        opened.save(plain := BytesIO(), compress_streams=False)
    assert b"M\xfcller" not in plain.getvalue()
    assert "Müller".encode() not in plain.getvalue()
    assert "Müller" not in text_of(other)
    assert "Okafor" in text_of(other)


def test_the_data_is_the_one_file_within(opened: pikepdf.Pdf) -> None:
    assert list(opened.attachments) == ["guidance.json"]
    assert (
        opened.attachments["guidance.json"].get_file().read_bytes() == b'{"edition":1}'
    )
    assert [str(file.AFRelationship) for file in opened.Root.AF] == ["/Source"]


def test_without_data_there_is_no_file_within() -> None:
    with pikepdf.open(BytesIO(render())) as opened:
        assert list(opened.attachments) == []
        assert "/AF" not in opened.Root


def test_running_heads_and_page_numbers_are_printed_but_not_read_out(
    file: bytes,
) -> None:
    with pikepdf.open(BytesIO(file)) as opened:
        assert len(opened.pages) == 2
        for number, sheet in enumerate(opened.pages):
            content = b"".join(part.read_bytes() for part in sheet.Contents)
            assert (
                b"/Artifact <</Type /Pagination>> BDC /Sheet%d Do EMC" % number
                in content
            )
    text = text_of(file)
    assert "Page 1 of 2" in text
    assert "Page 2 of 2" in text


def test_control_characters_in_a_name_do_not_break_the_metadata() -> None:
    odd = DocumentMeta(
        title="A\x00B\nC <&> \ud83d\ude00".encode("utf-16", "surrogatepass").decode(
            "utf-16"
        ),
        author="\u202eevil",
        subject="",
        issued_at=META.issued_at,
    )

    file = render_pdf(document(), meta=odd)

    assert page_validation.validate_pdf_bytes(file, profile="3a").is_compliant


def test_an_image_that_is_passed_in_is_shown() -> None:
    logo = BytesIO()
    Image.new("RGBA", (4, 4), "#99183f80").save(logo, "PNG")

    file = render(
        opening='<h1><img src="memo:logo" alt="Müller &amp; Wang"></h1>',
        images={"logo": logo.getvalue()},
    )

    with pikepdf.open(BytesIO(file)) as opened:
        assert len(opened.pages[0].get_images()) == 1
    for profile in ("3a", "ua1"):
        assert page_validation.validate_pdf_bytes(file, profile=profile).is_compliant


@pytest.mark.parametrize(
    ("opening", "fault"),
    [
        ('<p><a href="#c9">9</a></p>', "a link leads to “c9”"),
        ('<p><img src="memo:logo" alt="x"></p>', "Failed to load image"),
    ],
)
def test_a_memo_with_a_fault_is_not_made(opening: str, fault: str) -> None:
    with pytest.raises(RenderFailed, match=f"It has a fault: {fault}"):
        render(opening=opening, images={"logo": b"no picture"})


def test_an_image_is_not_kept_for_the_next_memo() -> None:
    with pytest.raises(RenderFailed, match=r"memo:logo.*no memo may load"):
        render(opening='<img src="memo:logo" alt="x">')


@pytest.mark.parametrize(
    "name",
    [
        "Œuvre & Søn",
        "Łódź Şişli Žižek",
        "Müller–Wang “LLP”",
        "co\u00adoperate",
        "Nguyễn Thị Ánh",
        "Иванов и партнёры 12",
        "Παπαδόπουλος",
        "עורכי דין כהן 5",
        "مكتب المحاماة 7",
    ],
)
def test_names_in_these_letters_are_shown_in_our_own_faces(name: str) -> None:
    file = render(opening=f'<h1>{name}</h1><p class="status">{name}</p>')

    with pikepdf.open(BytesIO(file)) as opened:
        families = {
            str(thing.FontFamily)
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and "/FontFamily" in thing
        }
    assert families <= OUR_FAMILIES
    for profile in ("3a", "ua1"):
        assert page_validation.validate_pdf_bytes(file, profile=profile).is_compliant


def test_a_character_without_a_font_is_named_instead_of_left_blank() -> None:
    with pytest.raises(RenderFailed, match=r"No font on this machine.*\(U\+F8FF\)"):
        render(opening="<p>Private \uf8ff</p>")


# Nothing in


def text_of(file: bytes) -> str:
    command = [shutil.which("pdftotext") or "pdftotext", "-", "-"]
    done = subprocess.run(command, input=file, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


@pytest.fixture(scope="module")
def listener() -> Iterator[HTTPServer]:
    """A server on this machine that must never be asked for anything."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.asked.append(self.path)  # type: ignore[attr-defined]
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.asked = []  # type: ignore[attr-defined]
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


WAYS_TO_FETCH = [
    '<img src="{}" alt="x">',
    '<img srcset="{} 2x" alt="x">',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<link rel="icon" href="{}">',
    '<a rel="attachment" href="{}">x</a>',
    '<a download rel="attachment" href="{}">x</a>',
    '<style>@import url("{}");</style>',
    '<style>@font-face {{ font-family: x; src: url("{}") }}</style><p>x</p>',
    '<style>@color-profile --x {{ src: url("{}") }}</style>',
    '<style>@page {{ background: url("{}") }}</style>',
    '<p style="background: url({})">x</p>',
    "<p style=\"background: image-set('{}' 1x)\">x</p>",
    '<p style="content: url({})">x</p>',
    '<ul style="list-style-image: url({})"><li>x</li></ul>',
    '<p style="border: 9px solid; border-image: url({}) 1">x</p>',
    '<p style="mask-border: url({}) 1">x</p>',
    '<p style="cursor: url({})">x</p>',
    '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{}#x"/></svg>',
    '<svg width="9" height="9"><style>@import "{}";</style></svg>',
    '<object data="{}">x</object>',
    '<embed src="{}">',
    '<iframe src="{}"></iframe>',
    '<video poster="{}"></video>',
    '<input type="image" src="{}">',
    '<table background="{}"><tr><td>x</td></tr></table>',
    '<base href="{}"><img src="x" alt="x">',
]
PLACES = ["file:///etc/hostname", "http://127.0.0.1:{port}/x", "data:text/css,x"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("way", WAYS_TO_FETCH)
def test_nothing_is_fetched(way: str, place: str, listener: HTTPServer) -> None:
    url = place.format(port=listener.server_port)
    file, failure = attempt(opening=way.format(url))

    assert listener.asked == []  # type: ignore[attr-defined]
    if failure:
        assert failure.startswith(("It asks for ", "It has a fault: "))
        return
    with pikepdf.open(BytesIO(file)) as opened:
        assert list(opened.attachments) == []
        assert all(not page.get_images() for page in opened.pages)


@pytest.mark.parametrize(
    "name",
    [
        "memo:css/memo.css",
        "memo:fonts/../css/memo.css",
        "memo:../../policyguide/settings.py",
        "memo:/etc/passwd",
        "memo://etc/passwd",
        "memo:fonts/public-sans/LICENSE",
        "MEMO:fonts/public-sans/LICENSE",
        "memo:",
    ],
)
def test_our_own_scheme_serves_fonts_and_nothing_else(name: str) -> None:
    with pytest.raises(RenderFailed, match="no memo may load"):
        render(opening=f'<img src="{name}" alt="x">')


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "file:///etc/passwd",
        "http://plain.example/",
        "//evil.example/",
        "/desk/",
        "data:text/html,x",
        "memo:x",
        "ftp://evil.example/",
    ],
)
def test_a_link_to_anything_but_a_site_or_mailbox_stops_the_memo(url: str) -> None:
    with pytest.raises(RenderFailed, match="links to"):
        render(PLAIN, f'<p><a href="{url}">x</a></p>')


# Nothing for long

BOMBS = {
    "nested divisions": "<div>" * 2_000 + "x",
    "nested lists": "<ul><li>" * 900 + "x",
    "nested tables": "<table><tr><td>" * 300 + "x",
    "nested emphasis": "<b>" * 3_000 + "x",
    "nested quotes": "<blockquote>" * 1_500 + "x",
    "nested floats": '<div style="float:left">' * 400 + "x",
    "nested flex boxes": '<div style="display:flex">' * 16 + "x" + "</div>" * 16,
    "nested grids": '<div style="display:grid">' * 16 + "x" + "</div>" * 16,
    "nested columns": '<div style="columns:2">' * 12 + "x y z " * 50,
    "nested inline blocks": '<i style="display:inline-block">' * 30 + "x",
    "a million columns": '<table><tr><td colspan="1000000">x</td></tr></table>',
    "a million rows": '<table><tr><td rowspan="1000000">x</td></tr></table>',
    "a wide automatic table": '<table style="table-layout:auto"><tr>'
    + "<td>x</td>" * 5_000
    + "</tr></table>",
    "a long table": "<table>" + "<tr><td>x</td><td>y</td></tr>" * 12_000 + "</table>",
    "list items": "<ul>" + "<li>x</li>" * 20_000 + "</ul>",
    "rules": "<hr>" * 20_000,
    "line breaks": "x<br>" * 30_000,
    "paragraphs": "<p>x</p>" * 30_000,
    "inline tags": "<b>x</b> " * 40_000,
    "one long word": "x" * 1_900_000,
    "one long paragraph": "word " * 380_000,
    "joined letters": "e" + "\u0301" * 400_000,
    "directions": "\u202eא\u2066a" * 60_000,
    "an enormous letter": '<p style="font-size:1e30px">x</p>',
    "an enormous space": '<p style="margin-top:1e30px">x</p>',
    "an enormous page": "<style>@page { size: 1e12px 1e12px }</style><p>x</p>",
    "a tiny page": "<style>@page { size: 1px 1px; margin: 0 }</style>"
    + "<p>word " * 500,
    "page breaks": '<div style="break-after:page">x</div>' * 5_000,
    "counters": "<style>p::before { content: counters(x, '.') }</style>"
    + '<p style="counter-reset:x">x' * 900,
    "a variable of variables": "<style>:root{--a:x;"
    + "".join(
        f"--{chr(98 + n)}:{'var(--' + chr(97 + n) + ') ' * 10};" for n in range(12)
    )
    + "} p::before { content: var(--m) }</style><p>x</p>",
    "a drawing": '<svg width="9999" height="9999">'
    + '<filter id="f"><feOffset/></filter><rect width="9" height="9" filter="url(#f)"/>'
    * 9_000
    + "</svg>",
    "a drawing of itself": '<svg width="9" height="9"><g id="a">'
    + '<use href="#a"/>' * 8
    + "</g></svg>",
    "selectors": "<style>"
    + "".join(f":nth-child({n}n) * + *~* {{ color: red }}" for n in range(1, 400))
    + "</style>"
    + "<p>x</p>" * 3_000,
    "too much": "x" * 2_000_001,
}


@pytest.mark.usefixtures("little_patience")
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_ends_with_a_reason_and_the_next_memo_is_made(bomb: str) -> None:
    file, failure = attempt(PLAIN, bomb)

    if failure:
        assert failure.startswith(("It ", "Its ", "The typesetter "))
        assert len(failure) < 400
        assert "/" not in failure
    else:
        assert len(file) < 4_000_000
    assert render().startswith(b"%PDF-1.7")


@pytest.mark.usefixtures("little_patience")
def test_too_many_pages_are_refused_by_number() -> None:
    with pytest.raises(RenderFailed, match="It has 41 pages; 20 is the most"):
        render(PLAIN, '<div style="break-after:page">x</div>' * 39 + "<p>x</p>")


@pytest.mark.usefixtures("little_patience")
def test_a_child_that_is_killed_is_replaced() -> None:
    before = render()
    child = pdf.RENDERER.child
    assert child is not None

    child.process.kill()
    child.process.wait()

    assert render() == before
    assert pdf.RENDERER.child is not child


@pytest.mark.usefixtures("little_patience")
def test_a_silent_child_is_stopped_and_replaced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    render()
    child = pdf.RENDERER.child
    assert child is not None
    monkeypatch.setattr(pdf, "LIMITS", Limits(seconds=0))

    with pytest.raises(RenderFailed, match="not finished within 0 seconds"):
        render()

    assert child.process.returncode is not None
    monkeypatch.undo()
    assert render()


@pytest.mark.usefixtures("little_patience")
def test_a_worn_out_child_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LIMITS", Limits())
    monkeypatch.setattr(pdf, "RENDERS_PER_CHILD", 2)
    pdf.RENDERER.stop()
    children = set()
    for _ in range(4):
        render()
        assert pdf.RENDERER.child is not None
        children.add(pdf.RENDERER.child.process.pid)

    assert len(children) == 2


# Without it


def test_without_pango_memos_are_off_and_the_reason_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_missing", lambda: ("pango-1.0",))

    assert not pdf_available()
    with pytest.raises(PdfUnavailable, match=r"pango-1\.0"):
        render()


def test_a_child_that_cannot_start_is_told_apart_from_a_bad_memo(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "CHILD", "policyguide.memos.nowhere")
    pdf.RENDERER.stop()

    with pytest.raises(PdfUnavailable, match="ended with status 1"):
        render()
    assert pdf.RENDERER.child is None


def test_the_web_process_never_imports_the_typesetter() -> None:
    code = (
        "import sys, django; django.setup();"
        "import policyguide.urls, policyguide.memos.pdf as pdf; pdf.pdf_available();"
        "sys.exit(bool({'weasyprint', 'pydyf'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)  # noqa: S603

    assert done.returncode == 0
