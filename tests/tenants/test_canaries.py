"""Everything anybody is ever told, searched for words of firms that are not theirs."""

import re
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core import mail

from policyguide.firms.models import Firm, Membership, Person
from policyguide.memos.document import document_of
from tests.memos import making
from tests.refusing import on_sqlite
from tests.tenants import canaries
from tests.tenants.canaries import canary, heard
from tests.tenants.rows import OWNED
from tests.tenants.tripwire import ACROSS_FIRMS, address
from tests.web.test_access import ROLES, TABLE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,  # the library's account pages
]

FIRMS = ("hale-marsh", "brandt-keller", "third-firm")
THEIRS = {
    "reader": {"hale-marsh"},
    "partner": {"hale-marsh"},
    "firm_admin": {"hale-marsh"},
    "rival": {"brandt-keller"},
    "member_of_both": {"hale-marsh", "brandt-keller"},
}
STARTS = ("/accounts/2fa/", "/accounts/email/", "/accounts/password/change/")
LINK = re.compile(r'(?:href|src|action|hx-get|hx-post)="([^"]*)"')
MOST_PAGES = 200
# What holds no word about a firm is not followed: files, and the record of the terms.
NOT_FOLLOWED = ("/static/", "/policy/", "/desk/sources/", "/desk/captures/")


@pytest.fixture
def singing(db):
    """Three firms in which every field sings."""
    Membership.across_firms.all().delete()
    for slug in FIRMS:
        Firm.objects.filter(slug=slug).update(slug=f"was-{slug}")
    edition = making.edition()
    return [canaries.firm(slug, edition) for slug in FIRMS]


def test_every_field_of_a_firms_rows_sings(singing):
    silent = canaries.silent_fields([Firm, Person, *OWNED], "hale-marsh")

    assert list(silent) == []


@pytest.fixture
def browser_of(request, singing, client_of):
    def browser(role):
        return client_of(None if role == "nobody" else request.getfixturevalue(role))

    return browser


def starts():
    """The addresses of the table, for every firm."""
    for row in TABLE.values():
        path = row.path.replace("/a-memos-code/", "/code-of-hale-marsh/")
        yield from (path.replace("hale-marsh", slug) for slug in FIRMS)
    yield from STARTS


def crawled(browser):
    """Every answer to every address that can be found from the first ones."""
    waiting, seen = deque(dict.fromkeys(starts())), set()
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        if path in seen:
            continue
        seen.add(path)
        for answer in asked(browser, path):
            yield path, answer
            waiting.extend(leading_on(path, answer))
    assert not waiting


def leading_on(path, answer):
    for link in LINK.findall(answer.content.decode("utf-8", "replace")):
        found = urldefrag(urljoin(path, link)).url
        if found.startswith("/") and not found.startswith(NOT_FOLLOWED):
            yield found


def asked(browser, path):
    """A page, its fragment, and what it says to an empty form."""
    yield whole(browser.get(path))
    yield whole(browser.get(path, headers={"HX-Request": "true"}))
    if path != "/accounts/logout/":
        yield whole(browser.post(path))


def whole(answer):
    """An answer that can be read twice, also if it was sent piece by piece."""
    if not answer.streaming:
        return answer
    return Answer(answer.getvalue(), headers=answer.headers)


@on_sqlite  # what a page says does not hang on the database
@pytest.mark.parametrize("role", ROLES)
def test_nobody_hears_of_a_firm_that_is_not_theirs(browser_of, role):
    theirs = THEIRS.get(role, set())
    foreign = [canary(slug) for slug in FIRMS if slug not in theirs]

    told, own = [], set()
    for path, answer in crawled(browser_of(role)):
        said = heard(answer)
        told += [
            (path, word)
            for word in foreign
            if word in unless_known_to_the_desk(said, path)
        ]
        own |= {slug for slug in theirs if canary(slug) in said}

    assert told == []
    assert own == theirs


def unless_known_to_the_desk(said, path):
    """What is said but for the names of firms, where those are listed for the desk, and
    for the messages that are stuck."""
    if address(urlsplit(path).path) in ACROSS_FIRMS and path.startswith("/desk/"):
        for slug in FIRMS:
            for known in (" LLP", " admin", "@example.test", " refused"):
                said = said.replace(f"{canary(slug)}{known}", "")
    return said


def test_no_mail_tells_of_a_firm_that_is_not_theirs(client, singing):
    for slug in FIRMS:
        member = Person.objects.get(memberships__firm__slug=slug)
        client.post("/accounts/password/reset/", {"email": member.email})

    assert len(mail.outbox) == len(FIRMS)
    for message in mail.outbox:
        said = str(message.message())
        foreign = [s for s in FIRMS if canary(s) not in "".join(message.to)]
        assert [slug for slug in foreign if canary(slug) in said] == []


def test_no_memo_tells_of_a_firm_that_is_not_its_own(singing):
    """Made one after the other by one process, as a worker makes them."""
    for firm in singing[:2]:
        memo = firm.memos.get(state="failed")
        document = document_of(memo, issued_at=making.AT)
        others = [canary(slug) for slug in FIRMS if slug != firm.slug]

        said = document.html + document.guidance + heard(Answer(document.pdf))
        assert canary(firm.slug) in said
        assert [word for word in others if word in said] == []


class Answer:
    """Bytes as if they were an answer."""

    def __init__(self, content, *, headers=None):
        self.content, self.headers = content, headers or {}
