"""The desk sees a firm's pages for a reason, for an hour, and on record."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from policyguide.firms import people
from policyguide.firms.models import Visit
from policyguide.policy.models import Edition
from policyguide.policy.states import NotAllowed
from tests.memos import making
from tests.refusing import refused
from tests.web.test_access import TABLE

pytestmark = pytest.mark.django_db

PAGES = (
    "/firms/hale-marsh/",
    "/firms/hale-marsh/memos/",
    "/firms/hale-marsh/memos/1/",
    "/firms/hale-marsh/memos/1.pdf",
    "/firms/hale-marsh/memos/1.docx",
)


@pytest.fixture
def firm(hale_marsh, partner):
    making.issued(hale_marsh, Edition.objects.get(number=1), partner)
    return hale_marsh


@pytest.fixture
def desk(client_of, editor):
    return client_of(editor)


def test_who_says_why_may_read_the_firms_pages(desk, firm):
    before = {desk.get(path).status_code for path in PAGES}

    answer = desk.post("/desk/firms/hale-marsh/", {"because": "They rang for help."})

    assert before == {404}
    assert answer.url == "/firms/hale-marsh/"
    assert {desk.get(path).status_code for path in PAGES} == {200}


def test_a_visitor_changes_nothing(desk, firm):
    desk.post("/desk/firms/hale-marsh/", {"because": "They rang for help."})

    assert desk.post("/firms/hale-marsh/memos/").status_code == 403
    assert desk.get("/firms/hale-marsh/profile/").status_code == 403
    assert desk.post("/firms/hale-marsh/people/").status_code == 403


@pytest.mark.parametrize("route", [r for r in TABLE if r.startswith("firms/<slug")])
def test_a_visitor_is_let_in_or_told_why_not(desk, firm, editor, route):
    people.begin_visit(firm, by=editor, because="They rang.", at=now())

    assert desk.get(TABLE[route].path).status_code in {200, 403, 404, 405}
    assert desk.post(TABLE[route].path).status_code in {403, 404, 405}


def test_a_visit_is_to_one_firm(desk, firm, brandt_keller):
    desk.post("/desk/firms/hale-marsh/", {"because": "They rang for help."})

    assert desk.get("/firms/brandt-keller/").status_code == 404


@pytest.mark.parametrize("because", ["", " ", "two\nlines"])
def test_there_is_no_visit_without_a_reason(desk, firm, because):
    answer = desk.post("/desk/firms/hale-marsh/", {"because": because})

    assert answer.status_code == 422
    assert not Visit.across_firms.exists()


def test_a_visit_ends_after_an_hour(desk, firm, editor):
    for minutes, status in ((61, 404), (59, 200)):
        began = now() - timedelta(minutes=minutes)
        people.begin_visit(firm, by=editor, because="They rang.", at=began)

        assert {desk.get(path).status_code for path in PAGES} == {status}


def test_a_visit_ends_with_the_work_at_the_desk(desk, firm, editor):
    people.begin_visit(firm, by=editor, because="They rang.", at=now())
    editor.desk_role = "none"
    editor.save()

    assert {desk.get(path).status_code for path in PAGES} == {404}


def test_the_firms_admins_see_who_looked_in_and_why(client_of, firm_admin, desk, firm):
    desk.post("/desk/firms/hale-marsh/", {"because": "They rang for help."})

    said = client_of(firm_admin).get("/firms/hale-marsh/people/").content.decode()

    assert "They rang for help." in said


def test_a_visit_stays_on_record(firm, editor):
    visit = people.begin_visit(firm, by=editor, because="They rang.", at=now())

    for change in ({"because": "No reason"}, {"ends_at": now()}):
        with refused("stays as it was recorded"):
            Visit.across_firms.filter(pk=visit.pk).update(**change)
    with refused("stays as it was recorded"):
        Visit.across_firms.filter(pk=visit.pk).delete()


def test_only_the_desk_visits(firm, rival):
    with pytest.raises(NotAllowed):
        people.begin_visit(firm, by=rival, because="To look", at=now())
