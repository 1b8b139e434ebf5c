"""Many people at once: one wins each number, nobody's text is lost, no half is seen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from policyguide.policy import drafts, workflow
from policyguide.policy.drafts import ChangedMeanwhile
from policyguide.policy.models import Change, Clause, Edition
from policyguide.policy.states import NotAllowed
from tests import desk, factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="SQLite lets in one writer at a time"
    ),
]


def at_once(number, act):
    """Let this many people act at the same moment: what each came to."""
    start = Barrier(number)

    def come_to(which):
        start.wait()
        try:
            return act(which)
        except (NotAllowed, ChangedMeanwhile) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as people:
        return list(people.map(come_to, range(number)))


@pytest.mark.parametrize("number", [2, 8, 32])
def test_of_drafts_published_at_once_one_wins_and_the_others_are_told(number):
    base = desk.edition()
    author = factories.person(desk_role="editor")
    approver = factories.person(desk_role="approver")
    changes = [desk.change(author) for _ in range(number)]

    def publish(which):
        workflow.publish_unreviewed(
            changes[which], reason="Urgent.", by=approver, at=desk.AT
        )

    found = at_once(number, publish)

    refusals = [error for error in found if isinstance(error, NotAllowed)]
    assert len(refusals) == number - 1
    (winner,) = Edition.objects.published().filter(based_on=base)
    assert winner.number == base.number + 1


def test_of_editors_who_save_at_once_one_wins_and_the_others_are_told():
    desk.edition()
    author = factories.person(desk_role="editor")
    change = desk.change(author)

    def reword(which):
        clause = Clause.objects.get(edition=change.edition, code="clause")
        quotations = list(clause.quotations.all())
        clause.words = f"Text {which}."
        drafts.reword_entry(
            change, clause, quotations=quotations, version=0, by=author, at=desk.AT
        )
        return clause.words

    found = at_once(8, reword)

    saved = [text for text in found if isinstance(text, str)]
    refused = [error for error in found if isinstance(error, ChangedMeanwhile)]
    assert (len(saved), len(refused)) == (1, 7)
    clause = Clause.objects.get(edition=change.edition, code="clause")
    assert [clause.words] == saved


def test_a_change_approved_and_withdrawn_at_once_is_one_or_the_other():
    desk.edition()
    author = factories.person(desk_role="editor")
    approver = factories.person(desk_role="approver")
    change = desk.change(author)
    workflow.submit(change, by=author, at=desk.AT)

    def move(which):
        if which:
            workflow.approve(change, by=approver, at=desk.AT)
        else:
            workflow.withdraw(change, reason="No.", by=author, at=desk.AT)

    at_once(2, move)

    change = Change.objects.get(pk=change.pk)
    assert change.state == "withdrawn"
    assert change.log.filter(what="withdraw").count() == 1
