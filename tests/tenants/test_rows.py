"""Every row that belongs to a firm is asked for by its firm, and stays with it."""

import pytest
from django.db import connection

from policyguide.firms.guards import SAME_FIRM
from policyguide.firms.models import (
    CalendarAddress,
    Firm,
    Invitation,
    Logo,
    Membership,
    Office,
    Person,
    Task,
    Visit,
)
from policyguide.memos.models import Batch, BatchFirm, Download, Memo, Original, Ruling
from policyguide.notices.models import Notice
from tests import factories
from tests.memos import making
from tests.refusing import execute, refused
from tests.tenants.canaries import a_visit, an_invitation
from tests.tenants.rows import CHILDREN, OWNED

pytestmark = pytest.mark.django_db


def a_memo(firm):
    return making.asked(firm, making.edition(), factories.person())


def an_original(firm):
    return making.issued(firm, making.edition(), factories.person()).original


def a_ruling(firm):
    return a_memo(firm).rulings.create(
        firm=firm,
        status="superseded",
        since=making.ON,
        because="It says more.",
        ruled_at=making.AT,
    )


def a_download(firm):
    return a_memo(firm).downloads.create(
        firm=firm, person=factories.person(), on=making.ON, at=making.AT
    )


def a_notice(firm):
    return firm.notices.create(
        person=factories.person(),
        edition=making.edition(),
        event="recalled",
        ruling=a_ruling(firm),
        due_at=making.AT,
    )


def a_calendar_address(firm):
    membership = factories.member(firm).memberships.get()
    return firm.calendar_addresses.create(
        membership=membership, secret_sha256="0" * 64, made_at=factories.NOON
    )


def a_task(firm):
    return firm.tasks.create(
        action="tell-staff", changed_at=factories.NOON, changed_by=factories.person()
    )


def a_part_in_a_batch(firm):
    memo = a_memo(firm)
    batch = Batch.objects.create(
        edition=memo.edition, started_by=memo.requested_by, started_at=making.AT
    )
    return BatchFirm.across_firms.create(batch=batch, firm=firm, position=0, memo=memo)


# A row of each kind; a kind that is missing here fails the tests that ask for it.
MADE = {
    CalendarAddress: a_calendar_address,
    Invitation: lambda firm: an_invitation(firm, email="somebody@example.test"),
    BatchFirm: a_part_in_a_batch,
    Logo: lambda firm: firm.logos.create(sha256="0" * 64, content=b"a picture"),
    Download: a_download,
    Membership: lambda firm: factories.member(firm).memberships.get(),
    Memo: a_memo,
    Notice: a_notice,
    Office: lambda firm: firm.offices.first(),
    Original: an_original,
    Ruling: a_ruling,
    Task: a_task,
    Visit: lambda firm: a_visit(firm, because="They asked."),
}


def named(kind):
    return kind._meta.label_lower


def test_there_are_rows_that_belong_to_firms():
    assert set(MADE) <= set(OWNED)


@pytest.mark.parametrize("kind", OWNED, ids=named)
def test_whoever_asks_for_rows_says_whose(kind):
    assert not hasattr(kind, "objects")
    assert [manager.name for manager in kind._meta.managers] == ["across_firms"]


@pytest.mark.parametrize("kind", OWNED, ids=named)
def test_a_row_has_one_firm(kind):
    assert not kind._meta.get_field("firm").null


@pytest.mark.parametrize("kind", OWNED, ids=named)
def test_a_row_stays_with_its_firm(kind, hale_marsh, brandt_keller):
    row = MADE[kind](hale_marsh)

    with refused("stay"):
        kind.across_firms.filter(pk=row.pk).update(firm=brandt_keller)


@pytest.mark.parametrize(
    ("kind", "field"), CHILDREN, ids=[f"{named(k)}.{f.name}" for k, f in CHILDREN]
)
def test_a_row_belongs_to_no_row_of_another_firm(
    kind, field, hale_marsh, brandt_keller
):
    child = MADE[kind](brandt_keller)
    foreign = MADE[field.related_model](hale_marsh)
    told = {
        column.column: column.get_db_prep_save(
            getattr(child, column.attname), connection
        )
        for column in kind._meta.concrete_fields
        if not column.primary_key
    }
    told[field.column] = foreign.pk
    columns = ", ".join(f'"{column}"' for column in told)
    marks = ", ".join(["%s"] * len(told))

    with refused(SAME_FIRM):
        execute(
            f"INSERT INTO {kind._meta.db_table} "  # noqa: S608 - our own names
            f"({columns}) VALUES ({marks})",
            *told.values(),
        )


@pytest.mark.parametrize(
    ("kind", "field"), CHILDREN, ids=[f"{named(k)}.{f.name}" for k, f in CHILDREN]
)
def test_a_row_is_not_given_to_a_row_of_another_firm(
    kind, field, hale_marsh, brandt_keller
):
    child = MADE[kind](brandt_keller)
    foreign = MADE[field.related_model](hale_marsh)

    with refused("stays? "):
        kind.across_firms.filter(pk=child.pk).update(**{field.attname: foreign.pk})


@pytest.mark.parametrize("kind", OWNED, ids=named)
def test_only_firms_their_rows_and_people_lead_to_rows_of_firms(kind):
    leading = {
        field.related_model
        for field in kind._meta.concrete_fields
        if field.is_relation and not field.remote_field.hidden
    }

    assert leading <= {Firm, Person, *OWNED}
