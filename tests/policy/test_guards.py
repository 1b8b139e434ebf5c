"""The database itself keeps what is published and recorded, on either database."""

from contextlib import closing

import pytest
from django.apps import apps
from django.db import OperationalError, connection
from django.db.models import Max

from policyguide.policy import models
from policyguide.policy.guards import guards
from policyguide.policy.immutability import install, remove
from tests import factories
from tests.refusing import (
    every_guard,
    execute,
    on_postgresql,
    on_sqlite,
    refused,
    replace,
)

pytestmark = pytest.mark.django_db

KINDS = [
    kind for kind in apps.get_app_config("policy").get_models() if kind._meta.parents
]
RECORDED = [
    models.Source,
    models.Capture,
    models.Quotation,
    models.SourceCheck,
    models.LogLine,
]
SEALED = [models.Entry, models.Citation, *KINDS]


def whole_draft():
    """A draft with an entry of every kind, each of them cited."""
    draft = factories.draft()
    quotation = factories.quotation()
    for kind in KINDS:
        factories.cite(factories.entry(draft, kind), quotation)
    return draft


@pytest.fixture
def edition():
    """A published edition with an entry of every kind."""
    return factories.published(whole_draft())


@pytest.fixture
def recorded():
    """A row of every table that is only ever added to."""
    quotation = factories.quotation()
    return {
        models.Source: quotation.capture.source,
        models.Capture: quotation.capture,
        models.Quotation: quotation,
        models.SourceCheck: models.SourceCheck.objects.create(
            source=quotation.capture.source,
            capture=quotation.capture,
            checked_on=factories.DAY,
        ),
        models.LogLine: models.LogLine.objects.create(
            at=factories.NOON, what="noted", subject="a test"
        ),
    }


def rows_of(kind, edition):
    path = "entry__edition" if kind is models.Citation else "edition"
    return kind.objects.filter(**{path: edition})


class TestPublishedEdition:
    @pytest.mark.parametrize(
        "change",
        [
            {"title": "Another"},
            {"number": 7_777},
            {"in_force_from": "2026-01-01"},
            {"change_note": "Another"},
            {"sha256": "0" * 64},
            {"severity": "minor"},
            {"published_at": None},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_does_not_change(self, edition, change):
        with refused("published edition does not change"):
            models.Edition.objects.filter(pk=edition.pk).update(**change)

    def test_is_not_deleted(self):
        bare = factories.published(factories.draft())
        with refused("published edition does not change"):
            models.Edition.objects.filter(pk=bare.pk)._raw_delete("default")

    def test_may_be_saved_as_it_was_read(self, edition):
        models.Edition.objects.get(pk=edition.pk).save()

    def test_may_be_withdrawn(self, edition):
        edition.withdrawn_at = factories.NOON
        edition.withdrawn_because = "It was wrong."
        edition.save()
        edition.refresh_from_db()
        assert edition.withdrawn_because == "It was wrong."

    @pytest.mark.parametrize(
        "change",
        [
            {"withdrawn_because": "Another reason"},
            {"withdrawn_at": None, "withdrawn_because": ""},
        ],
        ids=["another-reason", "taken-back"],
    )
    def test_is_withdrawn_once(self, edition, change):
        rows = models.Edition.objects.filter(pk=edition.pk)
        rows.update(withdrawn_at=factories.NOON, withdrawn_because="It was wrong.")
        with refused("withdrawal is not taken back"):
            rows.update(**change)


class TestItsRows:
    @pytest.mark.parametrize("kind", SEALED, ids=lambda kind: kind.__name__)
    def test_are_not_deleted(self, edition, kind):
        row = rows_of(kind, edition).first()
        table, key = row._meta.db_table, row._meta.pk
        with refused("published edition does not change"):
            execute(
                f"DELETE FROM {table} WHERE {key.column} = %s",  # noqa: S608 - ditto
                row.pk,
            )

    @pytest.mark.parametrize("kind", SEALED, ids=lambda kind: kind.__name__)
    def test_are_not_added_to(self, edition, kind):
        with refused("published edition does not change"):
            if kind is models.Citation:
                factories.cite(rows_of(models.Entry, edition).first())
            elif kind is models.Entry:
                models.Entry.objects.create(edition=edition, code="x", title="X")
            else:
                entry = rows_of(models.Effect, edition).get().entry_ptr
                row = kind(entry_ptr=entry)
                row.__dict__.update(entry.__dict__)
                row.save_base(raw=True, force_insert=True)

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
    def test_may_be_saved_as_they_were_read(self, edition, kind):
        rows_of(kind, edition).get().save()

    @pytest.mark.parametrize(
        ("kind", "change"),
        [
            (models.Entry, {"words": "Others"}),
            (models.Entry, {"position": 9}),
            (models.Citation, {"position": 9}),
            (models.Region, {"countries": ["FR"]}),
            (models.RegionTerm, {"answer": "no"}),
            (models.Effect, {"title": "Another"}),
            (models.Clause, {"since": "2026-01-01"}),
            (models.DataCategory, {"note": "Another"}),
            (models.AffiliateTerm, {"recipient": "Another"}),
            (models.Headline, {"uses": ["posts"]}),
            (models.Action, {"by_when": "Now"}),
            (models.Control, {"where": "Elsewhere"}),
            (models.Conflict, {"is_settled": True}),
            (models.Position, {"conflict": "another"}),
            (models.Silence, {"looked_in": ["A1"]}),
            (models.Rumour, {"standing": "view"}),
            (models.Authority, {"body": "Another"}),
        ],
    )
    def test_do_not_change(self, edition, kind, change):
        with refused("published edition does not change"):
            rows_of(kind, edition).update(**change)

    def test_do_not_leave_it(self, edition):
        with refused("published edition does not change"):
            rows_of(models.Entry, edition).update(edition=factories.draft())

    def test_do_not_join_it(self, edition):
        entry = factories.entry(factories.draft())
        with refused("published edition does not change"):
            models.Entry.objects.filter(pk=entry.pk).update(edition=edition)

    def test_keep_their_citations(self, edition):
        citation = factories.cite(factories.entry(factories.draft())).citations.first()
        with refused("published edition does not change"):
            models.Citation.objects.filter(pk=citation.pk).update(
                entry=rows_of(models.Entry, edition).first()
            )


class TestDraft:
    def test_may_be_changed_and_deleted(self):
        draft = whole_draft()
        for kind in SEALED:
            rows_of(kind, draft).update(**_some_change(kind))
        draft.title = "Another"
        draft.save()
        draft.delete()
        assert not models.Edition.objects.filter(pk=draft.pk).exists()


def _some_change(kind):
    return {"position": 3} if kind is models.Citation else {"words": "Others"}


class TestRecord:
    @pytest.mark.parametrize("kind", RECORDED, ids=lambda kind: kind.__name__)
    def test_rows_are_not_deleted(self, recorded, kind):
        with refused("recorded stays"):
            kind.objects.filter(pk=recorded[kind].pk)._raw_delete("default")

    @pytest.mark.parametrize("kind", RECORDED, ids=lambda kind: kind.__name__)
    def test_rows_may_be_saved_as_they_were_read(self, recorded, kind):
        kind.objects.get(pk=recorded[kind].pk).save()

    @pytest.mark.parametrize(
        ("kind", "change"),
        [
            (models.Source, {"title": "Another"}),
            (models.Source, {"state": "Another"}),
            (models.Capture, {"text": "Another"}),
            (models.Capture, {"sha256": "0" * 64}),
            (models.Capture, {"note": "Another"}),
            (models.Quotation, {"text": "Another"}),
            (models.Quotation, {"provenance": "reported"}),
            (models.SourceCheck, {"checked_on": "2026-01-01"}),
            (models.LogLine, {"why": "Another"}),
            (models.LogLine, {"by": None, "what": "Another"}),
        ],
    )
    def test_rows_do_not_change(self, recorded, kind, change):
        with refused("recorded stays"):
            kind.objects.filter(pk=recorded[kind].pk).update(**change)


class TestQuotation:
    @pytest.mark.parametrize(
        "change",
        [
            {"text": "we may use posts."},
            {"text": "We may use posts. "},
            {"start": 1},
            {"end": 16},
            {"start": 18, "end": 37},
            {"end": 5_000},
        ],
        ids=str,
    )
    def test_is_refused_unless_it_is_exact(self, change):
        exact = {"text": "We may use posts.", "start": 0, "end": 17}
        with refused("exactly the piece"):
            models.Quotation.objects.create(
                capture=factories.capture(),
                code="q",
                provenance="read",
                **exact | change,
            )

    @pytest.mark.parametrize(
        "text", ["Zürich – “ja”", "香港 🇭🇰 e\u0301", "a'b\\c$guard$ % {row} \t\nx"]
    )
    def test_counts_characters_as_python_does(self, text):
        quotation = factories.quotation(text, of=factories.capture(f"🙂é {text} 漢"))
        assert (quotation.start, quotation.end) == (3, 3 + len(text))


@on_sqlite
class TestReplace:
    """INSERT OR REPLACE, from a connection that has recursive triggers off."""

    @pytest.mark.parametrize("kind", RECORDED, ids=lambda kind: kind.__name__)
    def test_does_not_overwrite_what_is_recorded(self, recorded, kind):
        with refused("recorded stays"):
            replace(recorded[kind])

    @pytest.mark.parametrize(
        "kind",
        [models.Source, models.Capture, models.Quotation],
        ids=lambda kind: kind.__name__,
    )
    def test_does_not_take_a_code_that_is_recorded(self, recorded, kind):
        with refused("recorded stays"):
            replace(
                recorded[kind], id=kind.objects.aggregate(last=Max("pk"))["last"] + 1
            )

    @pytest.mark.parametrize("kind", SEALED, ids=lambda kind: kind.__name__)
    def test_does_not_overwrite_rows_of_an_edition(self, edition, kind):
        with refused("published edition does not change"):
            replace(rows_of(kind, edition).first())

    def test_does_not_move_an_entry_into_a_draft(self, edition):
        with refused("published edition does not change"):
            replace(
                rows_of(models.Entry, edition).first(),
                edition_id=factories.draft().pk,
            )

    @pytest.mark.parametrize("key", ["id", "number"])
    def test_does_not_overwrite_an_edition(self, edition, key):
        draft = factories.draft()
        with refused("published edition does not change"):
            replace(draft, **{key: getattr(edition, key)})

    def test_does_not_take_an_editions_number_by_an_update(self, edition):
        draft = factories.draft()
        with refused("published edition does not change"):
            execute(
                "UPDATE OR REPLACE policy_edition SET number = %s WHERE id = %s",
                edition.number,
                draft.pk,
            )


@on_postgresql
@pytest.mark.parametrize("kind", [*SEALED, *RECORDED, models.Edition])
def test_tables_are_not_emptied(kind):
    with refused("recorded stays|published edition does not change"):
        execute(f"TRUNCATE {kind._meta.db_table} CASCADE")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_whoever_writes_in_the_draft():
    draft = factories.draft()
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO policy_entry (edition_id, code, position, title, words, "
                "standing, version) VALUES (%s, 'late', 0, 'Late', '', 'view', 0)",
                [draft.pk],
            )
        execute("SET lock_timeout = '100ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            factories.published(draft)
        execute("RESET lock_timeout")
        other.rollback()
    factories.published(draft)


def standing():
    """The triggers of the database: their names and, on SQLite, their whole text."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, prosrc FROM pg_trigger "
                "JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"
            )
        return dict(cursor.fetchall())


def test_guards_stand_on_the_tables_as_the_last_migration_left_them():
    before = standing()
    install(connection, every_guard())
    assert standing() == before


def test_guards_can_be_taken_down_and_put_up_again():
    before = standing()
    every = every_guard()
    remove(connection, every)
    assert not standing()
    install(connection, every)
    assert standing() == before


def test_every_table_of_the_record_is_guarded_or_is_known_to_change():
    guarded = {guard.table for guard in guards(connection)}
    tables = {
        kind._meta.db_table for kind in apps.get_app_config("policy").get_models()
    }
    assert tables - guarded == {"policy_change", "policy_thing"}
