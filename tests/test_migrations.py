"""A release may be brought in while the one before it still runs.

A migration only adds what the older code need not know: no table or column goes or is
renamed, and a new column is filled by the database if nothing is said of it. What is to
go is first no longer used, for one release; then its migration names itself below.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

OWN_APPS = ("policy", "firms", "memos", "notices")

# The last migration of each app in the last release: before the first there is nobody
# whose code could still run.
RELEASED: dict[str, str] = {}
# Migrations that take away what has not been used for a release.
AFTER_A_RELEASE: set[tuple[str, str]] = set()

GOES = (
    migrations.DeleteModel,
    migrations.RemoveField,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)


def breaks_the_older_release(operation, *, new_models=frozenset()):
    """What of an operation code that does not know it would stumble over; or ""."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        found = map(breaks_the_older_release, operation.database_operations)
        return next(filter(None, found), "")
    if isinstance(operation, GOES):
        return f"{type(operation).__name__} takes away what it uses"
    if not isinstance(operation, migrations.AddField | migrations.AlterField):
        return ""
    field = operation.field
    if operation.model_name_lower in new_models or isinstance(
        field, models.ManyToManyField
    ):
        return ""
    if field.null or field.has_db_default():
        return ""
    return f"{operation.name} must be given, and it does not know of it"


def new_models_of(migration):
    return frozenset(
        operation.name_lower
        for operation in migration.operations
        if isinstance(operation, migrations.CreateModel)
    )


def unreleased():
    """Our own migrations since the last release."""
    loader = MigrationLoader(connection)
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in OWN_APPS and app in RELEASED and name > RELEASED[app]:
            yield (app, name), migration


@pytest.mark.django_db
def test_the_last_release_runs_on_what_this_one_makes_of_the_database():
    for key, migration in unreleased():
        known = new_models_of(migration)
        for operation in migration.operations:
            said = breaks_the_older_release(operation, new_models=known)
            assert not said or key in AFTER_A_RELEASE, f"{key}: {said}"


def test_what_is_released_is_known_here_as_soon_as_there_is_a_release():
    changelog = Path(settings.BASE_DIR, "CHANGELOG.md").read_text()
    releases = [line for line in changelog.splitlines() if line.startswith("## ")]

    assert releases == ["## Unreleased"] or set(RELEASED) == set(OWN_APPS)


TEXT = {"name": "note", "model_name": "memo"}


@pytest.mark.parametrize(
    ("field", "is_safe"),
    [
        (models.TextField(), False),
        (models.TextField(default=""), False),
        (models.TextField(db_default=""), True),
        (models.TextField(null=True), True),
    ],
    ids=["required", "python-default", "database-default", "nullable"],
)
def test_a_new_column_must_be_filled_by_the_database(field, is_safe):
    added = migrations.AddField(field=field, **TEXT)

    assert (not breaks_the_older_release(added)) == is_safe


@pytest.mark.parametrize(
    ("operation", "is_safe"),
    [
        (migrations.AlterField(field=models.TextField(), **TEXT), False),
        (migrations.RemoveField("memo", "note"), False),
        (migrations.RenameField("memo", "note", "remark"), False),
        (migrations.DeleteModel("Memo"), False),
        (migrations.RenameModel("Memo", "Paper"), False),
        (migrations.CreateModel("Paper", []), True),
        (migrations.AddIndex("memo", models.Index(fields=["note"], name="n")), True),
        (migrations.RunPython(migrations.RunPython.noop), True),
        (
            migrations.SeparateDatabaseAndState([migrations.DeleteModel("Memo")]),
            False,
        ),
    ],
    ids=lambda told: "" if isinstance(told, bool) else type(told).__name__,
)
def test_what_the_older_release_would_stumble_over_is_known(operation, is_safe):
    assert (not breaks_the_older_release(operation)) == is_safe


def test_a_column_of_a_table_that_comes_with_it_may_be_as_it_likes():
    added = migrations.AddField("paper", "note", models.TextField())

    assert not breaks_the_older_release(added, new_models={"paper"})
