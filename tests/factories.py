"""Rows to test with. Each function makes one, valid and saved; name what matters."""

from datetime import UTC, date, datetime
from itertools import count

from policyguide.firms.models import Firm, Membership, Office, Person
from policyguide.policy import models

DAY = date(2025, 11, 3)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PASSWORD = "a long enough password"

numbers = count(1)


def person(*, email="", **fields):
    """Somebody who signs in with `PASSWORD`."""
    email = email or f"person{next(numbers)}@example.test"
    return Person.objects.create_user(email, PASSWORD, **fields)


def firm(*, slug="", offices=(("London", "GB"),), **fields):
    """A firm with offices, given as cities and countries."""
    slug = slug or f"firm-{next(numbers)}"
    fields.setdefault("name", slug.replace("-", " ").title())
    made = Firm.objects.create(slug=slug, **fields)
    for position, (city, country) in enumerate(offices):
        Office.objects.create(firm=made, city=city, country=country, position=position)
    return made


def member(of, role=Membership.Role.READER, **fields):
    """A person with this role at the firm."""
    made = person(**fields)
    Membership.objects.create(firm=of, person=made, role=role)
    return made


def draft(**fields):
    """An edition that is not published."""
    fields = {"title": "A draft", "in_force_from": DAY, **fields}
    return models.Edition.objects.create(**fields)


def entry(edition, kind=models.Clause, **fields):
    """An entry of a draft."""
    if kind is models.Clause:
        fields.setdefault("topic", models.Clause.Topic.CHANGE)
    fields.setdefault("code", f"entry-{next(numbers)}")
    fields.setdefault("title", fields["code"].capitalize())
    return kind.objects.create(edition=edition, **fields)
