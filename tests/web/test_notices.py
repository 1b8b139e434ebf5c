"""What people are told, as they see it, and how they choose and stop it."""

import pytest

from policyguide.notices.models import Preference
from policyguide.notices.preferences import pace_of, set_pace, stop_token
from policyguide.notices.send import send_due
from tests.notices import telling

Pace = Preference.Pace


@pytest.fixture
def told(reader):
    """The reader was sent what changed in the UK."""
    telling.first()
    telling.tell(telling.changed())
    send_due(at=telling.TUESDAY)
    return reader


def test_a_person_chooses_how_often(reader, client_of):
    browser = client_of(reader)

    answer = browser.post("/notices/", {"pace": "weekly"}, follow=True)

    assert pace_of(reader) == Pace.WEEKLY
    assert "Saved." in answer.content.decode()
    chosen = answer.context["form"].initial
    assert chosen == {"pace": Pace.WEEKLY}


def test_a_choice_that_there_is_not_changes_nothing(reader, client_of):
    set_pace(reader, Pace.DAILY, at=telling.TUESDAY)

    answer = client_of(reader).post("/notices/", {"pace": "hourly"})

    assert answer.status_code == 422
    assert pace_of(reader) == Pace.DAILY


def test_people_read_what_they_were_told(told, client_of):
    page = client_of(told).get("/notices/").content.decode()

    assert "The UK changed" in page
    assert "sent 24 November 2026" in page


def test_whoever_left_the_firm_reads_nothing_of_it(told, client_of):
    told.memberships.all().delete()

    page = client_of(told).get("/notices/").content.decode()

    assert "The UK changed" not in page
    assert "Nothing yet." in page


def test_nobody_reads_what_others_were_told(told, rival, client_of):
    assert "The UK changed" not in client_of(rival).get("/notices/").content.decode()


def test_opening_a_stop_link_stops_nothing(reader, client):
    answer = client.get(f"/notices/stop/{stop_token(reader)}/")

    assert answer.status_code == 200
    assert "Stop them" in answer.content.decode()
    assert pace_of(reader) == Pace.AT_ONCE


def test_a_mail_program_stops_the_mail_in_one_step(reader, client_of):
    strict = client_of(None, enforce_csrf_checks=True)

    answer = strict.post(
        f"/notices/stop/{stop_token(reader)}/", {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    assert "You get no more messages" in answer.content.decode()
    assert pace_of(reader) == Pace.NEVER


def test_a_stop_link_tells_nothing_about_the_person(reader, client):
    page = client.get(f"/notices/stop/{stop_token(reader)}/").content.decode()

    assert reader.email not in page
    assert "Hale" not in page
