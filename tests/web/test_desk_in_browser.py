"""The desk in a browser: an editor's way from a reworded page to readers."""

import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from policyguide.policy.models import Change
from tests import desk

pytestmark = pytest.mark.browser

REWORDED = desk.TEXT.replace("Some members'", "Many members'")


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def page_of(browser, site, sign_in):
    """An empty page of somebody's browser, with or without JavaScript."""
    contexts = []

    def page(person, **kind):
        context = browser.new_context(base_url=site, **kind)
        contexts.append(context)
        sign_in(context, person)
        return context.new_page()

    yield page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_passage_is_searched_quoted_and_saved(base, editor, page_of, site, scripts):
    change = desk.change(editor)
    page = page_of(editor, java_script_enabled=scripts)
    page.goto(site + desk.page(change, "entries/clause/"))

    page.get_by_label("Words").fill("Half a sentence")
    page.get_by_text("Quote a new passage").click()
    page.get_by_label("Capture", exact=True).select_option("S1/first")
    page.get_by_role("button", name="Show its text").click()
    expect(page.get_by_role("region", name="Text of the capture")).to_be_visible()
    page.get_by_label("The passage, to the letter").fill("You can opt out")
    page.get_by_role("button", name="Quote it").click()
    expect(page.get_by_text("is found 2 times")).to_be_visible()
    page.get_by_label("The passage, to the letter").fill(
        "Private messages are not used."
    )
    page.get_by_role("button", name="Quote it").click()
    expect(page.get_by_label("Private messages are not used.")).to_be_checked()
    expect(page.get_by_label("Words")).to_have_value("Half a sentence")
    page.locator(".form__actions").get_by_role("button", name="Save").click()

    expect(page).to_have_url(re.compile(f"/desk/changes/{change.pk}/"))
    clause = change.edition.entries.get(code="clause")
    assert clause.words == "Half a sentence"
    assert clause.quotations.count() == 2


def test_a_passage_selected_in_the_text_is_put_where_it_is_quoted(
    base, editor, page_of, site
):
    change = desk.change(editor)
    page = page_of(editor)
    page.goto(site + desk.page(change, "entries/clause/"))
    page.get_by_text("Quote a new passage").click()
    page.get_by_label("Capture", exact=True).select_option("S1/first")
    page.get_by_role("button", name="Show its text").click()

    page.get_by_role("region", name="Text of the capture").select_text()

    passage = page.get_by_label("The passage, to the letter")
    expect(passage).to_have_value(desk.TEXT)


def test_enter_in_the_search_searches_and_does_not_save(base, editor, page_of, site):
    other = desk.source("B2", "Nothing about ads is said.")
    desk.quotation(other, "Nothing about ads is said.", "b2-1")
    change = desk.change(editor)
    page = page_of(editor)
    page.goto(site + desk.page(change, "entries/clause/"))
    page.get_by_text("Choose another quotation").click()

    page.get_by_label("Find a quotation").fill("ads said")
    page.get_by_label("Find a quotation").press("Enter")

    expect(page.get_by_label("Nothing about ads is said.")).to_be_visible()
    expect(page).to_have_url(re.compile("/entries/clause/$"))


def capture(page, site):
    """Paste the reworded page, and start a change from what it breaks."""
    page.goto(f"{site}/desk/sources/S1/capture/")
    page.get_by_label("Paste the text of the page").fill(REWORDED)
    page.get_by_role("button", name="Keep it and compare").click()
    expect(page.get_by_role("heading", name="Gone 1")).to_be_visible()
    page.locator("main").get_by_role("link", name="Start a change").click()
    page.get_by_role("button", name="Open the draft").click()


def reword(page):
    """Put the new wording in the place of the one that is gone."""
    page.locator(".problems").get_by_role("link", name="Training").click()
    page.get_by_label("Words").fill("Many members' data trains.")
    page.get_by_label("Some members' data").uncheck()
    page.get_by_text("Quote a new passage").click()
    page.get_by_label("Capture", exact=True).select_option(f"S1/{localdate()}")
    passage = page.get_by_label("The passage, to the letter")
    passage.fill("Many members' data trains models.")
    page.locator(".form__actions").get_by_role("button", name="Save").click()


def submit(page):
    """Write the note, and hand the change to a second person."""
    page.get_by_role("link", name="Write it").click()
    page.get_by_label("Change note").fill("Many, not some.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("It now waits for an approver")).to_be_visible()


def publish(page, site):
    """Read what is different, approve it and publish it."""
    page.goto(f"{site}/desk/")
    page.get_by_role("link", name="S1 reads differently").click()
    expect(page.locator("del", has_text="Some").first).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Published.", exact=True)).to_be_visible()


def test_two_people_bring_a_reworded_page_to_readers(
    base, editor, approver, page_of, site
):
    first, second = page_of(editor), page_of(approver)

    capture(first, site)
    reword(first)
    submit(first)
    publish(second, site)

    first.goto(f"{site}/policy/clause/")
    expect(first.get_by_text("Many members' data trains.")).to_be_visible()
    assert Change.objects.get().edition.number == base.number + 1
