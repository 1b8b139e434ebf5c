"""What to do, on the firm's pages: planned, ticked off, exported and subscribed to."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.utils.timezone import localdate
from icalendar import Calendar

from policyguide.firms.calendars import open_calendar
from policyguide.firms.models import Task
from tests.factories import NOON

pytestmark = pytest.mark.django_db

TASKS = "/firms/hale-marsh/tasks/"
TASK = f"{TASKS}decide-setting/"
CALENDAR = "/firms/hale-marsh/calendar/"
LONG_AGO = date(2020, 1, 31)


@pytest.fixture
def task(hale_marsh, reader):
    """A task of the reader's, saved once."""
    return hale_marsh.tasks.create(
        action="decide-setting",
        owner=reader.memberships.get(),
        due_on=LONG_AGO,
        note="Ask first",
        version=1,
        changed_at=NOON,
        changed_by=reader,
    )


def test_the_list_shows_progress_at_a_glance(client_of, partner, task):
    page = client_of(partner).get(TASKS).content.decode()

    assert "0 of " in page
    assert "1 overdue" in page
    assert "due 31 January 2020" in page
    assert "Ask first" in page


def test_a_partner_plans_a_task_and_comes_back_to_it(client_of, partner, hale_marsh):
    owner = partner.memberships.get()
    typed = {"owner": owner.pk, "due_on": "2026-12-01", "note": "By mail", "version": 0}

    answer = client_of(partner).post(TASK, typed)

    assert answer.url == f"{TASKS}#task-decide-setting"
    saved = hale_marsh.tasks.get()
    assert (saved.owner, saved.due_on, saved.note) == (
        owner,
        date(2026, 12, 1),
        "By mail",
    )
    assert saved.changed_by == partner


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"due_on": "tomorrow", "note": "Kept"}, "Enter a valid date"),
        ({"note": "Kept" * 501}, "at most 2000 characters (it has 2004)"),
    ],
)
def test_what_cannot_be_saved_is_said_and_kept(client_of, partner, typed, said):
    answer = client_of(partner).post(TASK, typed)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Kept" in page
    assert not Task.across_firms.exists()


def test_a_member_of_another_firm_cannot_be_chosen(client_of, partner, rival):
    answer = client_of(partner).post(TASK, {"owner": rival.memberships.get().pk})

    assert answer.status_code == 422
    assert str(rival) not in answer.content.decode()


def test_the_second_of_two_savers_sees_both_and_loses_nothing(
    client_of, partner, hale_marsh, task
):
    browser = client_of(partner)

    answer = browser.post(TASK, {"note": "Mine", "version": 0})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else saved this while you were typing" in page
    assert "Ask first" in page
    assert "Mine</textarea>" in page
    assert 'name="version" value="1"' in page
    again = browser.post(TASK, {"note": "Mine", "version": 1})
    assert again.status_code == 302
    assert hale_marsh.tasks.get().note == "Mine"


def test_an_owner_ticks_off_but_does_not_plan(client_of, reader, hale_marsh, task):
    browser = client_of(reader)

    page = browser.get(TASK).content.decode()
    browser.post(TASK, {"note": "Asked", "due_on": "", "is_done": "on", "version": 1})

    assert 'name="due_on"' not in page
    saved = hale_marsh.tasks.get()
    assert (saved.due_on, saved.note, saved.done_by) == (LONG_AGO, "Asked", reader)


def test_a_reader_only_reads_what_is_not_theirs(client_of, member_of_both, task):
    browser = client_of(member_of_both)

    assert "<textarea" not in browser.get(TASK).content.decode()
    assert "Mark as done" not in browser.get(TASKS).content.decode()
    assert browser.post(f"{TASK}tick/", {"version": 1}).status_code == 403


def test_a_tick_leaves_the_plan_as_it_is(client_of, partner, hale_marsh, task):
    client_of(partner).post(f"{TASK}tick/", {"version": 1, "is_done": "on"})

    saved = hale_marsh.tasks.get()
    assert (saved.done_by, saved.due_on, saved.note) == (partner, LONG_AGO, "Ask first")


def test_a_tick_on_what_somebody_changed_is_not_taken(
    client_of, partner, hale_marsh, task
):
    answer = client_of(partner).post(
        f"{TASK}tick/", {"version": 0, "is_done": "on"}, follow=True
    )

    assert "was changed by somebody else meanwhile" in answer.content.decode()
    assert hale_marsh.tasks.get().done_at is None


@pytest.mark.parametrize("action", ["no-such-action", "ad-audiences"])
def test_what_the_firm_is_not_advised_is_not_there(
    client_of, partner, hale_marsh, action
):
    hale_marsh.uses = ["posts"]
    hale_marsh.save()

    assert client_of(partner).get(f"{TASKS}{action}/").status_code == 404


def test_the_table_has_a_row_for_each_task_and_no_formula(
    client_of, reader, hale_marsh, task
):
    hale_marsh.tasks.update(note="=1+1")

    answer = client_of(reader).get("/firms/hale-marsh/tasks.csv")

    text = answer.content.decode("utf-8-sig")
    row = next(
        row for row in csv.DictReader(StringIO(text)) if row["Code"] == "decide-setting"
    )
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        f'filename="{localdate()}-hale-marsh-tasks.csv"'
        in (answer.headers["Content-Disposition"])
    )
    assert (row["State"], row["Due on"]) == ("Overdue", "2020-01-31")
    assert (row["Owner"], row["Note"]) == (str(reader), "'=1+1")


def events(answer):
    return [
        event
        for event in Calendar.from_ical(answer.content).walk()
        if event.name == "VEVENT"
    ]


def test_a_calendar_shows_what_is_due_until_it_is_done(
    client, hale_marsh, reader, task
):
    secret = open_calendar(reader.memberships.get(), at=NOON)

    answer = client.get(f"/due/{secret}.ics")

    (event,) = events(answer)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert event.decoded("dtstart") == LONG_AGO
    assert str(reader) in event["summary"]
    assert event["url"].endswith(TASK)
    hale_marsh.tasks.update(done_at=NOON, done_by=reader, done_under=1)
    assert events(client.get(f"/due/{secret}.ics")) == []


def test_an_address_is_shown_once_and_works_until_it_is_stopped(client_of, reader):
    browser = client_of(reader)

    made = browser.post(CALENDAR).content.decode()
    path = made.split('<code class="secret">')[1].split("</code>")[0]
    path = path[path.index("/due/") :]

    assert path not in browser.get(CALENDAR).content.decode()
    assert browser.get(path).status_code == 200
    browser.post(CALENDAR, {"stop": "1"})
    assert browser.get(path).status_code == 404


def test_it_is_gone_with_the_membership(client, client_of, reader):
    secret = open_calendar(reader.memberships.get(), at=NOON)

    reader.memberships.get().delete()

    assert client.get(f"/due/{secret}.ics").status_code == 404
