"""One altered byte anywhere in the record is found, and the row is named."""

from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from policyguide.memos.guards import guards as memo_guards
from policyguide.memos.models import Memo, Original
from policyguide.policy import models
from policyguide.policy.guards import guards as policy_guards
from policyguide.policy.immutability import remove
from policyguide.policy.seals import last_seal, seal_log
from tests import factories
from tests.memos import making
from tests.refusing import execute

pytestmark = pytest.mark.django_db


def pdf_holding(data):
    """A PDF with the guidance inside."""
    made, file = pikepdf.new(), BytesIO()
    made.attachments["guidance.json"] = pikepdf.AttachedFileSpec(made, data)
    made.save(file)
    return file.getvalue()


@pytest.fixture
def memo(hale_marsh, partner):
    """A memo of record, a sealed log, and a database that refuses nothing."""
    made = making.issued(
        hale_marsh, making.edition(), partner, pdf=pdf_holding(b"{}"), code="a-code"
    )
    for _ in range(3):
        factories.deed()
    seal_log()
    if connection.vendor == "postgresql":
        execute("SET CONSTRAINTS ALL IMMEDIATE")
    remove(connection, [*policy_guards(connection), *memo_guards(connection)])
    return made


def verify():
    """What the command says, and whether it found anything."""
    said, found = StringIO(), False
    try:
        call_command("verify", stdout=said, stderr=said)
    except CommandError:
        found = True
    return said.getvalue(), found


def change(row, **values):
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def flipped(data):
    """The same bytes but for one bit in the middle."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def test_an_untouched_record_is_whole(memo):
    said, found = verify()

    assert not found
    assert last_seal() in said
    assert "1 of 1 memos are whole" in said


def alter_capture(memo):
    row = models.Capture.objects.latest("pk")
    change(row, text=row.text.replace("We", "we", 1))
    return f"{row.code}: its text"


def alter_quotation(memo):
    row = models.Quotation.objects.latest("pk")
    change(row, end=row.end - 1)
    return f"{row.code}: “We may use posts.”: it is not the piece"


def alter_entry(memo):
    change(models.Entry.objects.latest("pk"), title="Ask")
    return f"Edition {memo.edition.number}: its content"


def alter_answer(memo):
    change(models.RegionTerm.objects.latest("pk"), answer="yet")
    return f"number {memo.edition_id} cannot be read: 'yet' is not a valid Answer"


def alter_log(memo):
    row = models.LogLine.objects.latest("pk")
    change(row, why="For another reason")
    return f"Log line {row.pk}: it, or what came before it"


def take_out_a_seal(memo):
    last, middle, *_ = models.Seal.objects.order_by("-pk")
    middle.delete()
    return f"Log line {last.line_id}: it, or what came before it"


def alter_pdf(memo):
    change(memo.original, pdf=flipped(bytes(memo.original.pdf)))
    return f"{memo}: its PDF does not have the hash"


def alter_data(memo):
    change(memo.original, guidance="[]")
    return f"{memo}: its guidance is not the guidance.json inside its PDF"


def alter_size(memo):
    change(memo.original, size=memo.original.size + 1)
    return f"{memo}: its PDF is of another size"


def alter_profile(memo):
    change(memo, profile=memo.profile | {"headcount": 7})
    return f"{memo}: its profile is not the firm's"


def lose_original(memo):
    Original.across_firms.filter(memo=memo).delete()
    return f"number {memo.pk} cannot be read: Memo has no original"


@pytest.mark.parametrize(
    "alter",
    [
        alter_capture,
        alter_quotation,
        alter_entry,
        alter_answer,
        alter_log,
        take_out_a_seal,
        alter_pdf,
        alter_data,
        alter_size,
        alter_profile,
        lose_original,
    ],
    ids=lambda alter: alter.__name__,
)
def test_one_altered_byte_is_found_and_its_row_named(memo, alter):
    named = alter(memo)

    said, found = verify()

    assert found
    assert named in said


def test_a_memo_without_its_data_inside_is_found(memo):
    other = making.issued(
        memo.firm, making.edition(), memo.requested_by, pdf=making.PDF
    )

    said, found = verify()

    assert found
    assert f"{other}: its PDF holds no guidance.json" in said
    assert "1 of 2 memos are whole" in said


def test_memos_on_their_way_are_looked_at_too(memo):
    waiting = making.asked(memo.firm, making.edition(), memo.requested_by)
    assert not verify()[1]

    Memo.across_firms.filter(pk=waiting.pk).update(profile={"name": "Another"})

    assert f"{waiting}: its profile" in verify()[0]
