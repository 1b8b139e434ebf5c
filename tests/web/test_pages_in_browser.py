"""Pages as a browser shows them: to every eye, by keyboard alone, on a bad line."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from policyguide.memos.models import Batch, BatchFirm
from policyguide.policy.models import Change, Edition
from tests import factories
from tests.memos import making
from tests.web.test_access import ROLES, TABLE

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1440, "height": 900}
MEMO_CODE = TABLE["m/<str:code>/"].path.split("/")[2]
NARROWEST = {"width": 320, "height": 640}  # 1280 pixels at 400 %

# The sign-in pages of allauth rely on undefined variables being empty.
allauth_leaves_variables_out = pytest.mark.ignore_template_errors

# Pages in states that their bare address does not show.
STATES = (
    ("/?region=uk&region=us&use=posts", "nobody"),
    ("/before-you-post/?what=group+message&where=GB", "nobody"),
    ("/before-you-post/?what=photo&where=atlantis", "nobody"),
    ("/before-you-post/?what=zeppelin", "nobody"),
    ("/policy/search/", "nobody"),
    ("/policy/search/?q=recuriter", "nobody"),
    (f"/policy/search/?q={'long+' * 41}", "nobody"),
    ("/styleguide/", "nobody"),
    ("/styleguide/?state=empty", "nobody"),
    ("/styleguide/?state=loading", "nobody"),
    ("/no-such-page/", "nobody"),
    ("/accounts/login/", "nobody"),
    ("/accounts/password/reset/", "nobody"),
    ("/firms/hale-marsh/?use=ads&country=CA", "partner"),
    ("/accounts/2fa/", "partner"),
    ("/accounts/email/", "partner"),
    ("/accounts/password/change/", "partner"),
    ("/accounts/logout/", "partner"),
    ("/accounts/sessions/", "partner"),
)


def pages():
    """The address of every page, with somebody who may read it."""
    for row in TABLE.values():
        readers = [role for role in ROLES if row.read[role] == 200]
        if readers:
            yield row.path, readers[0]
    yield from STATES


@pytest.fixture
def things(db, hale_marsh):
    """The change, the memo and the batch that addresses name."""
    draft, editor = factories.draft(), factories.person()
    factories.entry(draft, code="a-clause")
    Change.objects.create(
        pk=9001, edition=draft, author=editor, opened_at=factories.NOON
    )
    edition = Edition.objects.get(number=1)
    making.issued(hale_marsh, edition, editor, code=MEMO_CODE)
    batch = Batch.objects.create(
        pk=9001, edition=edition, started_by=editor, started_at=making.AT
    )
    BatchFirm.across_firms.create(batch=batch, firm=hale_marsh, position=0)


@pytest.fixture
def reading(request, things, browser, site, sign_in, settings):
    """Read every page, with all that opens opened, as browsers of this kind show it."""

    def read(**kind):
        for role in sorted({role for _, role in pages()}):
            with opened(browser, **kind) as context:
                if role != "nobody":
                    sign_in(context, request.getfixturevalue(role))
                page = context.new_page()
                for path in (path for path, reader in pages() if reader == role):
                    settings.DEBUG = path.startswith("/styleguide/")
                    if is_html(context, site + path):
                        page.goto(site + path)
                        page.locator("details").evaluate_all(
                            "all => all.forEach(details => { details.open = true })"
                        )
                        yield path, page

    return read


@contextmanager
def opened(browser, **kind):
    context = browser.new_context(**kind)
    yield context
    context.close()


def is_html(context, url):
    return "text/html" in context.request.get(url).headers["content-type"]


@allauth_leaves_variables_out
# No rule of the styles depends on both the theme and the width, so two pairs see all.
@pytest.mark.parametrize(
    ("theme", "size"),
    [("light", PHONE), ("dark", DESKTOP)],
    ids=["light phone", "dark desktop"],
)
def test_no_page_shuts_anybody_out(reading, theme, size):
    found = [
        (path, violation["id"], violation["nodes"][0]["html"])
        for path, page in reading(color_scheme=theme, viewport=size)
        for violation in Axe().run(page).response["violations"]
    ]

    assert found == []


@allauth_leaves_variables_out
@pytest.mark.parametrize("size", [NARROWEST, PHONE], ids=["400 %", "phone"])
def test_no_page_scrolls_sideways(reading, size):
    width = "document.documentElement.scrollWidth"

    wide = [
        path
        for path, page in reading(viewport=size)
        if page.evaluate(width) > size["width"]
    ]

    assert wide == []


@allauth_leaves_variables_out
def test_pages_ask_no_other_host_and_break_no_policy(reading, site):
    hosts, refused = set(), []

    def listen(page):
        page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
        page.on("console", lambda said: refused.append(said.text))

    listening = set()
    for _, page in reading():
        if page not in listening:
            listen(page)
            listening.add(page)
        page.reload()

    assert hosts == {urlsplit(site).netloc}
    assert [text for text in refused if "Content Security Policy" in text] == []


def test_the_public_page_is_read_by_keyboard_alone(page, site):
    page.goto(site)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()

    tab_to(page, page.get_by_role("checkbox", name="United Kingdom"))
    page.keyboard.press("Space")

    expect(page.locator("#results")).to_contain_text("Shown for United Kingdom")
    expect(page).to_have_url(re.compile(r"region=uk"))
    expect(page.get_by_role("status")).to_contain_text("United Kingdom")
    expect(page.get_by_role("checkbox", name="United Kingdom")).to_be_focused()

    number = page.locator(".bottom-line .cites button").first
    tab_to(page, number)
    page.keyboard.press("Enter")
    expect(opened_quotation(page)).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(opened_quotation(page)).to_have_count(0)
    expect(number).to_be_focused()


def opened_quotation(page):
    return page.locator(".sources :popover-open")


def tab_to(page, target, *, most=60):
    """Press Tab until the target has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not lead to {target}.")


def test_the_public_page_answers_without_javascript(browser, site):
    with opened(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site)
        page.get_by_role("checkbox", name="Switzerland").check()
        page.get_by_role("button", name="Show the answer").click()

        expect(page.locator("#results")).to_contain_text("Shown for Switzerland")
        cell = page.locator("table.grid details").first
        cell.locator("summary").click()
        cell.locator(".cites button").first.click()
        expect(opened_quotation(page)).to_be_in_viewport()


def test_a_failed_update_is_said_and_the_old_answer_stays(page, site):
    page.goto(site)
    page.route("**/?*", lambda route: route.abort())

    page.get_by_role("checkbox", name="Canada").check()

    expect(page.get_by_role("status")).to_contain_text("could not be fetched")
    expect(page.locator("#results")).to_contain_text("Shown for all places")


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_moves_while_the_public_page_loads(browser, site, size):
    with opened(browser, viewport=size) as context:
        page = context.new_page()
        page.goto(site, wait_until="networkidle")

        assert page.evaluate(SHIFT) == 0


SHIFT = """() => new Promise(resolve => {
    let total = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) total += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(total), 300);
})"""


def test_an_opened_cell_stands_under_its_row(page, site):
    page.set_viewport_size(DESKTOP)
    page.goto(site)
    table, cell = page.locator("table.grid"), page.locator("table.grid details").first

    cell.locator("summary").click()

    words = cell.locator(".cell__more").bounding_box()
    assert words["width"] > 0.9 * table.bounding_box()["width"]


def test_what_changed_is_said_to_those_who_listen(page, site):
    page.goto(site)
    page.get_by_role("checkbox", name="Switzerland").check()
    expect(page.get_by_role("status")).to_contain_text("Switzerland")

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    said = {node["nodeId"]: node for node in tree["nodes"]}
    (region,) = (node for node in said.values() if is_polite(node))
    assert "Switzerland" in spoken(region, said)


def spoken(node, said):
    """What a node and all within it are called."""
    within = (spoken(said[child], said) for child in node.get("childIds", ()))
    return node.get("name", {}).get("value", "") + "".join(within)


def is_polite(node):
    live = {"name": "live", "value": {"type": "token", "value": "polite"}}
    return node.get("role", {}).get("value") == "status" and live in node["properties"]


def test_a_picture_is_named_and_described_to_those_who_listen(page, site):
    page.goto(f"{site}/?region=uk")

    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    said = {
        node["name"]["value"]: node.get("description", {}).get("value", "")
        for node in tree["nodes"]
        if node.get("role", {}).get("value") == "image"
    }
    assert len(said) == 5
    assert any("Microsoft trains its AI" in name for name in said)
    assert "Yes: United Kingdom." in "".join([*said, *said.values()])


@pytest.mark.parametrize("size", [NARROWEST, DESKTOP], ids=["400 %", "desktop"])
def test_no_word_in_a_picture_is_cut_off(page, site, size):
    page.set_viewport_size(size)
    page.goto(site)

    assert page.evaluate(CUT_OFF) == []


CUT_OFF = """() => [...document.querySelectorAll("svg[role=img] text")].filter(text => {
    const words = text.getBoundingClientRect();
    const picture = text.closest("svg[role=img]").getBoundingClientRect();
    return words.left < picture.left - 4 || words.right > picture.right + 4;
}).map(text => text.textContent)"""


def test_pictures_keep_to_forced_colours(browser, site):
    with opened(browser, forced_colors="active", color_scheme="dark") as context:
        page = context.new_page()
        page.goto(site)

        band, name, paper = (
            page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{what}")
            for selector, what in (
                (".flow__band", "fill"),
                (".flow__name", "fill"),
                ("body", "backgroundColor"),
            )
        )
        assert name == paper
        assert band != paper


def test_nothing_moves_for_those_who_ask_for_rest(browser, site):
    with opened(browser, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(site)
        page.locator("#results").evaluate("e => e.classList.add('htmx-request')")

        assert (
            page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
            == "auto"
        )
        assert (
            page.locator("#results").evaluate(
                "e => getComputedStyle(e, '::before').animationName"
            )
            == "none"
        )
