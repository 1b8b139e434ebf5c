"""The message: what it says first, how it reads as text, and its headers."""

from datetime import date
from email.policy import SMTP

import pytest

from policyguide.notices.mail import folded, message_to, preview
from policyguide.notices.models import Preference
from policyguide.notices.news import news_of, news_of_draft
from policyguide.notices.preferences import person_of
from policyguide.policy import models
from tests.notices import telling
from tests.notices.telling import Event

Pace = Preference.Pace
ON = date(2026, 11, 24)
STOPPED = (
    models.Headline,
    {
        "code": "stopped",
        "words": "{places}: it **stopped**.",
        "effect": "training",
        "answer": "yes",
    },
)
WRITE = (
    models.Action,
    {
        "code": "write",
        "title": "Tell them",
        "audience": "marketing",
        "by_when": "Today",
        "words": "Write to your people.",
    },
)


@pytest.fixture
def firm(db):
    telling.first()
    return telling.in_london(name="Smith & Sons")


@pytest.fixture
def person(firm):
    return telling.member(firm)


def written(person, firm, edition, event=Event.PUBLISHED):
    news = news_of(edition, event, on=ON).for_firm(firm)
    return message_to(person, [news], pace=Pace.AT_ONCE, key=7)


def test_the_subject_says_what_changed_where_and_from_when(person, firm):
    message = written(person, firm, telling.changed())

    assert message.subject == "The UK changed · London · from 1 November 2026"


def test_many_places_are_counted(person, firm):
    for position, city in enumerate(("Leeds", "York", "Bath", "Ely"), start=1):
        firm.offices.create(city=city, country="GB", position=position)

    message = written(person, firm, telling.changed())

    assert "· London, Leeds, York and 2 more places ·" in message.subject


def test_the_first_line_is_what_it_means_for_the_firm(person, firm):
    message = written(person, firm, telling.changed())

    first, before = message.body.splitlines()[:2]
    assert first == "Yes. It no longer trains in the UK. [1]"
    assert before == "Before: It trains in the UK."


def test_a_headline_that_is_new_for_the_firm_comes_first(person, firm):
    message = written(person, firm, telling.changed(more=[STOPPED]))

    assert message.body.startswith("London: it stopped. [1]\n")
    assert "* Changed: UK: Training. Yes. It no longer trains" in message.body


def test_what_to_do_is_what_is_new_to_do(person, firm):
    body = written(person, firm, telling.changed(more=[WRITE])).body

    to_do = body.split("WHAT TO DO")[1].split("QUOTED")[0]
    told = " ".join(to_do.split())
    assert told == "Marketing * Tell them. Write to your people. [1] By when: Today."


def test_where_nothing_is_new_to_do_it_says_so(person, firm):
    assert "Nothing new is to be done." in written(person, firm, telling.changed()).body


def test_every_statement_is_quoted_with_where_to_read_it(person, firm):
    body = written(person, firm, telling.changed()).body

    assert "[1] “We may use posts.” Somebody, " in body
    assert "/policy/sources/" in body
    assert "#quotation-q-memo" in body


def test_an_announced_edition_says_that_it_is_not_in_force(person, firm):
    message = written(person, firm, telling.changed(in_force_from=date(2027, 6, 1)))

    assert message.subject.endswith("from 1 June 2027")
    text = " ".join(message.body.split())
    assert "is announced; it is not in force until 1 June 2027." in text


def test_it_says_why_it_came_and_how_to_stop_it(person, firm):
    message = written(person, firm, telling.changed())

    text = " ".join(message.body.split())
    assert "You get this because you belong to Smith & Sons." in text
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in message.body
    assert stop.startswith("http://127.0.0.1:8000/notices/stop/")
    assert person_of(stop.split("/")[-2]) == person
    assert (
        message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    )


def test_a_link_that_stops_it_is_found_in_the_headers(person, firm, settings):
    settings.SITE_URL = "https://linkedin-terms.a-rather-long-name.agency.example"
    sent = written(person, firm, telling.changed()).message(policy=SMTP).as_bytes()

    headers = sent.split(b"\r\n\r\n")[0].split(b"\r\n")
    (stop,) = [line for line in headers if line.startswith(b"List-Unsubscribe:")]
    assert stop.startswith(b"List-Unsubscribe: <https://linkedin-terms.")
    assert stop.endswith(b"/>")


def test_the_same_message_has_the_same_id(person, firm):
    edition = telling.changed()

    ids = {written(person, firm, edition).message()["Message-ID"] for _ in range(2)}

    assert ids == {"<notice-7@127.0.0.1>"}


def test_the_text_is_seventy_two_columns_wide_but_for_addresses(
    shipped_edition, hale_marsh, partner
):
    """All of the shipped edition, as if it had replaced nothing but its heading."""
    base = models.Edition.objects.get(number=1)
    news = news_of_draft(telling.changed(), base, on=ON).for_firm(hale_marsh)
    text = preview(news)[1]

    wide = [line for line in text.splitlines() if len(line) > 72]
    assert len(text.splitlines()) > 100
    assert all(line.startswith("http://") for line in wide)
    assert "\n\n\n" not in text


def test_a_preview_holds_nobodys_stop_link(person, firm):
    telling.changed()
    edition = models.Edition.objects.order_by("-number").first()
    base = models.Edition.objects.order_by("-number")[1]

    subject, text = preview(news_of_draft(edition, base, on=ON).for_firm(firm))

    assert subject == "The UK changed · London · from 1 November 2026"
    assert "/notices/stop/their-own/" in text


def test_text_is_folded_below_where_it_starts():
    star = "* " + "word " * 20
    number = "[12] " + "word " * 20

    assert folded(star).splitlines()[1].startswith("  word")
    assert folded(number).splitlines()[1].startswith("     word")
    assert folded("a\n\n\n\nb") == "a\n\nb\n"
