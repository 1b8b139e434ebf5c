"""Whoever reads while others publish is given whole editions, one after the other."""

from time import sleep

import pytest
from django.db import connection

from policyguide.policy import workflow
from policyguide.policy.currency import currency
from policyguide.policy.models import Edition
from policyguide.policy.rows import content_sha256
from tests import desk, factories
from tests.killing import copies, exit_code_of, process, working_on

pytestmark = pytest.mark.django_db(transaction=True)

# SQLite has one writer at a time, who waits for every reader.
PUBLICATIONS = 200 if connection.vendor == "postgresql" else 50


def read_until(last):
    """Read what is in force, over and over, and look whether it is whole."""
    seen, found = 0, set()
    while seen < last:
        record = currency(desk.LATER)
        assert record.number >= seen, "an earlier edition came back"
        if record.number not in found:
            assert content_sha256(record.edition()) == record.sha256, "it is not whole"
            found.add(record.number)
        seen = record.number
        sleep(0.005)
    assert len(found) > 2, "nobody published meanwhile"


def test_a_reader_meanwhile_sees_only_whole_editions_and_none_twice():
    first = desk.edition()
    editor = factories.person(desk_role="editor")
    approver = factories.person(desk_role="approver")
    last = first.number + PUBLICATIONS

    with copies() as copy, working_on(copy.fresh()):
        reader = process(lambda: read_until(last))
        for _ in range(PUBLICATIONS):
            change = desk.change(editor)
            workflow.publish_unreviewed(
                change, reason="Urgent.", by=approver, at=desk.AT
            )

        assert exit_code_of(reader) == 0
        assert Edition.objects.in_force(desk.LATER).first().number == last
