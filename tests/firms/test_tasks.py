"""What a firm settles about its list: whose, until when, done, and to be done again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from policyguide.firms import tasks
from policyguide.firms.guidance import guidance_for
from policyguide.firms.models import Task
from policyguide.firms.tasks import Overtaken, State, may_tick, save_task, work_list
from policyguide.guidance import compose
from tests.factories import NOON
from tests.refusing import refused

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
CODE = "decide-setting"


def line_of(firm, guidance=None, code=CODE):
    return work_list(firm, guidance or guidance_for(firm, TODAY)).line(code)


def saved(firm, by, *, version=0, is_done=False, at=NOON, code=CODE, **planned):
    save_task(
        line_of(firm, code=code),
        version=version,
        by=by,
        at=at,
        is_done=is_done,
        **planned,
    )
    return line_of(firm, code=code)


def another_edition(firm, monkeypatch, **changes):
    """The guidance under edition 2, in which the action reads so; None takes it out."""
    first = guidance_for(firm, TODAY).edition
    kept = tuple(
        replace(action, **changes) if action.code == CODE else action
        for action in first.actions
        if changes or action.code != CODE
    )
    second = replace(first, number=2, actions=kept)
    known = {1: first, 2: second}
    monkeypatch.setattr(
        tasks, "published_among", lambda numbers: {n: known[n] for n in numbers}
    )
    return compose(second, firm.profile(), as_of=TODAY)


def test_the_list_is_the_guidances_own(hale_marsh):
    guidance = guidance_for(hale_marsh, TODAY)

    work = work_list(hale_marsh, guidance)

    assert [line.code for line in work.lines] == [
        finding.code for to_do in guidance.to_do for finding in to_do.actions
    ]
    assert {line.state for line in work.lines} == {State.OPEN}
    assert not Task.across_firms.exists()


def test_done_is_kept_with_who_when_and_under_which_edition(hale_marsh, partner):
    line = saved(hale_marsh, partner, is_done=True)

    assert line.state is State.DONE
    assert (line.task.done_by, line.task.done_at) == (partner, NOON)
    assert line.task.done_under == 1


def test_saving_a_task_again_leaves_who_did_it(hale_marsh, partner, firm_admin):
    saved(hale_marsh, partner, is_done=True)

    line = saved(
        hale_marsh,
        firm_admin,
        version=1,
        is_done=True,
        at=NOON + timedelta(days=1),
        note="Filed",
    )

    assert (line.task.done_by, line.task.done_at) == (partner, NOON)
    assert (line.task.changed_by, line.task.note) == (firm_admin, "Filed")


def test_what_is_not_done_any_more_forgets_who_did_it(hale_marsh, partner):
    saved(hale_marsh, partner, is_done=True)

    line = saved(hale_marsh, partner, version=1, is_done=False)

    assert line.state is State.OPEN
    assert (line.task.done_by, line.task.done_at, line.task.done_under) == (None,) * 3


def test_the_second_of_two_savers_is_refused_and_changes_nothing(hale_marsh, partner):
    saved(hale_marsh, partner, note="First")

    with pytest.raises(Overtaken):
        saved(hale_marsh, partner, version=0, note="Second", is_done=True)

    line = line_of(hale_marsh)
    assert (line.task.note, line.task.version, line.is_done) == ("First", 1, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "Choose otherwise."},
        {"title": "Decide anew"},
        {"by_when": "Today"},
        {"regions": frozenset({"uk"})},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_advice_that_reads_differently_or_for_others_opens_the_task_again(
    hale_marsh, partner, monkeypatch, changes
):
    saved(hale_marsh, partner, is_done=True)

    line = line_of(hale_marsh, another_edition(hale_marsh, monkeypatch, **changes))

    assert line.state is State.REOPENED
    assert line.task.done_by == partner


def test_an_edition_that_leaves_the_advice_leaves_the_task_done(
    hale_marsh, partner, monkeypatch
):
    saved(hale_marsh, partner, is_done=True)

    line = line_of(hale_marsh, another_edition(hale_marsh, monkeypatch, quotations=()))

    assert line.state is State.DONE


def test_a_task_opened_again_is_done_under_the_new_edition(
    hale_marsh, partner, monkeypatch
):
    saved(hale_marsh, partner, is_done=True)
    guidance = another_edition(hale_marsh, monkeypatch, words="Choose otherwise.")

    save_task(
        line_of(hale_marsh, guidance), version=1, by=partner, at=NOON, is_done=True
    )

    line = line_of(hale_marsh, guidance)
    assert (line.state, line.task.done_under) == (State.DONE, 2)


def test_what_is_not_advised_any_more_is_kept_apart(hale_marsh, partner, monkeypatch):
    saved(hale_marsh, partner, is_done=True)

    work = work_list(hale_marsh, another_edition(hale_marsh, monkeypatch))

    assert work.line(CODE) is None
    assert [task.action for task in work.past] == [CODE]


@pytest.mark.parametrize(
    ("days", "is_overdue", "is_due_soon"),
    [(-1, True, False), (0, False, True), (14, False, True), (15, False, False)],
)
def test_due_dates_are_counted_from_the_day(
    hale_marsh, partner, days, is_overdue, is_due_soon
):
    line = saved(hale_marsh, partner, due_on=TODAY + timedelta(days=days))

    assert (line.is_overdue, line.is_due_soon) == (is_overdue, is_due_soon)
    done = saved(hale_marsh, partner, version=1, is_done=True)
    assert (done.is_overdue, done.is_due_soon) == (False, False)


def test_progress_is_counted(hale_marsh, partner):
    saved(hale_marsh, partner, is_done=True)
    saved(hale_marsh, partner, code="tell-staff", due_on=TODAY - timedelta(days=1))
    saved(hale_marsh, partner, code="joiners", due_on=TODAY)

    work = work_list(hale_marsh, guidance_for(hale_marsh, TODAY))

    assert (work.done, work.overdue, work.due_soon, work.reopened) == (1, 1, 1, 0)


def test_a_task_is_ticked_by_its_owner_and_by_those_who_plan(
    hale_marsh, reader, partner
):
    task = Task(firm=hale_marsh, action=CODE)
    its_reader, its_partner = reader.memberships.get(), partner.memberships.get()

    assert not may_tick(its_reader, task)
    assert may_tick(its_partner, task)
    task.owner = its_reader
    assert may_tick(its_reader, task)


def test_an_owner_who_leaves_the_firm_leaves_the_task(hale_marsh, reader, partner):
    saved(hale_marsh, partner, owner=reader.memberships.get())

    reader.memberships.get().delete()

    assert line_of(hale_marsh).task.owner is None


def test_a_member_of_another_firm_is_no_owner(hale_marsh, partner, rival):
    saved(hale_marsh, partner)

    with refused("one firm"):
        hale_marsh.tasks.update(owner=rival.memberships.get())


def test_the_list_takes_as_many_queries_however_much_is_done(
    hale_marsh, partner, django_assert_num_queries
):
    guidance = guidance_for(hale_marsh, TODAY)
    for code in ("tell-staff", "joiners", CODE):
        saved(hale_marsh, partner, code=code, is_done=True)

    with django_assert_num_queries(2):
        assert work_list(hale_marsh, guidance).done == 3


def test_nothing_is_done_by_nobody(hale_marsh, partner):
    saved(hale_marsh, partner)

    with pytest.raises(IntegrityError), transaction.atomic():
        hale_marsh.tasks.update(done_at=NOON)


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets in one writer at a time"
)
@pytest.mark.django_db(transaction=True)
def test_of_people_who_save_a_new_task_at_once_one_wins(hale_marsh, partner):
    line = line_of(hale_marsh)

    def save(which):
        try:
            save_task(
                line, version=0, by=partner, at=NOON, is_done=False, note=f"{which}"
            )
        except Overtaken:
            return None
        finally:
            connection.close()
        return f"{which}"

    with ThreadPoolExecutor(6) as people:
        won = [note for note in people.map(save, range(6)) if note]

    assert won == [hale_marsh.tasks.get().note]
