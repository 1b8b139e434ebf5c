"""Sources at the desk: captured, checked, and what a new text breaks."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate

from policyguide.policy.models import Capture, Quotation, Recheck, Source, SourceCheck
from policyguide.policy.rechecks import in_doubt
from tests import desk

NEW_TEXT = "Many members' data trains models. " + desk.TEXT.split(". ", 1)[1]
PATH = "/desk/sources/S1/capture/"


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def client(base, client_of, editor):
    return client_of(editor)


def typed(**fields):
    """What a browser sends for a pasted page."""
    return {
        "text": NEW_TEXT,
        "captured_on": localdate().isoformat(),
        "read": "page",
        "extent": "whole",
        "language": "en",
        "country": "",
        "signed_in": "unknown",
        **fields,
    }


def captured():
    return Capture.objects.filter(source__code="S1").exclude(code="S1/first")


def test_a_pasted_page_is_captured_and_compared(client, editor):
    answer = client.post(PATH, typed(country="IE", signed_in="false"), follow=True)

    made = captured().get()
    assert (made.how, made.country, made.signed_in) == ("pasted", "IE", False)
    assert made.captured_by == editor
    (gone,) = answer.context["findings"]["gone"]
    assert gone.nearest.after == "Many members' data trains models."
    assert [entry.code for entry in gone.entries] == ["clause"]
    assert "Start a change" in answer.content.decode()


def test_a_saved_page_is_uploaded(client):
    page = f"<html><body><main><p>{NEW_TEXT}</p></main></body></html>".encode()
    file = SimpleUploadedFile("page.html", page)

    client.post(PATH, typed(text="", file=file))

    made = captured().get()
    assert (made.how, made.text) == ("uploaded", NEW_TEXT)
    assert bytes(made.raw) == page


def test_the_form_is_shown_filled_in_with_today(client):
    form = client.get(PATH).context["form"]

    assert not form.is_bound
    assert form["captured_on"].value() == localdate()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"text": ""}, "text"),
        ({"text": "?!"}, "text"),
        ({"text": "x" * 600_000}, "text"),
        ({"file": SimpleUploadedFile("p.html", desk.TEXT.encode())}, "text"),
        ({"text": "", "file": SimpleUploadedFile("p.zip", b"PK\x03\x04")}, "file"),
        ({"text": "", "file": SimpleUploadedFile("p.txt", b"x" * 5_300_000)}, "file"),
        ({"captured_on": "2999-01-01"}, "captured_on"),
        ({"captured_on": "soon"}, "captured_on"),
        ({"language": "English"}, "language"),
        ({"country": "XX"}, "country"),
        ({"read": "rumour"}, "read"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_kept(fields, where, client):
    answer = client.post(PATH, typed(note="Read at noon.", **fields))

    form = answer.context["form"]
    assert answer.status_code == 422
    assert where in form.errors
    assert form["note"].value() == "Read at noon."
    assert not captured().exists()


def test_an_upload_is_shown_as_text_when_something_else_is_wrong(client):
    file = SimpleUploadedFile("page.txt", NEW_TEXT.encode())

    answer = client.post(PATH, typed(text="", file=file, language=""))

    assert answer.context["form"]["text"].value() == NEW_TEXT


def test_reading_the_same_words_again_is_logged_as_a_check(client):
    client.post(PATH, typed())

    answer = client.post(PATH, typed(), follow=True)

    assert "logged as a check" in answer.content.decode()
    assert captured().count() == 1
    assert SourceCheck.objects.count() == 1


def test_a_second_person_confirms_a_capture(client, client_of, approver):
    client.post(PATH, typed())

    answer = client_of(approver).post(PATH, typed(), follow=True)

    assert "Confirmed by a second person" in answer.content.decode()


def test_one_click_logs_a_source_as_unchanged(client, editor):
    client.post("/desk/sources/S1/unchanged/")

    check = SourceCheck.objects.get()
    assert (check.checked_by, check.checked_on) == (editor, localdate())


def test_a_source_whose_check_is_due_stands_in_the_queue(client):
    source = Source.objects.create(
        code="S2", title="Due", publisher="L", kind="faq", url="https://l.example/"
    )
    day = localdate() - timedelta(days=31)
    made = desk.capture(
        source,
        desk.TEXT,
        code="S2/old",
        captured_on=day,
        how="pasted",
        extent="whole",
        recorded_at=desk.AT,
    )
    made.save()

    assert source in client.get("/desk/").context["to_capture"]

    client.post("/desk/sources/S2/unchanged/")
    assert source not in client.get("/desk/").context["to_capture"]


def test_a_page_that_reads_differently_stands_in_the_queue_until_it_is_settled(client):
    client.post(PATH, typed())
    made = captured().get()
    assert list(client.get("/desk/").context["doubtful"]) == [made]

    row = Recheck.objects.get()
    client.post(f"/desk/rechecks/{row.pk}/", {"reason": "Only the first word."})

    assert list(client.get("/desk/").context["doubtful"]) == []
    assert in_doubt() == {}


def test_a_dismissal_without_a_reason_is_refused(client):
    client.post(PATH, typed())
    row = Recheck.objects.get()

    answer = client.post(f"/desk/rechecks/{row.pk}/", {"reason": ""})

    assert answer.status_code == 409
    assert "Give a reason" in answer.content.decode()
    assert in_doubt()


def test_the_place_of_a_repeated_wording_is_chosen_by_a_button(client):
    quoted = Quotation.objects.get(code="s1-1").text
    client.post(PATH, typed(text=f"{quoted} Once more: {quoted}"))
    row = Recheck.objects.get()
    start = captured().get().text.rindex(quoted)

    client.post(f"/desk/rechecks/{row.pk}/", {"start": str(start)})

    row.refresh_from_db()
    assert row.start == start


def test_a_draft_shows_first_what_rests_on_words_that_are_gone(client, editor):
    change = desk.change(editor)
    client.post(PATH, typed())

    page = client.get(desk.page(change)).content.decode()

    assert "Rests on words that are gone" in page


def test_a_source_is_recorded_once(client):
    fields = {
        "code": "A9999999",
        "title": "A new notice",
        "publisher": "LinkedIn",
        "kind": "update-notice",
        "url": "https://www.linkedin.com/help/linkedin/answer/a9999999",
        "state": "",
    }

    answer = client.post("/desk/sources/new/", fields)
    again = client.post("/desk/sources/new/", fields)

    assert answer["Location"] == "/desk/sources/A9999999/capture/"
    assert again.status_code == 422
    assert Source.objects.filter(code="A9999999").count() == 1
