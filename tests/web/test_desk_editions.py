"""Withdrawing a published edition, whatever way it was published."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from policyguide.policy.models import Edition, LogLine
from policyguide.policy.states import ChangeState
from tests import desk

REASON = {"reason": "It was misread."}


@pytest.fixture
def loaded(db):
    """An edition in force that no change led to, over the one that is shipped."""
    made = desk.edition()
    assert not hasattr(made, "change")
    return made


def page(edition):
    return f"/desk/editions/{edition.number}/withdraw/"


def test_an_approver_confirms_the_withdrawal_with_a_reason(client_of, loaded, approver):
    browser = client_of(approver)
    assert (
        f'href="{page(loaded)}"'
        in browser.get(f"/policy/editions/{loaded.number}/").text
    )
    assert "edition 1</a> at once" in browser.get(page(loaded)).text

    answer = browser.post(page(loaded), REASON, follow=True)

    loaded.refresh_from_db()
    assert "is withdrawn." in answer.text
    assert loaded.withdrawn_because == REASON["reason"]
    assert loaded.withdrawn_by == approver
    assert Edition.objects.in_force(localdate()).first().number == 1
    line = LogLine.objects.latest("pk")
    assert (line.what, line.subject, line.why) == (
        "withdraw",
        str(loaded),
        REASON["reason"],
    )


def test_an_editor_is_told_who_may(client_of, loaded, editor):
    browser = client_of(editor)

    assert "Only approvers" in browser.get(page(loaded)).text
    answer = browser.post(page(loaded), REASON)

    loaded.refresh_from_db()
    assert (answer.status_code, loaded.withdrawn_at) == (422, None)


def test_it_is_withdrawn_once(client_of, loaded, approver):
    client_of(approver).post(page(loaded), REASON)

    answer = client_of(approver).post(page(loaded), {"reason": "Again."})

    loaded.refresh_from_db()
    assert answer.status_code == 422
    assert loaded.withdrawn_because == REASON["reason"]


def test_the_only_edition_stays_in_force(client_of, approver):
    first = Edition.objects.get(number=1)

    answer = client_of(approver).post(page(first), REASON)

    first.refresh_from_db()
    assert "No edition before this one" in answer.text
    assert first.withdrawn_at is None


def test_an_edition_with_a_change_is_withdrawn_with_it(
    client_of, loaded, editor, approver
):
    change = desk.change_in(ChangeState.PUBLISHED, author=editor, approver=approver)

    client_of(approver).post(page(change.edition), REASON)

    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN
    assert change.edition.withdrawn_at - change.edition.published_at > timedelta(0)


def test_withdrawing_asks_again_who_it_is(client, loaded, approver):
    client.force_login(approver)

    answer = client.post(page(loaded), REASON)

    loaded.refresh_from_db()
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert loaded.withdrawn_at is None
