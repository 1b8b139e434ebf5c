"""Whoever must follow an edition is called in the transaction that changes it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from policyguide.policy import workflow
from policyguide.policy.edition_file import load, read
from policyguide.policy.followers import in_force_at
from policyguide.policy.models import Change, Edition
from policyguide.policy.states import ChangeState
from tests import desk, factories
from tests.policy.edition_files import SMALL, written

CALLED = []


def note(edition, *, at):
    """A follower that keeps what it was told."""
    CALLED.append((edition.number, bool(edition.withdrawn_at), at))


def fail(edition, *, at):
    """A follower that cannot do its part."""
    raise RuntimeError("no room for the task")


@pytest.fixture
def called(settings, db):
    settings.EDITION_FOLLOWERS = [f"{__name__}.note"]
    CALLED.clear()
    return CALLED


@pytest.fixture
def approved(editor, approver):
    desk.edition()
    return desk.change_in(ChangeState.APPROVED, author=editor, approver=approver)


def test_followers_are_told_of_an_edition_and_of_its_withdrawal(
    approved, approver, called
):
    workflow.publish(approved, by=approver, at=desk.AT)
    workflow.withdraw(approved, reason="Misread.", by=approver, at=desk.AT)

    number = Edition.objects.get(pk=approved.edition_id).number
    assert called == [(number, False, desk.AT), (number, True, desk.AT)]


def test_a_draft_given_up_tells_nobody(approved, approver, called):
    workflow.withdraw(approved, reason="Not needed.", by=approver, at=desk.AT)

    assert called == []


def test_followers_are_told_of_what_publishes_itself(approved, approver, called):
    then = desk.AT + timedelta(days=1)
    workflow.schedule(approved, publish_at=then, by=approver, at=desk.AT)

    workflow.publish_due(at=then)

    assert [at for _, _, at in called] == [then]


def test_followers_are_told_of_an_edition_that_is_loaded_and_only_once(
    tmp_path, called
):
    file = written(tmp_path, SMALL)

    load(read(file), at=desk.AT)
    load(read(file), at=desk.AT)

    assert called == [(901, False, desk.AT)]


def test_nothing_is_published_if_a_follower_fails(approved, approver, settings):
    settings.EDITION_FOLLOWERS = [f"{__name__}.fail"]

    with pytest.raises(RuntimeError):
        workflow.publish(approved, by=approver, at=desk.AT)

    assert Change.objects.get(pk=approved.pk).state == ChangeState.APPROVED
    assert not Edition.objects.get(pk=approved.edition_id).published_at


def test_it_is_in_force_at_once_or_when_its_day_begins(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    to_come = date(2026, 6, 1)

    assert in_force_at(Edition(in_force_from=factories.DAY), at=desk.AT) == desk.AT
    assert in_force_at(Edition(in_force_from=to_come), at=desk.AT) == datetime(
        2026, 5, 31, 22, tzinfo=UTC
    )
