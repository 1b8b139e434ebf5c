"""The desk has memos made for many firms, and sees how far they are."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from policyguide.firms.models import Membership
from policyguide.memos.models import Batch, BatchFirm, Memo
from policyguide.web.views.desk import batches
from tests import factories
from tests.memos import making

PAGE = "/desk/batches/"


@pytest.fixture(autouse=True)
def pdf_is_available(monkeypatch):
    monkeypatch.setattr(batches, "pdf_available", lambda: True)


@pytest.fixture
def edition(db):
    return making.edition()


@pytest.fixture
def started(edition, hale_marsh, brandt_keller, client_of, approver):
    """A batch for two firms, and its page."""
    firms = {"firm": [hale_marsh.pk, brandt_keller.pk]}
    answer = client_of(approver).post(PAGE, firms)
    return Batch.objects.get(), answer.url


def issue_to(firm, batch):
    """The firm's memo in the batch, as if a worker had made it."""
    memo = making.issued(firm, batch.edition, batch.started_by)
    BatchFirm.across_firms.of(batch).filter(firm=firm).update(memo=memo)
    return memo


def test_a_batch_is_for_the_firms_that_were_ticked(started, hale_marsh, approver):
    batch, page = started

    assert page == f"{PAGE}{batch.pk}/"
    assert batch.started_by == approver
    assert BatchFirm.across_firms.of(batch).count() == 2


def test_nothing_is_started_without_a_firm(edition, client_of, approver):
    answer = client_of(approver).post(PAGE, {})

    assert answer.status_code == 422
    assert "Tick the firms" in answer.content.decode()
    assert not Batch.objects.exists()


def test_firms_that_are_told_something_else_are_ticked(client_of, approver, db):
    in_london = factories.firm(offices=(("London", "GB"),))
    in_austin = factories.firm(offices=(("Austin", "US"),))
    first = making.edition()
    making.edition(uk="It no longer trains in the UK.", based_on=first)

    answer = client_of(approver).get(PAGE)
    everybody = client_of(approver).get(f"{PAGE}?ticked=all")

    ticked = answer.context["ticked"]
    assert in_london.pk in ticked
    assert in_austin.pk not in ticked
    assert in_austin.pk in everybody.context["ticked"]


def test_the_page_tells_of_each_firm_how_far_its_memo_is(
    started, hale_marsh, brandt_keller, client_of, editor
):
    batch, page = started
    issue_to(hale_marsh, batch)
    failed = making.asked(brandt_keller, batch.edition, batch.started_by)
    Memo.across_firms.filter(pk=failed.pk).update(
        state="failed", failed_because="It has 61 pages."
    )
    BatchFirm.across_firms.filter(firm=brandt_keller).update(memo=failed)

    shown = client_of(editor).get(page).content.decode()

    assert "1 of 2 issued" in shown
    assert "It has 61 pages." in shown
    assert "hx-get" not in shown


def test_while_it_moves_the_page_asks_for_its_progress(started, client_of, editor):
    _, page = started

    whole = client_of(editor).get(page).content.decode()
    part = client_of(editor).get(page, headers={"HX-Request": "true"})

    assert f'hx-get="{page}"' in whole
    assert part.content.decode().strip().startswith('<section id="progress"')


def test_approvers_pause_it_and_let_it_go_on(started, client_of, approver, editor):
    batch, page = started
    assert client_of(editor).post(page, {"act": "pause"}).status_code == 403

    client_of(approver).post(page, {"act": "pause"})
    batch.refresh_from_db()
    assert batch.is_paused
    assert "Paused" in client_of(editor).get(page).content.decode()

    client_of(approver).post(page, {"act": "resume"})
    batch.refresh_from_db()
    assert not batch.is_paused


def test_the_archive_holds_the_memos_of_the_persons_own_firms_only(
    started, hale_marsh, brandt_keller, client_of, approver
):
    batch, page = started
    issue_to(hale_marsh, batch)
    issue_to(brandt_keller, batch)
    assert client_of(approver).get(f"{page}memos.zip").status_code == 404

    Membership.across_firms.create(firm=hale_marsh, person=approver)
    answer = client_of(approver).get(f"{page}memos.zip")

    with ZipFile(BytesIO(answer.getvalue())) as archive:
        folders = {name.split("/")[0] for name in archive.namelist()}
    assert folders == {"hale-marsh", "SHA256SUMS"}


def test_partners_take_all_memos_of_their_firm_along(
    edition, hale_marsh, brandt_keller, partner, rival, client_of
):
    making.issued(hale_marsh, edition, partner)
    making.issued(brandt_keller, edition, rival)

    answer = client_of(partner).get("/firms/hale-marsh/memos/all.zip")

    assert answer.headers["Content-Disposition"].endswith('"hale-marsh-memos.zip"')
    with ZipFile(BytesIO(answer.getvalue())) as archive:
        assert archive.namelist() == [
            "hale-marsh/2026-11-24-hale-marsh-memo-1.pdf",
            "SHA256SUMS",
        ]
