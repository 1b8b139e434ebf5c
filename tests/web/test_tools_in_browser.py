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
