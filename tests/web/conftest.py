"""A browser for the tests that need one: Debian's Chromium, and who is signed in."""

import os
import shutil

import pytest

# Playwright's event loop stays for the rest of the run; Django would refuse to ask the
# database beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.fail("Browser tests need Chromium: apt-get install chromium.")
    return {
        **browser_type_launch_args,
        "executable_path": found,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def site(django_db_setup, live_server):
    """The address of a running server. It shares the tests' database, if that is
    there first."""
    return live_server.url


@pytest.fixture
def page(browser):
    """An empty page in a context of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in(site, client_of):
    """Sign a person in, in a browser's context."""

    def signed_in(context, person):
        cookie = client_of(person).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": cookie, "url": site}])

    return signed_in
