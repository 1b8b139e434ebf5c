"""The alarm itself: what it lets pass, and what sets it off."""

import pytest
from django.db.models import Count

from policyguide.firms.models import Firm, Membership, Office, Person
from policyguide.memos.models import Memo, Original, Ruling
from tests.memos import making
from tests.tenants.tripwire import Untied, watching

pytestmark = pytest.mark.django_db


@pytest.fixture
def memo(hale_marsh, partner):
    return making.issued(hale_marsh, making.edition(), partner)


@pytest.fixture
def foreign(brandt_keller, rival):
    return making.issued(brandt_keller, making.edition(), rival)


@pytest.fixture
def watched(client_of, reader):
    """Ask in a request of the first firm's reader, as a view would."""

    def ask(rows):
        with watching(client_of(reader), "/firms/hale-marsh/"):
            list(rows) if hasattr(rows, "__iter__") else rows()

    return ask


def test_a_firms_own_rows_pass(watched, hale_marsh, memo, reader):
    watched(hale_marsh.memos.listed())
    watched(hale_marsh.offices.all())
    watched(Memo.across_firms.filter(firm__slug="hale-marsh"))
    watched(Memo.across_firms.filter(firm__memberships__person=reader))
    watched(Ruling.across_firms.filter(memo__firm=hale_marsh))
    watched(Ruling.across_firms.filter(memo=memo))
    watched(Firm.objects.for_person(reader))
    watched(lambda: hale_marsh.memos.filter(state="waiting").update(code="another"))


UNTIED = {
    "all rows": lambda: Memo.across_firms.all(),
    "a row by its key": lambda: Memo.across_firms.filter(pk=1),
    "whether there is any": lambda: Memo.across_firms.exists,
    "how many": lambda: Office.across_firms.count,
    "all but some": lambda: Memo.across_firms.exclude(firm=1).exists,
    "one or another": lambda: (
        Memo.across_firms.filter(firm=1) | Memo.across_firms.filter(number=1)
    ),
    "within another question": lambda: Firm.objects.filter(
        slug="hale-marsh", name__in=Office.across_firms.values("city")
    ),
    "beside firms": lambda: Firm.objects.values("memos__profile"),
    "counted beside firms": lambda: Firm.objects.annotate(many=Count("memos")),
    "firms themselves": lambda: Firm.objects.order_by("name"),
    "by a firm's name": lambda: Firm.objects.filter(name="Brandt Keller"),
    "a change": lambda: lambda: Memo.across_firms.filter(number=1).update(code="x"),
    "an end": lambda: Office.across_firms.filter(city="London").delete,
    "people of any firm": lambda: Membership.across_firms.filter(role="admin"),
    "beside people": lambda: Person.objects.values("memberships__role"),
}


@pytest.mark.parametrize("asked", UNTIED.values(), ids=UNTIED)
def test_rows_of_any_firm_set_it_off(watched, asked):
    with pytest.raises(Untied):
        watched(asked())


def test_rows_of_another_firm_set_it_off(watched, brandt_keller, foreign, rival):
    for rows in (
        brandt_keller.memos.all(),
        Memo.across_firms.filter(firm__slug="brandt-keller"),
        Memo.across_firms.filter(firm__memberships__person=rival),
        Ruling.across_firms.filter(memo=foreign),
        Original.across_firms.filter(pk=foreign.original.pk),
        Firm.objects.for_person(rival),
    ):
        with pytest.raises(Untied):
            watched(rows)


def test_it_is_on_in_every_request(client_of, reader, memo, monkeypatch):
    monkeypatch.setattr(
        "policyguide.web.views.memos.memo_of",
        lambda firm, number: Memo.across_firms.listed().filter(number=number).first(),
    )

    with pytest.raises(Untied):
        client_of(reader).get(f"/firms/hale-marsh/memos/{memo.number}/")
