"""The desk sees who was told of what, and settles what is stuck."""

import pytest

from policyguide.firms.models import Membership
from policyguide.notices.models import Notice
from policyguide.policy.models import LogLine
from tests.notices import telling
from tests.notices.telling import State


@pytest.fixture
def edition(db):
    Membership.across_firms.all().delete()
    telling.first()
    return telling.changed()


@pytest.fixture
def stuck(edition):
    """One message that was refused, and one of which nothing is known."""
    people = [telling.member(telling.in_london()) for _ in range(2)]
    telling.tell(edition)
    failed, unknown = (telling.notices_of(person).get() for person in people)
    _be(failed, State.FAILED, because="no such mailbox")
    _be(unknown, State.UNKNOWN)
    return failed, unknown


def _be(notice, state, **fields):
    Notice.across_firms.filter(pk=notice.pk).update(state=state, **fields)


def states(*notices):
    found = dict(Notice.across_firms.values_list("pk", "state"))
    return [found[notice.pk] for notice in notices]


def act(client, notices, name):
    told = {"notice": [notice.pk for notice in notices], "act": name}
    return client.post("/desk/notices/", told, follow=True)


def test_the_queue_counts_what_is_to_tell(stuck, editor, client_of):
    telling.member(telling.in_london())
    telling.tell(Notice.across_firms.first().edition)

    answer = client_of(editor).get("/desk/")

    assert answer.context["to_tell"] == {"waiting": 1, "failed": 1, "unknown": 1}
    page = answer.content.decode()
    assert "1 message waits" in page
    assert "1 message was not sent" in page
    assert "1 message was perhaps sent" in page


def test_an_empty_queue_says_that_everybody_is_told(edition, editor, client_of):
    page = client_of(editor).get("/desk/").content.decode()

    assert "Everybody has been told what concerns them." in page


def test_each_change_shows_how_many_were_told(stuck, editor, client_of):
    page = client_of(editor).get("/desk/notices/").content.decode()

    assert "The UK changed" in page
    assert "0 sent, 0 waiting, 1 not sent, 1 perhaps sent" in page
    assert "no such mailbox" in page


def test_what_is_stuck_is_sent_again_if_somebody_says_so(stuck, editor, client_of):
    failed, unknown = stuck

    answer = act(client_of(editor), [failed], "send-again")

    assert states(failed, unknown) == [State.WAITING, State.UNKNOWN]
    assert "Messages on the way again: 1." in answer.content.decode()
    line = LogLine.objects.latest("pk")
    assert (line.what, line.subject, line.by) == ("send-again", "1 message", editor)


def test_what_is_stuck_is_closed_if_somebody_says_so(stuck, editor, client_of):
    act(client_of(editor), stuck, "close")

    assert states(*stuck) == [State.CLOSED, State.CLOSED]
    assert LogLine.objects.latest("pk").subject == "2 messages"


def test_what_was_sent_is_not_sent_again(stuck, editor, client_of):
    failed, _ = stuck
    _be(failed, State.SENT, sent_at=telling.TUESDAY)

    answer = act(client_of(editor), [failed], "send-again")

    assert answer.status_code == 422
    assert states(failed) == [State.SENT]


def test_nothing_ticked_is_said_in_a_sentence(stuck, editor, client_of):
    answer = act(client_of(editor), [], "close")

    assert answer.status_code == 422
    assert "Tick the messages that you mean." in answer.content.decode()


def test_why_messages_wait_is_shown(stuck, editor, client_of):
    _be(stuck[0], State.WAITING, because="The mail server cannot be reached: refused")

    page = client_of(editor).get("/desk/notices/").content.decode()

    assert "The mail server cannot be reached: refused" in page


def test_the_log_tells_whom_was_told(stuck, editor, client_of):
    page = client_of(editor).get("/desk/log/").content.decode()

    assert "Had people told of" in page
    assert "People: 2, firms: 2." in page
