"""Memos for many firms: a few at a time, each once, and one firm stops no other."""

import pytest
from django_tasks_db.models import DBTaskResult

from policyguide.guidance.facts import FirmProfile, Office
from policyguide.memos import batches
from policyguide.memos.batches import (
    ask_for_next,
    likeness,
    pause,
    resume,
    resume_unfinished_batches,
    retry,
    start,
    unfinished,
)
from policyguide.memos.issue import UNFORESEEN
from policyguide.memos.models import BatchFirm, Memo
from tests import factories
from tests.memos import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return making.edition(in_force_from=making.ON)


@pytest.fixture
def firms(edition):
    return [factories.firm() for _ in range(4)]


@pytest.fixture
def batch(firms, edition, approver, monkeypatch):
    monkeypatch.setattr(batches, "AT_A_TIME", 2)
    return start(firms, edition=making.facts(edition), by=approver, at=making.AT)


def go(batch):
    ask_for_next(batch.pk, on=making.ON, at=making.AT)


def parts(batch):
    return list(BatchFirm.across_firms.of(batch).select_related("memo", "firm"))


def make_all():
    on_their_way = Memo.across_firms.exclude(state="issued")
    on_their_way.update(state="issued", issued_at=making.AT)


def tasks():
    path = batches.go_on.module_path
    return DBTaskResult.objects.filter(task_path=path, status="READY")


def test_a_few_memos_are_asked_for_at_a_time_until_every_firm_has_one(batch, firms):
    go(batch)
    go(batch)
    assert Memo.across_firms.filter(firm__in=firms).count() == 2

    make_all()
    go(batch)
    make_all()
    go(batch)

    counted = BatchFirm.across_firms.of(batch).counted()
    assert (counted["issued"], counted["waiting"]) == (4, 0)
    assert {part.memo.firm for part in parts(batch)} == set(firms)


def test_a_memo_says_that_the_desk_had_it_made(batch, approver):
    go(batch)

    memo = parts(batch)[0].memo
    assert memo.issuer == f"{approver}, of the desk that keeps this guidance"


def test_a_firm_that_has_the_memo_gets_no_second_one(batch, firms, edition):
    member = factories.member(firms[0])
    own = making.issued(firms[0], edition, member)

    go(batch)

    found = next(part for part in parts(batch) if part.firm == firms[0])
    assert found.memo == own
    assert own.issuer == str(member)


def test_a_firm_that_goes_wrong_is_told_apart_and_stops_no_other(
    batch, firms, monkeypatch
):
    ask = batches.ask_for_memo

    def ask_but_for_the_first(*, firm, **told):
        if firm == firms[0]:
            raise ZeroDivisionError
        return ask(firm=firm, **told)

    monkeypatch.setattr(batches, "ask_for_memo", ask_but_for_the_first)
    go(batch)
    make_all()
    go(batch)
    make_all()

    by_firm = {part.firm: part for part in parts(batch)}
    assert by_firm.pop(firms[0]).because == UNFORESEEN
    assert all(part.memo.is_issued for part in by_firm.values())


def test_what_was_not_made_is_tried_again(batch):
    go(batch)
    failed = parts(batch)[0]
    Memo.across_firms.filter(pk=failed.memo.pk).update(
        state="failed", failed_because="It has 61 pages."
    )
    assert parts(batch)[0].because == "It has 61 pages."

    retry(batch)
    go(batch)

    assert parts(batch)[0].memo.state == Memo.State.WAITING
    assert BatchFirm.across_firms.of(batch).counted()["not_made"] == 0


def test_a_pause_holds_until_the_batch_is_resumed(batch):
    pause(batch)
    go(batch)
    assert not any(part.memo for part in parts(batch))
    assert unfinished(on=making.ON) == set()

    resume(batch)
    go(batch)

    assert sum(bool(part.memo) for part in parts(batch)) == 2


def test_nothing_is_asked_for_once_another_edition_is_in_force(batch):
    making.edition(in_force_from=making.ON)

    go(batch)

    assert not any(part.memo for part in parts(batch))
    assert unfinished(on=making.ON) == set()


def test_a_batch_that_no_task_looks_after_is_taken_up_once(batch):
    tasks().delete()

    resume_unfinished_batches(on=making.ON)
    resume_unfinished_batches(on=making.ON)

    assert [task.args_kwargs["args"] for task in tasks()] == [[batch.pk]]


def test_a_batch_that_is_done_is_left_alone(batch, firms):
    for _ in firms:
        go(batch)
        make_all()
    tasks().delete()

    resume_unfinished_batches(on=making.ON)

    assert not tasks().exists()


def test_firms_that_are_alike_come_one_after_the_other(edition):
    facts = making.facts(edition)
    told = {
        city: likeness(
            FirmProfile(offices=(Office(city=city, country=country),)), facts
        )
        for city, country in (("London", "GB"), ("Austin", "US"), ("Leeds", "GB"))
    }

    assert told["London"] == told["Leeds"] != told["Austin"]
