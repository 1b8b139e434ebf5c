"""Every address, asked by every kind of person, with every method.

An address that is not in `TABLE` fails the suite, and so does one whose answer changes.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import transaction
from django.urls import get_resolver
from django.utils.timezone import now

from policyguide.firms.models import Membership
from policyguide.memos.models import Batch
from policyguide.policy.models import Change, Edition, Quotation, Recheck
from tests import factories
from tests.memos import making

ROLES = (
    "nobody",
    "reader",
    "partner",
    "firm_admin",
    "rival",
    "member_of_both",
    "removed_member",
    "editor",
    "approver",
)


def answers(default, **others):
    """The status each role gets: all the same but for those named."""
    return {role: others.get(role, default) for role in ROLES}


OPEN = answers(200)
SIGNED_IN = answers(200, nobody=302)
MEMBERS = answers(
    404, nobody=302, reader=200, partner=200, firm_admin=200, member_of_both=200
)
PROFILE = MEMBERS | {"reader": 403, "member_of_both": 403}
ISSUERS = PROFILE | {"partner": 302, "firm_admin": 302}
ADMINS = PROFILE | {"partner": 403, "firm_admin": 302}
DESK = answers(404, nobody=302, editor=200, approver=200)
REFUSED = answers(405)
STRANGERS_SIGN_IN = answers(405, nobody=302)


def at_the_desk(status):
    """The desk's answer to those who work there; nobody else learns that it is one."""
    return DESK | {"editor": status, "approver": status}


@dataclass(frozen=True)
class Row:
    """What an address answers: by role, for reading and for writing.

    `written` is what a POST without any data gets; by default no address takes one.
    """

    path: str
    read: dict[str, int]
    written: dict[str, int] = field(default_factory=lambda: REFUSED)


SECRET = "a-calendars-secret"

TABLE = {
    "": Row("/", OPEN),
    "before-you-post/": Row("/before-you-post/", OPEN),
    "healthz": Row("/healthz", OPEN),
    # No worker looks after the tests, and they name no token.
    "data-protection/": Row("/data-protection/", OPEN),
    "readyz": Row("/readyz", answers(503)),
    "metrics": Row("/metrics", answers(404)),
    "styleguide/": Row("/styleguide/", answers(404)),
    "desk/": Row("/desk/", DESK, STRANGERS_SIGN_IN),
    "desk/log/": Row("/desk/log/", DESK, STRANGERS_SIGN_IN),
    "desk/batches/": Row(
        "/desk/batches/", DESK, DESK | {"editor": 403, "approver": 422}
    ),
    "desk/batches/<int:pk>/": Row("/desk/batches/9001/", DESK, DESK | {"editor": 403}),
    "desk/batches/<int:pk>/memos.zip": Row(
        "/desk/batches/9001/memos.zip", at_the_desk(404), STRANGERS_SIGN_IN
    ),
    "desk/notices/": Row("/desk/notices/", DESK, at_the_desk(422)),
    "desk/changes/<int:pk>/impact/": Row(
        "/desk/changes/9001/impact/", DESK, STRANGERS_SIGN_IN
    ),
    "desk/sources/": Row("/desk/sources/", DESK, STRANGERS_SIGN_IN),
    "desk/sources/new/": Row("/desk/sources/new/", DESK, at_the_desk(422)),
    "desk/sources/<str:code>/capture/": Row(
        "/desk/sources/A8059228/capture/", DESK, at_the_desk(422)
    ),
    "desk/sources/<str:code>/unchanged/": Row(
        "/desk/sources/A8059228/unchanged/", STRANGERS_SIGN_IN, at_the_desk(302)
    ),
    "desk/captures/<str:source>/<str:slug>/": Row(
        "/desk/captures/A8059228/opening/", DESK, STRANGERS_SIGN_IN
    ),
    "desk/rechecks/<int:pk>/": Row(
        "/desk/rechecks/9001/", STRANGERS_SIGN_IN, at_the_desk(409)
    ),
    "desk/editions/<int:number>/withdraw/": Row(
        "/desk/editions/1/withdraw/", DESK, at_the_desk(422)
    ),
    "desk/changes/new/": Row("/desk/changes/new/", DESK, at_the_desk(422)),
    "desk/changes/<int:pk>/": Row("/desk/changes/9001/", DESK, at_the_desk(409)),
    "desk/changes/<int:pk>/details/": Row(
        "/desk/changes/9001/details/", DESK, at_the_desk(422)
    ),
    "desk/changes/<int:pk>/base/": Row(
        "/desk/changes/9001/base/", STRANGERS_SIGN_IN, at_the_desk(302)
    ),
    "desk/changes/<int:pk>/preview/": Row(
        "/desk/changes/9001/preview/", DESK, STRANGERS_SIGN_IN
    ),
    "desk/changes/<int:pk>/new/<slug:kind>/": Row(
        "/desk/changes/9001/new/clause/", DESK, at_the_desk(422)
    ),
    "desk/changes/<int:pk>/new/<slug:kind>/quotations/": Row(
        "/desk/changes/9001/new/clause/quotations/", STRANGERS_SIGN_IN, DESK
    ),
    "desk/changes/<int:pk>/entries/<str:code>/": Row(
        "/desk/changes/9001/entries/a-clause/", DESK, at_the_desk(422)
    ),
    "desk/changes/<int:pk>/entries/<str:code>/quotations/": Row(
        "/desk/changes/9001/entries/a-clause/quotations/", STRANGERS_SIGN_IN, DESK
    ),
    "desk/changes/<int:pk>/entries/<str:code>/remove/": Row(
        "/desk/changes/9001/entries/a-clause/remove/",
        STRANGERS_SIGN_IN,
        at_the_desk(302),
    ),
    "desk/firms/": Row("/desk/firms/", DESK, STRANGERS_SIGN_IN),
    "desk/firms/<slug:slug>/": Row("/desk/firms/hale-marsh/", DESK, at_the_desk(422)),
    "firms/": Row("/firms/", answers(200, nobody=302), STRANGERS_SIGN_IN),
    "firms/<slug:slug>/people/": Row(
        "/firms/hale-marsh/people/", MEMBERS, ADMINS | {"firm_admin": 422}
    ),
    "firms/<slug:slug>/people/<int:pk>/": Row(
        "/firms/hale-marsh/people/9001/", STRANGERS_SIGN_IN, ADMINS
    ),
    "firms/<slug:slug>/people/invitations/<int:pk>/": Row(
        "/firms/hale-marsh/people/invitations/9001/", STRANGERS_SIGN_IN, ADMINS
    ),
    "invitations/<str:secret>/": Row(
        "/invitations/a-secret/", OPEN, answers(200, nobody=422)
    ),
    "firms/<slug:slug>/": Row("/firms/hale-marsh/", MEMBERS, STRANGERS_SIGN_IN),
    "firms/<slug:slug>/editions/": Row(
        "/firms/hale-marsh/editions/", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/profile/": Row(
        "/firms/hale-marsh/profile/",
        PROFILE,
        PROFILE | {"partner": 422, "firm_admin": 422},
    ),
    "firms/<slug:slug>/letterhead/": Row(
        "/firms/hale-marsh/letterhead/",
        PROFILE,
        PROFILE | {"partner": 302, "firm_admin": 302},
    ),
    "firms/<slug:slug>/letterhead.css": Row(
        "/firms/hale-marsh/letterhead.css", PROFILE, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/tasks/": Row(
        "/firms/hale-marsh/tasks/", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/tasks.csv": Row(
        "/firms/hale-marsh/tasks.csv", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/tasks/<str:action>/": Row(
        "/firms/hale-marsh/tasks/decide-setting/", MEMBERS, ISSUERS
    ),
    "firms/<slug:slug>/tasks/<str:action>/tick/": Row(
        "/firms/hale-marsh/tasks/decide-setting/tick/", STRANGERS_SIGN_IN, ISSUERS
    ),
    "firms/<slug:slug>/calendar/": Row("/firms/hale-marsh/calendar/", MEMBERS, MEMBERS),
    "due/<str:secret>.ics": Row(f"/due/{SECRET}.ics", OPEN),
    "firms/<slug:slug>/notes/": Row(
        "/firms/hale-marsh/notes/", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/notes/<str:kind>.eml": Row(
        "/firms/hale-marsh/notes/all-staff.eml", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/memos/": Row("/firms/hale-marsh/memos/", MEMBERS, ISSUERS),
    "firms/<slug:slug>/memos/all.zip": Row(
        "/firms/hale-marsh/memos/all.zip", PROFILE, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/memos/<int:number>/": Row(
        "/firms/hale-marsh/memos/1/", MEMBERS, ISSUERS
    ),
    "firms/<slug:slug>/memos/<int:number>.pdf": Row(
        "/firms/hale-marsh/memos/1.pdf", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/memos/<int:number>.docx": Row(
        "/firms/hale-marsh/memos/1.docx", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/memos/compare/<int:one>/<int:other>.docx": Row(
        "/firms/hale-marsh/memos/compare/1/1.docx", MEMBERS, STRANGERS_SIGN_IN
    ),
    "firms/<slug:slug>/memos/<int:number>/correction/": Row(
        "/firms/hale-marsh/memos/1/correction/",
        MEMBERS,
        {role: 302 if status == 200 else status for role, status in MEMBERS.items()},
    ),
    "firms/<slug:slug>/memos/compare/<int:one>/<int:other>/": Row(
        "/firms/hale-marsh/memos/compare/1/1/", MEMBERS, STRANGERS_SIGN_IN
    ),
    "m/<str:code>/": Row("/m/a-memos-code/", OPEN),
    "notices/": Row("/notices/", SIGNED_IN, answers(422, nobody=302)),
    "notices/stop/<str:token>/": Row(
        "/notices/stop/nobodys.token/", answers(404), answers(404)
    ),
    "policy/": Row("/policy/", OPEN),
    "policy/feed/": Row("/policy/feed/", OPEN),
    "policy/editions/": Row("/policy/editions/", OPEN),
    "policy/editions/<int:number>/": Row("/policy/editions/1/", OPEN),
    "policy/sources/<str:code>/": Row("/policy/sources/A8059228/", OPEN),
    "policy/search/": Row("/policy/search/?q=private+messages", OPEN),
    "policy/quotations/<str:code>/": Row("/policy/quotations/a8059228-6/", OPEN),
    "policy/<str:code>/": Row("/policy/gai-setting/", OPEN),
}

# Sign-in and the look-up tables are libraries' own; what matters of them is in
# `test_accounts.py` and below.
LIBRARIES = ("accounts/", "admin/")


def routes():
    """Every route of the project, as the resolver knows it."""

    def below(resolver, prefix):
        for pattern in resolver.url_patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from below(pattern, route)
            else:
                yield route

    return [r for r in below(get_resolver(), "") if not r.startswith(LIBRARIES)]


def test_every_address_is_in_the_table_and_nothing_else_is():
    assert sorted(routes()) == sorted(TABLE)


@pytest.fixture(autouse=True)
def a_change(db):
    """The change and the recheck that the desk's addresses name."""
    draft = factories.draft()
    factories.entry(draft, code="a-clause")
    Change.objects.create(
        pk=9001, edition=draft, author=factories.person(), opened_at=factories.NOON
    )
    quotation = Quotation.objects.select_related("capture").earliest("pk")
    Recheck.objects.create(
        pk=9001, quotation=quotation, capture=quotation.capture, outcome="gone"
    )


@pytest.fixture(autouse=True)
def people(hale_marsh):
    """The member and the invitation that addresses name."""
    firm_admin = factories.member(hale_marsh, Membership.Role.ADMIN)
    Membership.across_firms.create(
        pk=9001, firm=hale_marsh, person=factories.person(), role="reader"
    )
    hale_marsh.invitations.create(
        pk=9001,
        email="somebody@example.test",
        secret_sha256=sha256(b"a-secret").hexdigest(),
        invited_by=firm_admin,
        ends_at=now() + timedelta(hours=1),
    )


@pytest.fixture(autouse=True)
def a_memo(hale_marsh):
    """The memo that a firm's addresses name."""
    edition = Edition.objects.get(number=1)
    making.issued(hale_marsh, edition, factories.person(), code="a-memos-code")
    Batch.objects.create(
        pk=9001, edition=edition, started_by=factories.person(), started_at=making.AT
    )


@pytest.fixture(autouse=True)
def a_calendar(hale_marsh):
    """The secret address that is the way to a firm's due dates."""
    member = factories.member(hale_marsh)
    hale_marsh.calendar_addresses.create(
        membership=member.memberships.get(),
        secret_sha256=sha256(SECRET.encode()).hexdigest(),
        made_at=factories.NOON,
    )


@pytest.fixture
def browser_of(request, client_of):
    """A browser in which somebody of this role is signed in."""

    def browser(role):
        person = None if role == "nobody" else request.getfixturevalue(role)
        return client_of(person)

    return browser


@pytest.fixture
def everybody(db, hale_marsh, browser_of):
    """A browser for each role."""
    return {role: browser_of(role) for role in ROLES}


def status_of(ask, path):
    """What a request is answered; whatever it did is undone, as if alone."""
    with transaction.atomic():
        status = ask(path).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("route", TABLE)
def test_reading_is_for_those_it_is_meant_for(everybody, route):
    row = TABLE[route]

    for method in ("get", "head"):
        assert row.read == {
            role: status_of(getattr(browser, method), row.path)
            for role, browser in everybody.items()
        }


@pytest.mark.parametrize("route", TABLE)
def test_writing_is_for_those_it_is_meant_for(everybody, route):
    row = TABLE[route]

    assert row.written == {
        role: status_of(browser.post, row.path) for role, browser in everybody.items()
    }


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
@pytest.mark.parametrize("route", TABLE)
def test_no_other_method_does_anything(everybody, route, method):
    for browser in everybody.values():
        status = status_of(getattr(browser, method), TABLE[route].path)
        assert status in {302, 403, 404, 405}


@pytest.mark.parametrize("role", ["rival", "removed_member", "editor"])
@pytest.mark.parametrize(
    "route", [route for route in TABLE if route.startswith("firms/<slug:slug>")]
)
def test_a_foreign_firm_and_an_unknown_one_answer_alike(
    db, hale_marsh, browser_of, route, role
):
    browser, path = browser_of(role), TABLE[route].path
    unknown = path.replace("hale-marsh", "no-such-firm")
    ask = browser.get if 200 in TABLE[route].read.values() else browser.post
    foreign_answer, unknown_answer = ask(path), ask(unknown)

    assert foreign_answer.status_code == unknown_answer.status_code == 404
    assert foreign_answer.content == unknown_answer.content
    assert dict(foreign_answer.headers) == dict(unknown_answer.headers)


@pytest.mark.parametrize("route", TABLE)
def test_every_answer_carries_the_strict_policy(db, hale_marsh, browser_of, route):
    for role in ("nobody", "rival", "firm_admin", "editor"):
        answer = browser_of(role).get(TABLE[route].path)

        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_a_stranger_who_asks_for_a_part_is_sent_to_sign_in_as_a_whole(
    client, hale_marsh
):
    answer = client.get("/firms/hale-marsh/", headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/firms/hale-marsh/"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "nobody"])
def test_the_look_up_tables_are_closed_to_all_but_staff(browser_of, role):
    answer = browser_of(role).get("/admin/firms/firm/")

    assert answer.status_code == 302
    assert answer.url.startswith(("/admin/login/", "/accounts/2fa/"))
