"""Pass it on: notes with their citations, to copy or to open as a mail."""

from email import message_from_bytes
from email.policy import default

import pytest

from policyguide.guidance.notes import NoteKind

pytestmark = pytest.mark.django_db

NOTES = "/firms/hale-marsh/notes/"


def mail(browser, kind):
    answer = browser.get(f"{NOTES}{kind}.eml")
    return answer, message_from_bytes(answer.content, policy=default)


def test_a_note_for_each_audience_names_edition_and_day(client_of, reader):
    page = client_of(reader).get(NOTES).content.decode()

    for kind in NoteKind:
        assert f'id="rich-{kind}"' in page
        assert f'id="plain-{kind}"' in page
        assert f'href="{NOTES}{kind}.eml"' in page
    assert page.count("edition 1 of the terms, in force from 3 November 2025") == 8
    assert "“Group activity and group messages”" in page


@pytest.mark.parametrize("kind", NoteKind)
def test_a_mail_opens_unsent_and_says_the_same_twice(client_of, reader, kind):
    answer, draft = mail(client_of(reader), kind)

    assert answer.headers["Content-Type"] == "message/rfc822"
    assert f'-hale-marsh-{kind}.eml"' in answer.headers["Content-Disposition"]
    assert draft["X-Unsent"] == "1"
    assert draft["Subject"].startswith("LinkedIn’s AI terms, as of ")
    assert draft["To"] is None
    plain = draft.get_body(["plain"]).get_content()
    rich = draft.get_body(["html"]).get_content()
    assert plain.count("[1]") == rich.count("[1]") > 1


def test_plain_text_has_a_line_for_each_paragraph_and_item(client_of, reader):
    _, draft = mail(client_of(reader), "all-staff")

    lines = draft.get_body(["plain"]).get_content().splitlines()
    assert lines[:5] == ["Dear all,", "", "For the places we work in", "", lines[4]]
    assert lines[4].startswith("- AI training by LinkedIn in the EU and EEA: Members")
    assert "<" not in "".join(lines)
    assert "&" not in "".join(lines).replace("Settings & Privacy", "").replace(
        "Hale & Marsh", ""
    )


def test_views_and_what_is_not_stated_are_told_from_facts(client_of, reader):
    _, draft = mail(client_of(reader), "client")

    plain = draft.get_body(["plain"]).get_content()
    assert "(By inference)" in plain
    assert "Can Recruiter seats be opted out? No opt-out" in plain
    assert "(Not stated)" in plain


def test_a_name_that_is_markup_stays_text(client_of, reader, hale_marsh):
    hale_marsh.name = "<b>Hale</b> & *Marsh*"
    hale_marsh.save()

    _, draft = mail(client_of(reader), "intranet")

    assert "For <b>Hale</b> & *Marsh*, as of" in draft.get_body(["plain"]).get_content()
    assert "&lt;b&gt;Hale" in draft.get_body(["html"]).get_content()


def test_a_note_nobody_wrote_is_not_there(client_of, reader):
    assert client_of(reader).get(f"{NOTES}press.eml").status_code == 404
