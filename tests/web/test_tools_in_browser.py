"""The pages to work with, as a browser shows them."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_before_you_post_answers_as_one_types_and_says_so(page, site):
    page.goto(site + "/before-you-post/")

    page.get_by_label("What are you about to share?").type("headshot")
    expect(page.get_by_role("status")).to_contain_text("choose where you are")
    page.get_by_label("Where are you?").select_option("Ireland")

    expect(page.locator("#answer")).to_contain_text("Profile photo, in EU and EEA")
    expect(page.get_by_role("status")).to_contain_text("Profile photo, in EU and EEA")
    expect(page).to_have_url(re.compile(r"what=headshot&where=IE"))


def test_a_choice_is_confirmed_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/before-you-post/?what=photo&where=GB")

    page.get_by_role("link", name="Profile photo").click()

    expect(page.locator("#answer")).to_contain_text("Profile photo, in United Kingdom")
    context.close()


def test_the_terms_are_asked_by_keyboard_alone(page, site):
    page.goto(site + "/policy/search/")
    page.keyboard.press("/")
    page.keyboard.type("every 60 days")
    expect(page.get_by_role("status")).to_contain_text("found, the best first")

    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Ask the terms")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/policy/r-60-days/"))


def test_a_note_is_copied_rich_and_plain(browser, site, reader, sign_in):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    sign_in(context, reader)
    page = context.new_page()
    page.goto(site + "/firms/hale-marsh/notes/")

    page.get_by_role("button", name="Copy Mail to all staff", exact=True).click()

    expect(page.get_by_role("status")).to_have_text("Copied.")
    kinds = "navigator.clipboard.read().then(items => items[0].types)"
    assert page.evaluate(kinds) == ["text/plain", "text/html"]
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("Dear all,")
    context.close()
