"""The memo on paper: for every scenario firm a valid file that says what it should."""

import html
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

import page as page_validation
import pikepdf
import pytest
import yaml
from django.template.loader import render_to_string
from PIL import Image

from policyguide.firms.letterheads import Letterhead
from policyguide.firms.logos import logo_of
from policyguide.guidance import compose
from policyguide.guidance.citing import Style, cite, style_for
from policyguide.guidance.facts import FirmProfile, Office, Use
from policyguide.memos import pdf
from policyguide.memos.document import Cover, abridged, home_of, paper_for, qr_code
from policyguide.memos.pdf import (
    DocumentMeta,
    Limits,
    Paper,
    RenderFailed,
    pdf_available,
    render_pdf,
)
from policyguide.policy.editions import edition_in_force
from policyguide.policy.markup import render_words
from tests import record
from tests.guidance.test_approved import SCENARIOS
from tests.memos.reading import read_aloud

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not pdf_available(), reason="Pango is not installed"),
]

AS_OF = date(2026, 11, 24)
ISSUED_AT = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
STATUS_URL = "https://guidance.example/m/0123456789abcdefghjkmnpqrs/"
PLAIN_PAPER = Letterhead()
DEMO_FIRMS = yaml.safe_load((record.FIXTURES / "demo_firms.yaml").read_text())["firms"]
LETTER, A4 = (612, 792), (595, 842)
TAG = re.compile(r"<[^>]+>")
SPACE = re.compile(r"[\s\u2060]+")


@pytest.fixture(scope="module", autouse=True)
def patience():
    """However busy the machine is, no memo here takes too long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "LIMITS", Limits(seconds=600, processor_seconds=600))
        pdf.RENDERER.stop()
        yield
        pdf.RENDERER.stop()


def guidance_for(profile):
    return abridged(compose(edition_in_force(AS_OF), profile, as_of=AS_OF))


def memo_of(
    profile,
    *,
    paper=Paper.A4,
    to="The partners",
    letterhead=PLAIN_PAPER,
    logo=None,
    style=Style.PLAIN,
):
    """The memo's file, as it would be issued to a firm with this profile."""
    cover = Cover(
        title=f"LinkedIn’s generative-AI terms and {profile.name}",
        firm_name=profile.name,
        letterhead=letterhead,
        citation_style=style,
        number=3,
        to=to,
        sender="A Partner",
        issued_at=ISSUED_AT,
        as_of=AS_OF,
        status_url=STATUS_URL,
        paper=paper,
    )
    context = {
        "memo": cover,
        "guidance": guidance_for(profile),
        "since_last": None,
    }
    return render_pdf(
        render_to_string("memos/memo.html", context),
        meta=DocumentMeta(
            title=cover.title,
            author=cover.author,
            subject="Memorandum 3",
            issued_at=ISSUED_AT,
        ),
        images={"qr": qr_code(STATUS_URL)} | ({"logo": logo} if logo else {}),
    )


@cache
def scenario(name):
    """The memo of a scenario firm, on the paper and in the style of its country."""
    profile = SCENARIOS[name]
    style = style_for(home_of(profile))
    return memo_of(profile, paper=paper_for(profile), style=style)


def pages_of(file):
    with pikepdf.open(BytesIO(file)) as opened:
        return len(opened.pages)


def poppler(tool, *arguments, file):
    command = [shutil.which(tool) or tool, *arguments]
    done = subprocess.run(command, input=file, capture_output=True, check=True)  # noqa: S603
    return done.stdout.decode()


def edges(file):
    """Where each word begins and ends, from the left."""
    boxes = poppler("pdftotext", "-bbox", "-", "-", file=file)
    words = re.findall(r'<word xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)"', boxes)
    return [float(edge) for word in words for edge in word]


def plain(text):
    """Text without tags, spaces or the hyphens that lines may break at."""
    return SPACE.sub("", html.unescape(TAG.sub("", text)))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_memo_of_every_scenario_firm_breaks_no_rule(name):
    file = scenario(name)

    for profile in ("3a", "ua1"):
        report = page_validation.validate_pdf_bytes(file, profile=profile)
        assert [str(failure) for failure in report.failures] == []


@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != "nobody"])
def test_the_memo_of_a_firm_has_two_to_five_pages(name):
    assert 2 <= pages_of(scenario(name)) <= 5


@pytest.mark.parametrize("slug", DEMO_FIRMS)
def test_the_memos_of_the_firms_to_try_have_two_to_five_pages(slug):
    firm = DEMO_FIRMS[slug]
    profile = FirmProfile(
        name=firm["name"],
        offices=tuple(Office(**office) for office in firm["offices"]),
        uses=frozenset(map(Use, firm["uses"])),
        headcount=firm["headcount"],
    )
    style = style_for(home_of(profile))

    file = memo_of(profile, paper=paper_for(profile), style=style)

    assert 2 <= pages_of(file) <= 5


def test_the_memo_of_a_firm_that_named_nothing_has_room_for_every_region():
    assert pages_of(scenario("nobody")) <= 7


@pytest.mark.parametrize("name", ["hale-marsh", "zurich-recruiting", "nobody"])
def test_it_is_read_out_in_order_and_whole(name):
    profile = SCENARIOS[name]
    guidance = guidance_for(profile)

    spoken = plain(read_aloud(scenario(name)))

    for section in (
        guidance.bottom_line,
        [cell for place in guidance.places for cell in place.cells],
        guidance.used,
        guidance.excluded,
        guidance.controls,
        guidance.regulators,
        guidance.duties,
    ):
        at = 0
        for finding in section:
            words = plain(render_words(finding.words))
            assert words in spoken[at:]
            at = spoken.index(words, at)
    for silence in guidance.silences:
        assert plain(silence.title) in spoken


@pytest.mark.parametrize("name", ["hale-marsh", "nobody"])
def test_every_quotation_stands_at_the_end_with_its_number(name):
    profile = SCENARIOS[name]

    spoken = plain(read_aloud(scenario(name)))

    sources = spoken[spoken.index("Sourcesandquotations") :]
    for citation in guidance_for(profile).citations:
        assert plain(citation.quotation.text) in sources
        assert str(citation.number) in sources


def test_page_one_stands_alone():
    file = scenario("hale-marsh")

    text = poppler("pdftotext", "-l", "1", "-layout", "-", "-", file=file)

    for part in ("To", "From", "Date", "Re", "Question", "Short answer", "Why"):
        assert part in text
    assert "24 November 2026" in text
    assert STATUS_URL in text
    assert "What to do first" in text
    assert "Page 1 of" in text


def test_what_is_no_fact_says_so_in_words():
    file = scenario("hale-marsh")

    text = poppler("pdftotext", "-", "-", file=file)

    for label in ("BY INFERENCE", "OUR VIEW", "our view", "Not stated by LinkedIn"):
        assert label in text


def test_what_depends_on_a_conflict_names_it_by_the_letter_it_is_set_out_under():
    guidance = guidance_for(SCENARIOS["hale-marsh"])
    spoken = read_aloud(scenario("hale-marsh"))

    conflict = guidance.conflicts[0]
    assert plain(f"‡A {conflict.title}") in plain(spoken)
    depend = [finding for finding in guidance if conflict.code in finding.conflicts]
    assert depend
    assert spoken.count("‡A") > 1


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, A4), (Paper.LETTER, LETTER)], ids=["a4", "letter"]
)
def test_every_page_has_the_size_of_the_firms_paper(paper, size):
    file = memo_of(SCENARIOS["new-york-ads"], paper=paper)

    with pikepdf.open(BytesIO(file)) as opened:
        sizes = {tuple(round(float(n)) for n in p.MediaBox[2:]) for p in opened.pages}
    assert sizes == {size}


FULL_LETTERHEAD = Letterhead(
    postal_address="\n".join(["A Long Line of an Address, Sixth Floor East " * 3] * 5),
    accent="#1f4e79",
    logo_sha256="0" * 64,
    prepared_by="An Agency with a Long Name of Its Own " * 3,
)


def picture(kind="PNG", size=(1_600, 90), mode="RGBA", **options):
    """A picture as somebody may upload it."""
    file = BytesIO()
    Image.new(mode, size, "#99183f80" if mode == "RGBA" else None).save(
        file, kind, **options
    )
    return file.getvalue()


@pytest.mark.parametrize(
    "upload", [picture(), picture("JPEG", (90, 1_600), "CMYK")], ids=["wide", "tall"]
)
def test_the_letterhead_breaks_no_rule_and_leaves_the_page_whole(upload):
    profile = SCENARIOS["hale-marsh"]
    file = memo_of(profile, letterhead=FULL_LETTERHEAD, logo=logo_of(upload))

    for rules in ("3a", "ua1"):
        report = page_validation.validate_pdf_bytes(file, profile=rules)
        assert [str(failure) for failure in report.failures] == []
    with pikepdf.open(BytesIO(file)) as opened:
        assert len(opened.pages[0].get_images()) == 1
        assert str(opened.docinfo.Author) == FULL_LETTERHEAD.prepared_by
        alternatives = [
            str(thing.Alt)
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert profile.name in alternatives
    assert min(edges(file)) >= 0
    assert max(edges(file)) <= A4[0]


@pytest.mark.parametrize("style", Style)
def test_the_sources_are_cited_in_the_firms_style(style):
    profile = SCENARIOS["hale-marsh"]

    spoken = plain(read_aloud(memo_of(profile, style=style)))

    for cited in guidance_for(profile).sources:
        quotations = [citation.quotation for citation in cited.citations]
        runs = cite(cited.source, quotations, style)
        assert plain("".join(run.text for run in runs)) in spoken


def test_a_long_name_and_forty_offices_stay_within_the_page():
    cities = ["Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"] + [
        f"City {number}" for number in range(39)
    ]
    firm = FirmProfile(
        name="Featherstonehaugh, Cholmondeley, Marjoribanks & Wriothesley-Beauchamp "
        "Rechtsanwaltsgesellschaft mit beschränkter Haftung (International) LLP",
        offices=tuple(
            Office(city=city, country=("GB", "US", "DE", "HK")[number % 4])
            for number, city in enumerate(cities)
        ),
        uses=frozenset(Use),
    )

    file = memo_of(firm, to="x" * 200)

    assert min(edges(file)) >= 0
    assert max(edges(file)) <= A4[0]


@pytest.mark.parametrize("name", ["王律师事務所", "김앤장", "عبد الله & Partners"])
def test_a_name_in_any_script_is_shown_or_the_missing_font_is_named(name):
    try:
        file = memo_of(FirmProfile(name=name))
    except RenderFailed as failure:
        reason = str(failure)
    else:
        reason = ""
        assert page_validation.validate_pdf_bytes(file, profile="ua1").is_compliant
    assert not reason or reason.startswith("No font on this machine has the characters")
