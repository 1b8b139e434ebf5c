"""The stories of the product, each walked by keyboard alone.

The public page's is in `test_pages_in_browser.py`.
"""

import re

import pytest
from playwright.sync_api import expect

from policyguide.firms.models import Firm
from policyguide.memos.models import Memo
from policyguide.memos.pdf import pdf_available
from policyguide.policy.models import Change
from tests import factories
from tests.web.test_pages_in_browser import tab_to

pytestmark = pytest.mark.browser

FIRM = "/firms/hale-marsh/"


@pytest.fixture
def site_of(page, site, sign_in):
    """The site as somebody who is signed in sees it, at an address."""

    def opened(person, path):
        sign_in(page.context, person)
        page.goto(site + path)
        return page

    return opened


@pytest.mark.ignore_template_errors  # the library's own pages
def test_anybody_invited_signs_in(page, site, hale_marsh):
    person = factories.member(hale_marsh)
    page.goto(site + FIRM)

    tab_to(page, page.get_by_role("textbox", name=re.compile("e-?mail", re.I)))
    page.keyboard.type(person.email)
    tab_to(page, page.locator("input[type=password]"))
    page.keyboard.type(factories.PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Hale & Marsh")


def test_marketing_opens_an_answer_of_the_grid_and_tries_a_use(site_of, firm_admin):
    page = site_of(firm_admin, FIRM)

    answer = page.locator("#offices ~ * summary, .grid summary").first
    tab_to(page, answer, most=120)
    page.keyboard.press("Enter")
    expect(answer.locator("xpath=..")).to_have_attribute("open", "")

    page.goto(page.url)
    tab_to(page, page.locator(".what-if summary"), most=120)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("checkbox", name="Polls"))
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("use=polls"))
    assert "polls" not in Firm.objects.get(slug="hale-marsh").uses


def test_a_firm_admin_changes_the_profile(site_of, firm_admin):
    page = site_of(firm_admin, f"{FIRM}profile/")

    tab_to(page, page.get_by_role("checkbox", name="Polls"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Save"), most=120)
    page.keyboard.press("Enter")

    expect(page.get_by_text("The profile is saved")).to_be_visible()
    assert "polls" in Firm.objects.get(slug="hale-marsh").uses


@pytest.mark.skipif(not pdf_available(), reason="Pango is not installed")
def test_a_partner_asks_for_a_memo(site_of, partner):
    page = site_of(partner, f"{FIRM}memos/")

    tab_to(page, page.get_by_role("button", name="Issue a memo"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("It is being made.")).to_be_visible()
    assert Memo.across_firms.get(firm__slug="hale-marsh").requested_by == partner


def test_an_editor_starts_a_change(site_of, editor):
    page = site_of(editor, "/desk/")

    tab_to(page, page.get_by_role("link", name="Start a change").last)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("What is this change about?"))
    page.keyboard.type("A change by keyboard")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("A change by keyboard")
    assert Change.objects.get(author=editor).edition.title == "A change by keyboard"
