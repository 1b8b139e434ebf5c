"""Whatever is kept about a person is described, and can be given to them."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.utils.timezone import now

from policyguide.firms.calendars import open_calendar
from policyguide.firms.models import Membership, Person
from policyguide.firms.people import invite
from policyguide.web.personal_data import KEPT
from tests.memos import making

OF_A_PERSON = {"email", "ip", "user_agent"}


def personal_fields():
    """Every field of every table that is, names or addresses a person."""
    for kind in apps.get_models():
        for field in (*kind._meta.local_fields, *kind._meta.local_many_to_many):
            tells = (
                kind is Person
                or field.related_model in {Person, Membership}
                or isinstance(field, models.EmailField | models.GenericIPAddressField)
                or field.name in OF_A_PERSON
            )
            if tells and not field.primary_key:
                yield f"{kind._meta.label}.{field.name}"


def test_every_field_that_tells_of_a_person_is_described_and_no_other():
    described = [f"{kept.model}.{field}" for kept in KEPT for field in kept.fields]

    assert sorted(described) == sorted(personal_fields())


def test_anybody_can_read_what_is_kept_and_why(client, db):
    page = client.get("/data-protection/").content.decode()

    for kept in KEPT:
        assert str(kept.what).replace("'", "&#x27;") in page


@pytest.fixture
def copy(hale_marsh, partner, rival):
    making.issued(hale_marsh, making.edition(), partner)
    said = StringIO()
    call_command("export_person", partner.email.upper(), stdout=said)
    return said.getvalue()


def test_a_person_gets_a_copy_of_what_is_kept_about_them(copy, partner):
    told = json.loads(copy)

    assert told["firms.Person"][0]["email"] == partner.email
    assert [row["role"] for row in told["firms.Membership"]] == ["partner"]
    assert len(told["memos.Memo"]) == len(told["memos.Original"]) == 1
    assert set(told) == {kept.model for kept in KEPT}


def test_the_copy_holds_no_secret_and_nothing_of_others(copy, partner, rival):
    assert partner.password not in copy
    assert rival.email not in copy
    assert "pdf" not in json.loads(copy)["memos.Original"][0]


def test_nobody_is_named_as_such(db):
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("export_person", "nobody@example.test")


def test_the_copy_has_what_waits_for_them_and_what_they_are_to_do(
    hale_marsh, partner, firm_admin, brandt_keller
):
    membership = hale_marsh.memberships.get(person=partner)
    hale_marsh.tasks.create(
        action="act", owner=membership, changed_by=firm_admin, changed_at=making.AT
    )
    open_calendar(membership, at=making.AT)
    invite(brandt_keller, email=partner.email, role="reader", by=firm_admin, at=now())
    said = StringIO()

    call_command("export_person", partner.email, stdout=said)

    told = json.loads(said.getvalue())
    for kind in ("firms.Task", "firms.CalendarAddress", "firms.Invitation"):
        assert len(told[kind]) == 1, kind
    assert "secret_sha256" not in told["firms.CalendarAddress"][0]
