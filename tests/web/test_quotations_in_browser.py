"""Quotations opened where they stand, by key and by click, and copied."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_quotation_opens_in_place_by_key_and_its_citation_is_copied(
    page, site, sign_in, reader
):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page.context, reader)
    page.goto(f"{site}/firms/hale-marsh/")
    page.locator(".bottom-line .cites button").first.press("Enter")
    quotation = page.locator(":popover-open")
    quotation.locator("a.in-context").press("Enter")

    opened = quotation.locator("details.in-context")
    expect(opened.locator("mark")).to_be_visible()
    expect(opened.locator("summary")).to_be_focused()
    opened.get_by_role("button", name="Copy: OSCOLA").press("Enter")
    expect(opened.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied in opened.locator("dd").all_inner_texts()[1]
    assert copied.endswith("2026.")
    opened.locator("summary").press("Enter")
    expect(opened.locator("mark")).to_be_hidden()


def test_when_it_cannot_be_fetched_its_page_is_gone_to(page, site, db):
    page.goto(f"{site}/policy/gai-setting/")
    page.route("**/policy/quotations/**", lambda route: route.abort(), times=1)
    page.locator("a.in-context").first.click()

    page.wait_for_url("**/policy/quotations/**")
    expect(page.locator("mark")).to_be_visible()


def test_without_scripts_it_has_a_page_and_nothing_promises_to_copy(browser, site, db):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/policy/gai-setting/")
    page.locator("a.in-context").first.click()

    expect(page.locator("mark")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    context.close()
