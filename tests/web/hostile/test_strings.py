"""Words that try to run, to fetch or to leave, on every surface that shows words."""

import csv
from io import BytesIO, StringIO
from urllib.parse import urlsplit
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import html

from policyguide.memos.document import document_of
from policyguide.memos.docx import docx_of
from policyguide.memos.models import Original
from policyguide.policy import models
from policyguide.policy.markup import TAGS, render_words
from tests import factories
from tests.memos import making
from tests.web.hostile.strings import FORMULAS, hostile_strings

STRINGS = hostile_strings()
SAFE = ("https", "mailto")
STRANGE_TAGS = {"script", "iframe", "object", "embed", "base", "math", "video", "style"}
ADDRESSES = {"href", "src", "action", "data", "hx-get", "hx-post", "data-hx-get"}


def test_there_are_more_than_a_thousand_of_them():
    assert len(STRINGS) >= 1_000


def test_words_become_nothing_but_a_few_harmless_tags():
    for text in STRINGS:
        found = html.fragment_fromstring(render_words(text), create_parent=True)
        for element in found.iterdescendants():
            assert element.tag in TAGS, text
            assert set(element.attrib) <= {"href", "rel"}, text
            assert urlsplit(element.get("href", "https:")).scheme in SAFE, text


PAGES = (
    "/",
    "/policy/",
    "/policy/hostile-0/",
    "/policy/hostile-7/",
    "/policy/editions/",
    "/policy/search/?q=<script>window.ran=1</script>",
    "/firms/hale-marsh/",
    "/firms/hale-marsh/memos/",
    "/firms/hale-marsh/notes/",
    "/firms/hale-marsh/people/",
    "/firms/hale-marsh/tasks/",
    "/firms/hale-marsh/letterhead/",
)


def strange(page):
    """What in a page a hostile string has brought in, if it has."""
    for element in html.fromstring(page).iter(html.etree.Element):
        is_ours = element.tag == "script" and element.get("src", "").startswith("/")
        if element.tag in STRANGE_TAGS and not is_ours:
            yield element.tag
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in ADDRESSES and not leads_home(value)):
                yield f"{name}={value}"


def leads_home(address):
    """Whether it leads nowhere else but to a site that is named in full."""
    parts = urlsplit(address)
    is_picture = address.startswith("data:image/png;base64,")
    return is_picture or (
        parts.scheme in ("", *SAFE) and "evil.example" not in parts.netloc
    )


@pytest.mark.parametrize("path", PAGES)
def test_no_page_runs_fetches_or_leads_where_it_should_not(
    client_of, edition, hostile_firm, partner, path
):
    answer = client_of(partner).get(path)

    assert answer.status_code == 200
    assert "ran=1" in answer.content.decode()
    assert list(strange(answer.content)) == []


def test_the_redline_shows_hostile_words_as_words(client_of, edition, editor):
    draft = factories.draft(based_on=edition, in_force_from=making.ON)
    clause = models.Clause.objects.get(edition=edition, code="hostile-0")
    factories.entry(draft, code="hostile-0", title=STRINGS[9], words=clause.words[::-1])
    factories.entry(draft, code="new", title=STRINGS[10], words=clause.words)
    change = models.Change.objects.create(
        edition=draft, author=editor, opened_at=factories.NOON
    )

    for tail in ("", "entries/new/", "details/", "preview/"):
        answer = client_of(editor).get(f"/desk/changes/{change.pk}/{tail}")
        assert answer.status_code == 200
        assert list(strange(answer.content)) == []


def test_the_feed_is_well_formed_and_its_words_are_harmless(client, edition):
    answer = client.get("/policy/feed/")

    feed = html.etree.fromstring(answer.content)
    told = [*feed.iterfind(".//{*}content"), *feed.iterfind(".//{*}summary")]
    assert any("ran=1" in part.text for part in told)
    for part in told:
        assert list(strange(f"<div>{part.text}</div>")) == []


@pytest.fixture
def made(edition, hostile_firm, partner):
    memo = making.asked(hostile_firm, edition, partner)
    return memo, document_of(memo, issued_at=making.AT)


def test_a_memo_holds_no_script_and_no_link_but_to_sites(made):
    _, document = made

    assert set(strange(document.html)) <= {"style", "src=memo:qr"}  # our own
    with pikepdf.open(BytesIO(document.pdf)) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert thing.get("/S") not in ("/JavaScript", "/Launch", "/SubmitForm")
                uri = str(thing.get("/URI", "https:"))
                assert urlsplit(uri).scheme in ("http", *SAFE)
                assert "evil.example" not in uri


def test_a_word_document_has_no_link_but_to_sites(made):
    memo, document = made
    memo.issued_at = making.AT
    memo.original = Original(html=document.html, sha256="0" * 64)

    packed = ZipFile(BytesIO(docx_of(memo)))

    for name in packed.namelist():
        if name.endswith((".rels", ".xml")):
            for thing in html.etree.fromstring(packed.read(name)).iter():
                if thing.get("TargetMode") == "External":
                    assert urlsplit(thing.get("Target")).scheme in ("http", *SAFE)
                    assert "evil.example" not in thing.get("Target")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_table_is_a_formula(client_of, hale_marsh, partner, formula):
    making.edition()
    hale_marsh.tasks.create(
        action="act",
        note=formula,
        changed_at=factories.NOON,
        changed_by=partner,
    )

    answer = client_of(partner).get("/firms/hale-marsh/tasks.csv")

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row if "calc" in cell]
    assert cells
    assert all(cell.startswith("'") for cell in cells)
