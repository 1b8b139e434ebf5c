"""The database itself keeps what was issued, and whose it is, on either database."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Max

from policyguide.memos.guards import guards
from policyguide.memos.models import Memo, Original, Ruling
from tests.memos import making
from tests.refusing import execute, on_postgresql, on_sqlite, refused, replace

pytestmark = pytest.mark.django_db

ISSUED = "issued memo does not change"
RECORDED = "stays as it was recorded"
SAME_FIRM = "are of one firm"


@pytest.fixture
def memo(hale_marsh, partner):
    return making.issued(hale_marsh, making.edition(), partner)


@pytest.fixture
def unfinished(hale_marsh, partner):
    """A memo that was asked for and is not issued."""
    memo = making.asked(hale_marsh, making.edition(), partner)
    Memo.across_firms.filter(pk=memo.pk).update(state="waiting")
    memo.refresh_from_db()
    return memo


def ruling_on(memo, **fields):
    told = {"status": "superseded", "since": making.ON, "because": "It says more."}
    return Ruling.across_firms.create(
        memo=memo, ruled_at=making.AT, **{**told, "firm": memo.firm, **fields}
    )


class TestIssuedMemo:
    @pytest.mark.parametrize(
        "change",
        [
            {"state": "waiting", "issued_at": None},
            {"number": 7_777},
            {"code": "another"},
            {"profile": {"name": "Another"}},
            {"profile_sha256": "0" * 64},
            {"as_of": "2020-01-01"},
            {"issued_at": making.LATER},
            {"requested_at": making.LATER},
            {"failed_because": "Something"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_does_not_change(self, memo, change):
        with refused(ISSUED):
            Memo.across_firms.filter(pk=memo.pk).update(**change)

    def test_does_not_change_its_edition(self, memo):
        with refused(ISSUED):
            Memo.across_firms.filter(pk=memo.pk).update(edition=making.edition())

    def test_is_not_deleted(self, memo):
        with refused(ISSUED):
            Memo.across_firms.filter(pk=memo.pk)._raw_delete("default")

    def test_may_be_saved_as_it_was_read(self, memo):
        Memo.across_firms.get(pk=memo.pk).save()

    @on_sqlite
    @pytest.mark.parametrize("key", ["id", "code", "number"])
    def test_is_not_overwritten_by_replace(self, memo, unfinished, key):
        with refused(ISSUED):
            replace(unfinished, **{key: getattr(memo, key)})


class TestUnfinishedMemo:
    def test_may_change_and_be_deleted(self, unfinished):
        unfinished.state = "failed"
        unfinished.failed_because = "No Pango."
        unfinished.save()
        unfinished.delete()

    def test_keeps_its_firm(self, unfinished, brandt_keller):
        with refused(SAME_FIRM):
            Memo.across_firms.filter(pk=unfinished.pk).update(firm=brandt_keller)


class TestOriginal:
    @pytest.mark.parametrize(
        "change",
        [
            {"pdf": b"%PDF-1.7 another"},
            {"html": "<p>Another</p>"},
            {"guidance": "[]"},
            {"sha256": "0" * 64},
            {"size": 1},
            {"renderer": "another"},
        ],
        ids=lambda change: next(iter(change)),
    )
    def test_does_not_change(self, memo, change):
        with refused(RECORDED):
            Original.across_firms.filter(memo=memo).update(**change)

    def test_is_not_deleted(self, memo):
        with refused(RECORDED):
            memo.original.delete()

    def test_is_of_the_memos_firm(self, unfinished, brandt_keller, partner):
        with refused(SAME_FIRM):
            Original.across_firms.create(
                memo=unfinished,
                firm=brandt_keller,
                pdf=b"",
                size=0,
                pages=1,
                issued_by=partner,
            )

    @on_sqlite
    def test_is_not_overwritten_by_replace(self, memo):
        with refused(RECORDED):
            replace(memo.original, pdf=b"%PDF-1.7 another")

    @on_sqlite
    def test_is_not_overwritten_by_another_of_its_memo(self, memo):
        last = Original.across_firms.aggregate(last=Max("pk"))["last"]
        with refused(RECORDED):
            replace(memo.original, id=last + 1)


class TestRuling:
    def test_does_not_change(self, memo):
        ruling = ruling_on(memo)
        with refused(RECORDED):
            Ruling.across_firms.filter(pk=ruling.pk).update(because="Another reason.")

    def test_is_not_deleted(self, memo):
        ruling = ruling_on(memo)
        with refused(RECORDED):
            ruling.delete()

    def test_is_of_the_memos_firm(self, memo, brandt_keller):
        with refused(SAME_FIRM):
            ruling_on(memo, firm=brandt_keller)

    @on_sqlite
    def test_is_not_overwritten_by_replace(self, memo):
        ruling = ruling_on(memo)
        with refused(RECORDED):
            replace(ruling, because="Another reason.")


@on_postgresql
@pytest.mark.parametrize(
    ("kind", "message"), [(Memo, ISSUED), (Original, RECORDED), (Ruling, RECORDED)]
)
def test_tables_are_not_emptied(kind, message):
    with refused(message):
        execute(f"TRUNCATE {kind._meta.db_table} CASCADE")


def test_every_table_of_the_memos_is_guarded():
    guarded = {guard.table for guard in guards(connection)}
    tables = {kind._meta.db_table for kind in apps.get_app_config("memos").get_models()}
    assert tables == guarded
