"""Hold what was read against the record's own rules."""

from django.core.exceptions import ValidationError
from django.db.models import Model

from policyguide.policy import models
from policyguide.policy.checked_yaml import Fields
from policyguide.policy.edition_file.contents import EditionFile
from policyguide.policy.edition_file.kinds import edition_row, rows_of
from policyguide.policy.markup import is_safe_link
from policyguide.policy.problems import problems_of

# Known only when a row is saved.
NOT_IN_A_FILE = {
    "id",
    "source",
    "capture",
    "captured_by",
    "recorded_at",
    "edition",
    "entry_ptr",
    "start",
    "end",
}


def check(file: EditionFile) -> None:
    """Add to the file's mistakes all that the record would not take."""
    _check_rows(file)
    _check_edition(file)


def _check_rows(file: EditionFile) -> None:
    """Hold every value against its column: how long it may be, what it may hold."""
    for rows in (file.sources, file.captures, file.quotations):
        for row in rows:
            _check_row(row, file.recorded[row.code])
    for source in file.sources:
        if source.url and not is_safe_link(source.url):
            file.recorded[source.code].wrong("url", "This is not an https address.")
    for entry, _ in rows_of(file.edition):
        _check_row(entry, file.entries[entry.code])
    _check_row(edition_row(file.edition, file.severity), file.entries[""])


def _check_row(row: Model, fields: Fields) -> None:
    untitled = {"title"} if isinstance(row, models.Position) else set()
    try:
        row.clean_fields(exclude=NOT_IN_A_FILE | untitled)
    except ValidationError as error:
        for name, reasons in error.message_dict.items():
            for reason in reasons:
                fields.wrong("" if name == "code" else name, reason)


def _check_edition(file: EditionFile) -> None:
    """Hold the whole against the rules for editions.

    What has a mistake already is passed over, for one may be due to the other; all of
    it is when a section is, for then much may be unknown.
    """
    sources = {source.code for source in file.sources}
    passed_over = {mistake.code for mistake in file.mistakes}
    if "" in passed_over:
        return
    for problem in problems_of(file.edition, sources=sources):
        if problem.code not in passed_over:
            file.entries[problem.code].wrong(problem.field, problem.sentence)
