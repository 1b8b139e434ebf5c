"""Memos stay current unless their own firm is told something else."""

from datetime import UTC, date, datetime

import pytest
from django_tasks_db.models import DBTaskResult

from policyguide.memos.models import Memo, Ruling
from policyguide.memos.rulings import STATUS_BY, follow, review_memos, rule_on
from policyguide.policy import models
from policyguide.policy.drafts import copy_of
from policyguide.policy.models import Edition
from tests import factories
from tests.memos import making

Severity = Edition.Severity
Status = Ruling.Status
MARCH = datetime(2027, 3, 1, 9, tzinfo=UTC)
JUNE = datetime(2027, 6, 1, 9, tzinfo=UTC)
FIRST = {"in_force_from": date(2026, 1, 1)}


@pytest.fixture
def in_london(db):
    firm = factories.firm(offices=(("London", "GB"),))
    return making.issued(firm, making.edition(**FIRST), factories.member(firm))


@pytest.fixture
def in_new_york(in_london):
    firm = factories.firm(offices=(("New York", "US"),))
    return making.issued(firm, in_london.edition, factories.member(firm))


def next_edition(**fields):
    return making.edition(
        **{"in_force_from": date(2027, 2, 1), "change_note": "The UK changed."} | fields
    )


def review(at=MARCH):
    rule_on(Memo.across_firms.all(), at=at)


def test_a_memo_whose_firm_is_told_something_else_is_superseded(in_london):
    newer = next_edition(uk="It no longer trains in the UK.")

    review()

    ruling = in_london.ruling
    assert (ruling.status, ruling.edition) == (Status.SUPERSEDED, newer)
    assert ruling.because == "The UK changed."
    assert ruling.since == date(2027, 2, 1)
    assert not in_london.is_current


def test_a_memo_whose_firm_is_told_the_same_stays_current(in_london, in_new_york):
    next_edition(uk="It no longer trains in the UK.")

    review()

    assert in_new_york.is_current
    assert in_new_york.ruling is None


@pytest.mark.parametrize(
    ("severity", "status"),
    [
        (Severity.MINOR, Status.SUPERSEDED),
        (Severity.MATERIAL, Status.SUPERSEDED),
        (Severity.GRAVE, Status.DO_NOT_RELY),
    ],
)
def test_how_much_a_change_matters_decides_what_is_said(in_london, severity, status):
    next_edition(uk="Changed.", severity=severity)

    review()

    assert in_london.ruling.status == status


def test_every_severity_has_a_status():
    assert set(STATUS_BY) == set(Severity)


def test_reviewing_again_adds_nothing(in_london):
    next_edition(uk="Changed.")

    review()
    review()

    assert Ruling.across_firms.count() == 1


def test_an_edition_that_is_only_announced_changes_nothing_until_its_day(in_london):
    next_edition(uk="Changed.", in_force_from=date(2027, 5, 1))

    review(at=MARCH)
    assert in_london.is_current
    review(at=JUNE)

    assert in_london.ruling.since == date(2027, 5, 1)


def test_what_is_corrected_later_counts_from_the_day_it_was_published(in_london):
    newer = next_edition(uk="Changed.", in_force_from=date(2026, 1, 2))

    review()

    assert in_london.ruling.since == newer.published_at.date()


def test_a_superseded_memo_gets_worse_but_never_better_by_another_edition(in_london):
    next_edition(uk="Changed.")
    review()
    next_edition(uk="Wrong.", severity=Severity.GRAVE, in_force_from=date(2027, 2, 2))
    review()
    next_edition(uk="Again.", in_force_from=date(2027, 2, 3))
    review()

    statuses = Ruling.across_firms.values_list("status", flat=True)
    assert list(statuses) == [Status.SUPERSEDED, Status.DO_NOT_RELY]


def test_withdrawing_the_newer_edition_makes_a_memo_current_again(in_london):
    withdraw(next_edition(uk="Changed."), after=review)

    review(at=JUNE)

    assert in_london.is_current
    assert in_london.ruling.status == Status.CURRENT
    assert Ruling.across_firms.count() == 2


def test_a_memo_of_a_withdrawn_edition_must_not_be_relied_on(in_london):
    newer = next_edition(uk="Changed.")
    firm = factories.firm()
    memo = making.issued(firm, newer, factories.member(firm))
    withdraw(newer)

    review(at=JUNE)

    assert memo.ruling.status == Status.DO_NOT_RELY
    assert memo.ruling.because == "It was misread."


def test_a_withdrawn_memo_stays_withdrawn(in_london):
    Ruling.across_firms.create(
        memo=in_london,
        firm=in_london.firm,
        status=Status.WITHDRAWN,
        since=date(2026, 12, 1),
        because="It was made for a test.",
        ruled_at=MARCH,
    )
    next_edition(uk="Changed.", severity=Severity.GRAVE)

    review()

    assert in_london.ruling.status == Status.WITHDRAWN


def test_memos_that_are_not_issued_are_not_ruled_on(in_london):
    firm = factories.firm()
    making.asked(firm, in_london.edition, factories.member(firm))
    next_edition(uk="Changed.")

    review()

    assert [ruling.memo for ruling in Ruling.across_firms.all()] == [in_london]


def test_the_task_rules_as_of_the_day_it_runs(in_london, settings):
    immediate = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": immediate}}
    next_edition(uk="Changed.", in_force_from=date(2026, 1, 2))

    review_memos.enqueue()

    assert in_london.ruling.status == Status.SUPERSEDED


def test_memos_are_ruled_on_at_once_or_on_the_day_an_edition_comes_into_force(db):
    tasks = DBTaskResult.objects.filter(task_path=review_memos.module_path)
    tasks.delete()

    follow(making.edition(**FIRST), at=MARCH)
    follow(making.edition(in_force_from=date(2027, 6, 1)), at=MARCH)

    begins_at = datetime(2027, 6, 1, tzinfo=UTC)
    assert {task.run_after for task in tasks} == {MARCH, begins_at}


def withdraw(edition, *, after=lambda: None):
    after()
    models.Edition.objects.filter(pk=edition.pk).update(
        withdrawn_at=JUNE, withdrawn_because="It was misread."
    )


def test_a_memo_of_all_that_is_shipped_stays_current_until_its_firm_is_told_otherwise(
    in_london,
):
    """A memo prints a part of what its firm is told; the whole is compared."""
    shipped = Edition.objects.get(number=1)
    memo = making.issued(in_london.firm, shipped, in_london.requested_by)
    factories.published(
        copy_of(shipped, title="The same again", in_force_from=date(2027, 2, 1))
    )

    review()

    assert memo.is_current
