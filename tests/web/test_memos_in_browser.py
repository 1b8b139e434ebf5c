"""A partner asks for a memo, waits for it, takes it away and checks it."""

import pytest
from playwright.sync_api import expect

from policyguide.memos.issue import make
from policyguide.memos.models import Memo
from policyguide.memos.pdf import pdf_available
from tests.memos import making

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not pdf_available(), reason="Pango is not installed"),
]

MEMOS = "/firms/hale-marsh/memos/"


@pytest.fixture
def memos(page, site, sign_in, partner, hale_marsh):
    """The list of the firm's memos, as its partner sees it."""
    sign_in(page.context, partner)
    page.goto(site + MEMOS)
    return page


def issue(page):
    """Ask for a memo; what then waits for it in the page."""
    page.get_by_role("button", name="Issue a memo").click()
    expect(page.get_by_text("It is being made.")).to_be_visible()
    return Memo.across_firms.get(firm__slug="hale-marsh")


def test_a_memo_appears_by_itself_and_is_the_file_that_was_issued(memos, tmp_path):
    memo = issue(memos)

    make(memo.pk, at=making.AT)

    link = memos.get_by_role("link", name="Download memo 1, ")
    expect(link).to_be_visible()
    expect(memos.locator("[hx-trigger]")).to_have_count(0)
    with memos.expect_download() as download:
        link.click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "2026-11-24-hale-marsh-memo-1.pdf"
    memos.get_by_role("link", name="public page").click()
    check = memos.get_by_label("Choose the PDF")
    check.set_input_files(file)
    expect(memos.get_by_text("This is the file that was issued")).to_be_visible()
    file.write_bytes(file.read_bytes() + b" ")
    check.set_input_files([])
    check.set_input_files(file)
    expect(memos.get_by_text("This is not the file")).to_be_visible()


def test_a_file_can_be_dropped_anywhere_on_the_page(page, site, hale_marsh, partner):
    memo = making.issued(hale_marsh, making.edition(), partner)
    page.goto(f"{site}/m/{memo.code}/")
    dropped = page.evaluate_handle(
        """text => {
            const dropped = new DataTransfer();
            dropped.items.add(new File([text], "memo.pdf"));
            return dropped;
        }""",
        making.PDF.decode(),
    )

    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})

    expect(page.get_by_text("This is the file that was issued")).to_be_visible()


def test_without_scripts_whoever_waits_looks_again(
    browser, site, sign_in, partner, hale_marsh
):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, partner)
    page = context.new_page()
    page.goto(site + MEMOS)
    memo = issue(page)

    make(memo.pk, at=making.AT)
    page.get_by_role("link", name="Look again").click()

    expect(page.get_by_role("link", name="Download memo 1, ")).to_be_visible()
    context.close()
