"""What is taken out, and which tests should notice."""

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pkgutil import walk_packages
from textwrap import dedent
from urllib.parse import urlsplit

from django.db import connection
from django.http import Http404
from django.urls import resolve

from policyguide.firms.guards import guards as firm_guards
from policyguide.firms.models import Firm, Membership
from policyguide.memos.guards import guards as memo_guards
from policyguide.memos.models import Memo, Original
from policyguide.policy.immutability import install, remove
from policyguide.web import views
from policyguide.web.middleware import ClosedByDefaultMiddleware
from tests.web.test_access import TABLE


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One rule less. `caught_by` is a pattern for the tests that should notice."""

    name: str
    caught_by: str
    make: Callable[[], object]
    undo: Callable[[], object]

    def catches(self, test: str) -> bool:
        return re.search(self.caught_by, test) is not None


def mutants() -> Iterator[Mutant]:
    yield from views_without_their_check()
    for path, old, new, caught_by in RULES:
        yield edited(path, old, new, caught_by)
    yield open_by_default()
    yield from databases_without_a_guard()


# ── Views that do not look who asks ───────────────────────────────────────────────────


def any_membership(person, slug):
    firm = Firm.objects.filter(slug=slug).first()
    if firm is None:
        raise Http404
    return Membership(firm=firm, role=Membership.Role.ADMIN)


def any_firm(person, slug):
    return any_membership(person, slug).firm


def any_original(person, slug, number):
    return Original.across_firms.get(memo__firm__slug=slug, memo__number=number)


def any_memo(firm, number):
    memo = Memo.across_firms.listed().filter(number=number).first()
    if memo is None:
        raise Http404
    return memo


UNCHECKED = {
    "membership_for": any_membership,
    "member_for": any_membership,
    "firm_for": any_firm,
    "firm_where_may_issue": any_firm,
    "firm_where_may_edit_profile": any_firm,
    "firm_where_may_manage_people": any_firm,
    "original_for": any_original,
    "memo_of": any_memo,
    "issued_memo_of": any_memo,
    "require_editor": lambda person: person,
    "belongs_to": lambda memo, person: True,
}


def views_without_their_check() -> Iterator[Mutant]:
    """For each function of the views and each check that it calls."""
    for found in walk_packages(views.__path__, f"{views.__name__}."):
        module = import_module(found.name)
        for name, function in vars(module).items():
            code = getattr(inspect.unwrap(function), "__code__", None)
            if code is None or function.__module__ != module.__name__:
                continue
            for check in UNCHECKED.keys() & set(code.co_names):
                yield without_check(module, code, check, name)


def without_check(module, code, check, view) -> Mutant:
    checked = getattr(module, check)

    def unchecked(*args):
        caller = sys._getframe(1).f_code
        return (UNCHECKED[check] if caller is code else checked)(*args)

    routes = "|".join(re.escape(route) for route in routes_of(module))
    page_tests = rf"test_access\.py::test_(reading|writing).*\[({routes})\]"
    page = module.__name__.removeprefix(f"{views.__name__}.").replace(".", "_")
    return Mutant(
        name=f"{module.__name__}.{view} without {check}",
        caught_by=rf"{page_tests}|tests/web/test_{page}",
        make=partial(setattr, module, check, unchecked),
        undo=partial(setattr, module, check, checked),
    )


def routes_of(module) -> Iterator[str]:
    """The routes of the access table that lead to a module's views."""
    for route, row in TABLE.items():
        if resolve(urlsplit(row.path).path).func.__module__ == module.__name__:
            yield route


# ── Rules that say something else ─────────────────────────────────────────────────────

ACCESS = "policyguide.firms.access"
MEMOS = "policyguide.memos"
PEOPLE = "policyguide.firms.people"

RULES = (
    (
        f"{ACCESS}.membership_for",
        "Membership.across_firms.filter(person=person.pk or 0)",
        "Membership.across_firms.all()",
        r"test_reading.*firms/<slug:slug>/",
    ),
    (
        f"{ACCESS}.membership_for",
        ".filter(firm__slug=slug)",
        "",
        r"test_reading.*firms/<slug:slug>/",
    ),
    (
        f"{ACCESS}.firm_where_may_issue",
        "not membership.may_issue_memos",
        "False",
        r"test_writing.*memos/",
    ),
    (
        f"{ACCESS}.firm_where_may_edit_profile",
        "not membership.may_edit_profile",
        "False",
        r"test_writing.*profile/",
    ),
    (
        f"{ACCESS}.require_editor",
        "not works_at_the_desk(person)",
        "False",
        r"test_reading.*desk/",
    ),
    (
        f"{MEMOS}.access.memo_of",
        "firm.memos.listed()",
        "Memo.across_firms.listed()",
        r"test_reading.*number>/",
    ),
    (
        f"{MEMOS}.access.issued_memo_of",
        "not memo.is_issued",
        "False",
        r"test_memos_download",
    ),
    (
        f"{MEMOS}.access.original_for",
        ".filter(memo__firm__memberships__person=person.pk or 0)",
        "",
        r"test_reading.*pdf",
    ),
    (
        f"{MEMOS}.access.original_for",
        ", memo__firm__slug=slug",
        "",
        r"test_memos_download|test_canaries",
    ),
    (
        f"{MEMOS}.access.belongs_to",
        ".filter(person=person.pk or 0)",
        "",
        r"test_memo_status",
    ),
    (
        f"{MEMOS}.issue.memo_at_hand",
        "firm.memos.filter",
        "Memo.across_firms.filter",
        r"test_memos_index|test_issue|test_reading.*memos/",
    ),
    (
        f"{MEMOS}.issue.try_again",
        "memo.firm.memos.filter",
        "Memo.across_firms.filter",
        r"test_writing.*number>/",
    ),
    (
        f"{MEMOS}.document.since_last",
        "memo.firm.memos.issued()",
        "Memo.across_firms.issued()",
        r"test_canaries|tests/memos/test_issue",
    ),
    (
        f"{ACCESS}.firm_where_may_manage_people",
        "not membership.may_manage_people",
        "False",
        r"test_writing.*people/",
    ),
    (
        f"{ACCESS}.works_at_the_desk",
        " and person.is_editor",
        "",
        r"test_reading.*desk/",
    ),
    (f"{ACCESS}._visitor", ".going_on()", "", r"test_desk_firms"),
    (f"{ACCESS}._visitor", ", person=person.pk", "", r"test_desk_firms|test_access"),
    (f"{ACCESS}._visitor", "firm__slug=slug, ", "", r"test_desk_firms"),
    (f"{PEOPLE}.accept", ".waiting(at)", "", r"test_people"),
    (f"{PEOPLE}.invitation_by", ".waiting(at)", "", r"test_people"),
    (
        f"{PEOPLE}._an_admin_left",
        "raise NotAllowed(LAST_ADMIN)",
        "pass",
        r"test_people",
    ),
    (f"{PEOPLE}.begin_visit", "not by.is_editor", "False", r"test_desk_firms"),
    (
        "policyguide.web.views.invitations._join",
        " or not is_theirs",
        "",
        r"test_people",
    ),
    (
        "policyguide.firms.models.FirmQuerySet.for_person",
        "self.filter(memberships__person=person)",
        "self.all()",
        r"test_accounts",
    ),
    (
        "policyguide.web.views.guidance.firm",
        "firm=membership.firm_id",
        "firm=Firm.objects.order_by('pk').first().pk",
        r"test_canaries|test_guidance_firm",
    ),
)


def edited(path: str, old: str, new: str, caught_by: str) -> Mutant:
    """A function with another text, wherever it has been imported to."""
    function = inspect.unwrap(_at(path))
    text = dedent(inspect.getsource(function))
    if text.count(old) != 1:
        raise ValueError(f"{path} does not say {old!r} once.")
    changed: dict[str, object] = {}
    exec(text.replace(old, new), function.__globals__, changed)  # noqa: S102 - our own
    (other,) = changed.values()
    return Mutant(
        name=f"{path}: {new or 'nothing'} for {old}",
        caught_by=caught_by,
        make=partial(setattr, function, "__code__", inspect.unwrap(other).__code__),
        undo=partial(setattr, function, "__code__", function.__code__),
    )


def _at(path: str) -> Callable[..., object]:
    module, name = path.rsplit(".", 1)
    try:
        return getattr(import_module(module), name)
    except ModuleNotFoundError:
        return getattr(_at(module), name)


def open_by_default() -> Mutant:
    closed = ClosedByDefaultMiddleware
    return Mutant(
        name="views open by default",
        caught_by=r"test_access\.py::test_reading",
        make=partial(setattr, closed, "process_view", lambda *asked: None),
        undo=partial(delattr, closed, "process_view"),
    )


# ── A database that lets anything pass ────────────────────────────────────────────────


def databases_without_a_guard() -> Iterator[Mutant]:
    for guard in [*firm_guards(connection), *memo_guards(connection)]:
        yield Mutant(
            name=f"the database without {guard.name}",
            caught_by=r"test_rows|memos/test_guards",
            make=partial(remove, connection, [guard]),
            undo=partial(install, connection, [guard]),
        )
