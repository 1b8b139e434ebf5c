"""A firm's tasks as rows of a table."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from policyguide.firms.tasks import Line, WorkList
from policyguide.policy.labels import label
from policyguide.policy.markup import plain_words


def rows_of(work: WorkList) -> Iterator[tuple[object, ...]]:
    """The heading, then a row for each line of the list."""
    yield (
        _("Code"),
        _("What to do"),
        _("For"),
        _("Advised by when"),
        _("Owner"),
        _("Due on"),
        _("State"),
        _("Done on"),
        _("Done by"),
        _("Note"),
        _("Advice"),
        _("Edition"),
    )
    for group in work.groups:
        for line in group.lines:
            yield _row(line, str(label(group.audience)))


def _row(line: Line, audience: str) -> tuple[object, ...]:
    task = line.task
    return (
        line.code,
        line.finding.title,
        audience,
        line.finding.entry.by_when,
        task.owner.person if task.owner else None,
        task.due_on,
        line.state.label,
        localdate(task.done_at) if task.done_at else None,
        task.done_by,
        task.note,
        plain_words(line.finding.words),
        line.edition,
    )
