"""The letterhead: edited by the firm's own people, shown as it will be printed."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from policyguide.firms.models import Firm, Logo
from policyguide.memos.models import Memo
from tests.memos import making

PATH = "/firms/hale-marsh/letterhead/"
GIVEN = {
    "postal_address": " 10 Example Row \r\n\r\nLondon EC4 0XX",
    "accent": "#1F4E79",
    "prepared_by": "An Agency",
    "citation_style": "mcgill",
}


def upload(colour="#1f4e79", name="logo.png"):
    file = BytesIO()
    Image.new("RGB", (60, 40), colour).save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue())


def saved(firm):
    return Firm.objects.get(pk=firm.pk).letterhead()


def test_a_letterhead_is_saved_and_shown(partner, client_of, hale_marsh):
    version = hale_marsh.profile_version
    answer = client_of(partner).post(PATH, GIVEN | {"logo": upload()}, follow=True)

    letterhead = saved(hale_marsh)
    assert letterhead.postal_address == "10 Example Row\nLondon EC4 0XX"
    assert (letterhead.accent, letterhead.prepared_by) == ("#1f4e79", "An Agency")
    assert letterhead.citation_style == "mcgill"
    assert letterhead.logo_sha256 == sha256(hale_marsh.logos.get().content).hexdigest()
    assert 'src="data:image/png;base64,' in answer.text
    assert "10 Example Row<br>London EC4 0XX" in answer.text
    assert "Prepared by An Agency" in answer.text
    assert Firm.objects.get(pk=hale_marsh.pk).profile_version == version + 1


def test_the_logo_stays_until_it_is_removed(partner, client_of, hale_marsh):
    browser = client_of(partner)
    browser.post(PATH, GIVEN | {"logo": upload()})

    browser.post(PATH, GIVEN)
    kept = saved(hale_marsh).logo_sha256
    browser.post(PATH, GIVEN | {"removes_logo": "on"})

    assert kept
    assert saved(hale_marsh).logo_sha256 == ""


def test_a_logo_that_comes_back_is_stored_once(partner, client_of, hale_marsh):
    for logo in (upload(), upload("#99183f"), upload()):
        client_of(partner).post(PATH, GIVEN | {"logo": logo})

    assert hale_marsh.logos.count() == 2


def test_the_accent_is_a_style_of_its_own(partner, client_of):
    browser = client_of(partner)
    browser.post(PATH, GIVEN)

    assert 'href="/firms/hale-marsh/letterhead.css"' in browser.get(PATH).text
    answer = browser.get("/firms/hale-marsh/letterhead.css")
    assert answer.headers["Content-Type"] == "text/css"
    assert answer.text == ".paper { --accent: #1f4e79 }"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"accent": "#ffcc00"},
            "#ffcc00 has a contrast of 1.5 : 1 on white; text needs 4.5 : 1. The "
            "nearest colour that has it is #907300.",
        ),
        ({"accent": "red"}, "Give the colour by six digits, as in #1c6448."),
        ({"accent": "#1;}x{"}, "Give the colour by six digits, as in #1c6448."),
        ({"postal_address": "a\nb\nc\nd\ne\nf"}, "Use 5 lines at most."),
        ({"prepared_by": "a\x07b"}, "Use one line without control characters."),
        ({"citation_style": "apa"}, "Select a valid choice."),
        (
            {"logo": SimpleUploadedFile("logo.png", b"<svg>")},
            "The file is no PNG and no JPEG picture.",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost_or_saved(
    partner, client_of, hale_marsh, given, sentence
):
    before = saved(hale_marsh)

    answer = client_of(partner).post(PATH, GIVEN | given)

    assert answer.status_code == 422
    assert sentence in answer.text
    typed = GIVEN | given
    assert typed["accent"] in answer.text.replace("&#x27;", "'")
    assert saved(hale_marsh) == before
    assert not hale_marsh.logos.exists()


def test_no_firm_is_shown_the_logo_of_another(
    partner, rival, client_of, hale_marsh, brandt_keller
):
    client_of(partner).post(PATH, GIVEN | {"logo": upload()})
    logo = Logo.across_firms.get()
    Firm.objects.filter(pk=brandt_keller.pk).update(logo_sha256=logo.sha256)

    text = client_of(rival).get("/firms/brandt-keller/letterhead/").text

    assert "data:image" not in text


def test_another_letterhead_is_another_memo_and_changes_no_issued_byte(
    partner, client_of, hale_marsh
):
    edition = making.edition()
    client_of(partner).post(PATH, GIVEN | {"logo": upload()})
    hale_marsh.refresh_from_db()
    memo = making.issued(hale_marsh, edition, partner)
    first = memo.logo()

    client_of(partner).post(PATH, {"logo": upload("#99183f"), "accent": "#99183f"})
    hale_marsh.refresh_from_db()
    again = making.asked(hale_marsh, edition, partner)

    issued = Memo.across_firms.get(pk=memo.pk)
    assert again.pk != memo.pk
    assert issued.original.as_issued() == making.PDF
    assert issued.letterhead().accent == "#1f4e79"
    assert issued.logo() == first
    assert again.logo() != first
