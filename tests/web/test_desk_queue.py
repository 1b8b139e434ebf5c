"""The queue: what waits for what, and for whom the desk is."""

import pytest

from policyguide.policy import workflow
from policyguide.policy.states import ChangeState
from tests import desk


@pytest.fixture
def base(db):
    return desk.edition()


def queue(client):
    return client.get("/desk/").context


@pytest.mark.parametrize("who", ["reader", "partner", "firm_admin", "removed_member"])
def test_whoever_is_no_editor_is_told_there_is_no_such_page(who, request, client_of):
    person = request.getfixturevalue(who)

    assert client_of(person).get("/desk/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(db, client_of):
    answer = client_of(None).get("/desk/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_an_empty_queue_says_so(base, editor, client_of):
    page = client_of(editor).get("/desk/").content.decode()

    assert "No draft is open." in page
    assert "Nothing waits for a second person." in page


@pytest.mark.parametrize(
    ("state", "where"),
    [
        (ChangeState.DRAFT, "to_decide"),
        (ChangeState.IN_REVIEW, "to_review"),
        (ChangeState.APPROVED, "to_publish"),
    ],
)
def test_a_change_stands_under_what_it_waits_for(
    state, where, base, editor, approver, client_of
):
    change = desk.change_in(state, author=editor, approver=approver)

    found = queue(client_of(editor))

    places = ("to_decide", "to_review", "to_publish")
    assert {place: list(found[place]) for place in places} == {
        place: [change] if place == where else [] for place in places
    }


def test_the_oldest_change_stands_first(base, editor, client_of):
    later = desk.change(editor)
    earlier = desk.change(editor)
    type(later).objects.filter(pk=earlier.pk).update(
        opened_at=desk.AT.replace(year=2025)
    )

    assert list(queue(client_of(editor))["to_decide"]) == [earlier, later]


def test_a_change_sent_back_is_marked(base, editor, approver, client_of):
    change = desk.change_in(ChangeState.IN_REVIEW, author=editor, approver=approver)
    workflow.send_back(change, reason="Cite it.", by=approver, at=desk.AT)

    assert "Sent back" in client_of(editor).get("/desk/").content.decode()
