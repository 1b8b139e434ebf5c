"""Whenever a process is killed, each person has one message, or one marked unknown."""

from collections import Counter
from datetime import timedelta

import pytest

from policyguide.firms.models import Membership
from policyguide.memos.models import Memo
from policyguide.memos.rulings import rule_on
from policyguide.notices.models import Notice
from policyguide.notices.send import LONGEST_SENDING, see_to_sending, send_due
from policyguide.policy.models import LogLine
from tests import factories
from tests.killing import kill_everywhere
from tests.memos import making
from tests.notices import mailers, telling
from tests.notices.telling import State

pytestmark = pytest.mark.django_db(transaction=True)

LATER = telling.TUESDAY + LONGEST_SENDING + timedelta(minutes=1)


@pytest.fixture
def edition():
    """Of it two people are told for one firm each, and one for both."""
    Membership.across_firms.all().delete()
    telling.first()
    one, other = telling.in_london(), telling.in_london()
    both = telling.member(one)
    other.memberships.create(person=both)
    telling.member(one)
    telling.member(other)
    return telling.changed()


@pytest.fixture
def taken(tmp_path, settings):
    """What the mail server has taken: how often each message."""
    path = tmp_path / "taken"
    mailers.use(settings, mailers.Outlasting, path=path)

    def ids():
        found = Counter(path.read_text().split()) if path.exists() else Counter()
        path.unlink(missing_ok=True)
        return found

    return ids


def send_all(*, at):
    while send_due(at=at):
        pass


def test_whoever_puts_people_down_puts_all_of_them_down_or_none(edition):
    def check(finished):
        number = Notice.across_firms.count()
        assert number == (4 if finished else number and 4)
        assert LogLine.objects.filter(what="tell").count() == bool(number)

    assert kill_everywhere(lambda: telling.tell(edition), check) > 10


def test_whoever_sends_sends_nothing_twice_and_leaves_nothing_stuck(edition, taken):
    telling.tell(edition)
    unknown = Counter()

    def check(finished):
        see_to_sending(at=LATER)
        send_all(at=LATER)
        states = dict(Notice.across_firms.values_list("pk", "state"))
        times = taken()
        assert set(states.values()) <= {State.SENT, State.UNKNOWN}
        for key, state in states.items():
            here = times[f"<notice-{key}@127.0.0.1>"]
            assert here == 1 or (here == 0 and state == State.UNKNOWN)
            unknown[here, state] += 1
        if finished:
            assert set(states.values()) == {State.SENT}

    assert kill_everywhere(lambda: send_all(at=telling.TUESDAY), check) > 30
    assert unknown[0, State.UNKNOWN]
    assert unknown[1, State.UNKNOWN]


def test_a_ruling_is_there_with_its_recalls_or_not_at_all():
    firm = telling.in_london()
    memo = making.issued(firm, telling.first(), factories.person())
    person = telling.member(firm)
    memo.downloads.create(firm=firm, person=person, on=making.ON, at=making.AT)
    telling.changed()

    def check(finished):
        found = memo.rulings.count(), telling.notices_of(person).count()
        assert found == (1, 1) or (found == (0, 0) and not finished)

    memos = Memo.across_firms.filter(pk=memo.pk)
    assert kill_everywhere(lambda: rule_on(memos, at=telling.TUESDAY), check) > 5
