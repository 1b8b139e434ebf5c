"""Hostile words in a real browser, without our policy to stop what gets through."""

from urllib.parse import urlsplit

import pytest

from policyguide.policy.models import Clause

pytestmark = pytest.mark.browser


def test_nothing_runs_and_no_other_host_is_asked(
    browser, site, sign_in, edition, hostile_firm, partner
):
    clauses = Clause.objects.filter(edition=edition).values_list("code", flat=True)
    paths = ["/", "/firms/hale-marsh/", *(f"/policy/{code}/" for code in clauses)]
    context = browser.new_context(bypass_csp=True)
    sign_in(context, partner)
    page, hosts, ran = context.new_page(), set(), []
    page.on("request", lambda asked: hosts.add(urlsplit(asked.url).netloc))
    page.on("dialog", lambda dialog: ran.append(dialog.message))

    for path in paths:
        page.goto(site + path)
        page.locator("details").evaluate_all(
            "all => all.forEach(details => { details.open = true })"
        )
        page.wait_for_load_state("networkidle")
        ran += [path] if page.evaluate("window.ran") else []
    context.close()

    assert ran == []
    assert hosts == {urlsplit(site).netloc}
