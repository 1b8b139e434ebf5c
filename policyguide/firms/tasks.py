"""What to do, as a firm works through it: who, until when, done, and to be done again.

The list is the guidance's own; a task only holds what the firm has settled about one of
its actions. Whether a task is done is computed each time: it is to be done again once
the advice is no longer the one that was followed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain

from django.db import transaction
from django.db.models import F, TextChoices
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Firm, Membership, Person, Task
from policyguide.guidance import Guidance
from policyguide.guidance.facts import Action, Audience, Edition
from policyguide.guidance.findings import Finding
from policyguide.policy.history import published_among

SOON = timedelta(days=14)


class Overtaken(Exception):
    """Somebody else has saved the task since it was read. Nothing was saved."""


class State(TextChoices):
    """How a task stands on a day."""

    OPEN = "open", _("Open")
    OVERDUE = "overdue", _("Overdue")
    REOPENED = "reopened", _("Open again")
    DONE = "done", _("Done")


@dataclass(frozen=True, kw_only=True)
class Line:
    """An action, and the firm's task for it; one of which nothing is saved has no key.

    `is_reopened` if it was done under advice that has materially changed since.
    """

    finding: Finding[Action]
    task: Task
    edition: int
    on: date
    is_reopened: bool = False

    @property
    def code(self) -> str:
        return self.finding.code

    @property
    def is_done(self) -> bool:
        return self.task.done_at is not None and not self.is_reopened

    @property
    def is_overdue(self) -> bool:
        return self._is_due_by(self.on - timedelta(days=1))

    @property
    def is_due_soon(self) -> bool:
        return not self.is_overdue and self._is_due_by(self.on + SOON)

    @property
    def state(self) -> State:
        if self.is_done:
            return State.DONE
        if self.is_reopened:
            return State.REOPENED
        return State.OVERDUE if self.is_overdue else State.OPEN

    def _is_due_by(self, day: date) -> bool:
        due_on = self.task.due_on
        return due_on is not None and due_on <= day and not self.is_done


@dataclass(frozen=True, kw_only=True)
class Group:
    """What one audience should do."""

    audience: Audience
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class WorkList:
    """All that the firm should do. `past` are tasks that are not advised any more."""

    groups: tuple[Group, ...]
    past: tuple[Task, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(chain.from_iterable(group.lines for group in self.groups))

    @property
    def done(self) -> int:
        return sum(line.is_done for line in self.lines)

    @property
    def overdue(self) -> int:
        return sum(line.is_overdue for line in self.lines)

    @property
    def due_soon(self) -> int:
        return sum(line.is_due_soon for line in self.lines)

    @property
    def reopened(self) -> int:
        return sum(line.is_reopened for line in self.lines)

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.code == code), None)


def work_list(firm: Firm, guidance: Guidance) -> WorkList:
    """The guidance's actions, each with the firm's task."""
    rows = firm.tasks.select_related("owner__person", "done_by", "changed_by")
    tasks = {task.action: task for task in rows}
    done_under = {task.done_under for task in tasks.values() if task.done_under}
    earlier = published_among(done_under)
    groups = tuple(
        Group(
            audience=to_do.audience,
            lines=tuple(
                _line(firm, finding, tasks.pop(finding.code, None), guidance, earlier)
                for finding in to_do.actions
            ),
        )
        for to_do in guidance.to_do
    )
    return WorkList(groups=groups, past=tuple(tasks.values()))


def _line(
    firm: Firm,
    finding: Finding[Action],
    task: Task | None,
    guidance: Guidance,
    earlier: Mapping[int, Edition],
) -> Line:
    then = earlier.get(task.done_under) if task and task.done_under else None
    is_other = _advice(then, finding.code) != _advice(guidance.edition, finding.code)
    return Line(
        finding=finding,
        task=task or Task(firm=firm, action=finding.code),
        edition=guidance.edition.number,
        on=guidance.as_of,
        is_reopened=bool(task and task.done_at) and is_other,
    )


def _advice(edition: Edition | None, code: str) -> tuple[object, ...] | None:
    """What an action asks for, and of whom; its quotations may change beneath it."""
    action = edition.entry.get(code) if edition else None
    if not isinstance(action, Action):
        return None
    return (
        action.title,
        action.words,
        action.by_when,
        action.audience,
        action.regions,
        action.uses,
    )


def may_tick(membership: Membership, task: Task) -> bool:
    """Whether somebody may say that the task is done: its owner may, and who plans."""
    return membership.may_plan_tasks or (
        task.owner_id is not None and task.owner_id == membership.pk
    )


@transaction.atomic
def save_task(
    line: Line,
    *,
    version: int,
    by: Person,
    at: datetime,
    is_done: bool,
    **planned: object,
) -> None:
    """Save what was `planned` (owner, due_on, note) and whether it is done.

    Raises `Overtaken` if the task is no longer the `version` that was read.
    """
    firm = line.task.firm
    changed = {"changed_at": at, "changed_by": by}
    firm.tasks.get_or_create(action=line.code, defaults=changed)
    saved = firm.tasks.filter(action=line.code, version=version).update(
        **changed,
        **planned,
        **_doing(line, by=by, at=at, is_done=is_done),
        version=F("version") + 1,
    )
    if not saved:
        raise Overtaken(line.code)


def _doing(line: Line, *, by: Person, at: datetime, is_done: bool) -> dict[str, object]:
    """Who did it and when, if that changes."""
    if is_done == line.is_done:
        return {}
    if is_done:
        return {"done_at": at, "done_by": by, "done_under": line.edition}
    return {"done_at": None, "done_by": None, "done_under": None}
