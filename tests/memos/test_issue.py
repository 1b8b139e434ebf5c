"""A memo is asked for once, made whole or not at all, and then never changes."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from policyguide.firms.models import Firm, Membership, Office
from policyguide.firms.profiles import save_profile
from policyguide.guidance.canonical import canonical_json
from policyguide.guidance.record import record_of
from policyguide.memos import issue
from policyguide.memos.document import abridged, guidance_of
from policyguide.memos.issue import make, try_again
from policyguide.memos.models import Altered, Memo, Original
from policyguide.memos.pdf import PdfUnavailable, RenderFailed, pdf_available
from policyguide.memos.unfinished import put_back_lost_tasks, resume_unfinished_memos
from tests import factories
from tests.memos import making

needs_pango = pytest.mark.skipif(not pdf_available(), reason="Pango is not installed")


@pytest.fixture
def edition(db):
    return making.edition()


def tasks():
    return DBTaskResult.objects.filter(task_path="policyguide.memos.issue.issue")


# ── Asking ──────────────────────────────────────────────────────────────────────────


def test_a_firms_memos_are_counted_from_one(hale_marsh, brandt_keller, partner, rival):
    first, second = making.edition(), making.edition()

    numbers = [making.asked(hale_marsh, row, partner).number for row in (first, second)]
    others = making.asked(brandt_keller, first, rival)

    assert numbers == [1, 2]
    assert others.number == 1


def test_asking_twice_gives_the_same_memo_and_one_task(hale_marsh, edition, partner):
    memo = making.asked(hale_marsh, edition, partner)
    again = making.asked(hale_marsh, edition, partner, at=making.LATER)

    assert again == memo
    assert again.requested_at == making.AT
    assert [row.args_kwargs["args"] for row in tasks()] == [[memo.pk]]


def test_another_profile_or_another_edition_is_another_memo(
    hale_marsh, edition, partner
):
    memo = making.asked(hale_marsh, edition, partner)
    save_profile(hale_marsh, uses=["posts"], headcount=7, offices=[])
    other_profile = making.asked(hale_marsh, edition, partner)
    other_edition = making.asked(hale_marsh, making.edition(), partner)

    assert len({memo.pk, other_profile.pk, other_edition.pk}) == 3
    assert other_edition.number == 3


def test_the_firm_is_kept_as_it_was(hale_marsh, edition, partner):
    before = hale_marsh.profile()
    memo = making.asked(hale_marsh, edition, partner)
    save_profile(hale_marsh, uses=["ads"], headcount=1, offices=[])
    Firm.objects.filter(pk=hale_marsh.pk).update(name="Renamed LLP")

    memo.refresh_from_db()

    assert memo.firm_profile() == before


def test_codes_are_long_and_never_alike(hale_marsh, partner):
    codes = {making.asked(hale_marsh, making.edition(), partner).code for _ in range(5)}

    assert len(codes) == 5
    bits = issue.CODE_LENGTH * (len(issue.CODE_LETTERS).bit_length() - 1)
    assert bits >= 128
    assert all(len(code) == issue.CODE_LENGTH for code in codes)


def test_a_memo_and_its_task_are_there_together_or_not_at_all(
    hale_marsh, edition, partner
):
    with transaction.atomic():
        making.asked(hale_marsh, edition, partner)
        transaction.set_rollback(True)

    assert not Memo.across_firms.exists()
    assert not tasks().exists()


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets in one writer at a time"
)
@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_get_one_memo_each_edition_and_numbers_without_gaps():
    firm = factories.firm()
    by = factories.member(firm, Membership.Role.PARTNER)
    editions = [making.facts(making.edition()) for _ in range(3)]

    def ask(edition):
        try:
            return issue.ask_for_memo(
                firm=firm,
                edition=edition,
                in_doubt={},
                by=by,
                on=making.ON,
                at=making.AT,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as people:
        memos = list(people.map(ask, editions * 4))

    assert sorted({memo.number for memo in memos}) == [1, 2, 3]
    assert Memo.across_firms.filter(firm=firm).count() == 3
    assert tasks().count() == 3


# ── Making ──────────────────────────────────────────────────────────────────────────


@needs_pango
def test_an_issued_memo_keeps_its_bytes_and_all_they_were_made_of(
    hale_marsh, edition, partner
):
    memo = making.asked(hale_marsh, edition, partner)

    make(memo.pk, at=making.LATER)

    memo.refresh_from_db()
    original = memo.original
    assert (memo.state, memo.issued_at) == (Memo.State.ISSUED, making.LATER)
    assert original.as_issued().startswith(b"%PDF-")
    assert original.sha256 == sha256(original.pdf).hexdigest()
    assert original.size == len(original.pdf)
    assert original.issued_by == partner
    assert "weasyprint" in original.renderer
    printed = abridged(guidance_of(memo))
    assert original.guidance == canonical_json(record_of(printed))
    assert "It trains in the UK." in original.html


@needs_pango
def test_the_file_carries_the_guidance_it_was_made_of(hale_marsh, edition, partner):
    memo = making.asked(hale_marsh, edition, partner)

    make(memo.pk, at=making.LATER)

    original = Original.across_firms.get(memo=memo)
    with pikepdf.open(BytesIO(original.pdf)) as pdf:
        attached = pdf.attachments["guidance.json"].get_file().read_bytes()
        assert len(pdf.pages) == original.pages
    assert attached.decode() == original.guidance
    told = json.loads(attached)
    assert told["edition"]["sha256"] == edition.sha256
    assert told["citations"][0]["text"] == "We may use posts."


@needs_pango
def test_the_same_memo_made_twice_is_the_same_file(hale_marsh, edition, partner):
    memo = making.asked(hale_marsh, edition, partner)
    make(memo.pk, at=making.LATER)
    kept = Original.across_firms.get(memo=memo)

    again = issue.document_of(memo, issued_at=making.LATER)

    assert again.pdf == bytes(kept.pdf)


@needs_pango
def test_what_is_issued_is_not_made_again(hale_marsh, edition, partner):
    memo = making.issued(hale_marsh, edition, partner)

    make(memo.pk, at=making.LATER)

    assert Original.across_firms.get(memo=memo).as_issued() == making.PDF


@needs_pango
def test_of_two_workers_the_first_to_finish_is_kept(
    hale_marsh, edition, partner, monkeypatch
):
    memo = making.asked(hale_marsh, edition, partner)
    compose_slowly = issue.document_of

    def overtaken(memo, *, issued_at):
        document = compose_slowly(memo, issued_at=issued_at)
        monkeypatch.setattr(issue, "document_of", compose_slowly)
        make(memo.pk, at=making.AT)
        return document

    monkeypatch.setattr(issue, "document_of", overtaken)

    make(memo.pk, at=making.LATER)

    memo.refresh_from_db()
    assert memo.issued_at == making.AT
    assert Original.across_firms.filter(memo=memo).count() == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RenderFailed("It has 61 pages."), "It has 61 pages."),
        (PdfUnavailable("Missing: pango-1.0."), "Missing: pango-1.0."),
    ],
)
def test_a_memo_that_cannot_be_made_says_why_and_can_be_tried_again(
    hale_marsh, edition, partner, monkeypatch, error, told
):
    memo = making.asked(hale_marsh, edition, partner)
    fails_with(monkeypatch, error)

    make(memo.pk, at=making.LATER)
    memo.refresh_from_db()

    assert (memo.state, memo.failed_because) == (Memo.State.FAILED, told)
    assert making.asked(hale_marsh, edition, partner) == memo
    memo.refresh_from_db()
    assert (memo.state, memo.failed_because) == (Memo.State.WAITING, "")
    assert tasks().count() == 2


def test_what_nobody_foresaw_is_recorded_and_still_raised(
    hale_marsh, edition, partner, monkeypatch
):
    memo = making.asked(hale_marsh, edition, partner)
    fails_with(monkeypatch, ZeroDivisionError("secret"))

    with pytest.raises(ZeroDivisionError):
        make(memo.pk, at=making.LATER)

    memo.refresh_from_db()
    assert memo.state == Memo.State.FAILED
    assert "secret" not in memo.failed_because


def test_a_memo_that_stops_its_worker_time_and_again_is_given_up(
    hale_marsh, edition, partner
):
    memo = making.asked(hale_marsh, edition, partner)

    make(memo.pk, at=making.LATER, attempt=issue.MOST_TRIES + 1)

    memo.refresh_from_db()
    assert memo.failed_because == issue.GIVEN_UP


def test_a_late_failure_does_not_touch_what_is_issued(
    hale_marsh, edition, partner, monkeypatch
):
    memo = making.asked(hale_marsh, edition, partner)

    def overtaken(memo, *, issued_at):
        Memo.across_firms.filter(pk=memo.pk).update(state="issued", issued_at=making.AT)
        raise RenderFailed("too late")

    monkeypatch.setattr(issue, "document_of", overtaken)

    make(memo.pk, at=making.LATER)

    memo.refresh_from_db()
    assert (memo.state, memo.failed_because) == (Memo.State.ISSUED, "")


def test_trying_again_leaves_a_memo_on_its_way_alone(hale_marsh, edition, partner):
    memo = making.asked(hale_marsh, edition, partner)

    try_again(memo)

    assert tasks().count() == 1


@needs_pango
@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_waits():
    firm = factories.firm()
    by = factories.member(firm, Membership.Role.PARTNER)
    memo = making.asked(firm, making.edition(), by)

    call_command("db_worker", "--batch", "--no-startup-delay", "--no-reload", "-v0")

    memo.refresh_from_db()
    assert memo.state == Memo.State.ISSUED


# ── What a dead worker leaves ───────────────────────────────────────────────────────


def test_the_task_of_a_dead_worker_is_put_back(hale_marsh, edition, partner):
    making.asked(hale_marsh, edition, partner)
    task = tasks().get()
    task.claim("killed")

    put_back_lost_tasks(started_before=task.started_at + timedelta(seconds=1))

    task.refresh_from_db()
    assert task.status == "READY"


def test_the_task_of_a_worker_that_may_live_is_left_to_it(hale_marsh, edition, partner):
    making.asked(hale_marsh, edition, partner)
    task = tasks().get()
    task.claim("alive")

    put_back_lost_tasks(started_before=task.started_at - timedelta(seconds=1))

    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_a_memo_that_no_task_will_make_gets_one(hale_marsh, edition, partner):
    memo = making.asked(hale_marsh, edition, partner)
    tasks().update(status="FAILED")

    resume_unfinished_memos()
    resume_unfinished_memos()

    waiting = tasks().filter(status="READY")
    assert [row.args_kwargs["args"] for row in waiting] == [[memo.pk]]


def test_memos_that_are_issued_failed_or_awaited_get_no_further_task(
    hale_marsh, edition, partner
):
    making.asked(hale_marsh, edition, partner)
    making.issued(hale_marsh, making.edition(), partner)
    failed = making.asked(hale_marsh, making.edition(), partner)
    Memo.across_firms.filter(pk=failed.pk).update(state="failed")
    before = tasks().count()

    resume_unfinished_memos()

    assert tasks().count() == before


# ── What stays ──────────────────────────────────────────────────────────────────────


def test_bytes_that_were_altered_are_not_given_out(hale_marsh, edition, partner):
    original = making.issued(hale_marsh, edition, partner).original
    original.pdf = bytes([original.pdf[0] ^ 1]) + bytes(original.pdf[1:])

    with pytest.raises(Altered):
        original.as_issued()


def test_the_database_changes_no_issued_byte(hale_marsh, edition, partner):
    memo = making.issued(hale_marsh, edition, partner)

    with pytest.raises(IntegrityError), transaction.atomic():
        Original.across_firms.filter(memo=memo).update(pdf=b"other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Memo.across_firms.filter(pk=memo.pk).update(number=9)

    assert Original.across_firms.get(memo=memo).as_issued() == making.PDF


def test_renaming_the_firm_and_moving_its_offices_changes_nothing_issued(
    hale_marsh, edition, partner
):
    memo = making.issued(hale_marsh, edition, partner)
    Firm.objects.filter(pk=hale_marsh.pk).update(name="Renamed LLP", slug="renamed")
    Office.across_firms.filter(firm=hale_marsh).delete()

    again = Memo.across_firms.get(pk=memo.pk)

    assert again.profile == memo.profile
    assert again.original.as_issued() == making.PDF


def fails_with(monkeypatch, error):
    def document_of(memo, *, issued_at):
        raise error

    monkeypatch.setattr(issue, "document_of", document_of)
