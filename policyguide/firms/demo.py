"""Firms and people to try the product with, from a YAML file.

    people:  list of email, name, desk_role
    firms:   slug → name, headcount, uses, postal_address, accent,
             offices (list of city, country), members (list of email, role)

What is there already is left as its users have made it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from policyguide.firms.models import Firm, Membership, Office, Person
from policyguide.guidance.facts import Use
from policyguide.policy.checked_yaml import Fields, Mistakes, Refused, read_table
from policyguide.policy.checked_yaml.mistakes import did_you_mean

PASSWORD = "policyguide-demo"  # noqa: S105 - no secret: it stands in the README


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    email: str
    name: str = ""
    desk_role: Person.DeskRole = Person.DeskRole.NONE


@dataclass(frozen=True, kw_only=True)
class DemoFirm:
    name: str
    headcount: int | None = None
    uses: tuple[Use, ...] = ()
    postal_address: str = ""
    accent: str = ""


@dataclass(frozen=True, kw_only=True)
class DemoOffice:
    city: str
    country: str


@dataclass(frozen=True, kw_only=True)
class DemoMember:
    email: str
    role: Membership.Role


@transaction.atomic
def load_demo(path: Path) -> list[Person]:
    """Add the people and firms that are missing; returns all people of the file.

    Raises `Refused` and adds nothing if anything is wrong with it.
    """
    mistakes = Mistakes()
    top = Fields(read_table(path), code="", mistakes=mistakes)
    people: dict[str, Person] = {}
    for fields in top.listed("people"):
        found = _taken(fields, DemoPerson)
        people[found.email] = _person(found, fields)
    for fields in top.things("firms"):
        _firm(fields, people)
    top.end()
    if mistakes:
        raise Refused(path, mistakes)
    return list(people.values())


def _person(found: DemoPerson, fields: Fields) -> Person:
    """The person with this address, who may be there already."""
    known = Person.objects.filter(email__iexact=found.email).first()
    if known:
        return known
    person = Person(**vars(found))
    person.set_password(PASSWORD)
    _save(person, fields)
    return person


def _firm(fields: Fields, people: Mapping[str, Person]) -> None:
    """The firm with this slug; one that is there keeps its profile and members."""
    found = fields.take(DemoFirm)
    offices = [(_taken(thing, DemoOffice), thing) for thing in fields.listed("offices")]
    members = [(_taken(thing, DemoMember), thing) for thing in fields.listed("members")]
    fields.end()
    for member, thing in members:
        if member.email not in people:
            nearest = did_you_mean(member.email, people)
            thing.wrong("email", f"“{member.email}” is not one of people.{nearest}")
    if fields.mistakes or Firm.objects.filter(slug=fields.code).exists():
        return
    firm = Firm(slug=fields.code, **vars(found) | {"uses": list(found.uses)})
    _save(firm, fields)
    for position, (office, thing) in enumerate(offices):
        _save(Office(firm=firm, position=position, **vars(office)), thing)
    for member, thing in members:
        person = people[member.email]
        _save(Membership(firm=firm, person=person, role=member.role), thing)


def _taken[T](fields: Fields, kind: type[T]) -> T:
    found = fields.take(kind)
    fields.end()
    return found


def _save(row: Model, fields: Fields) -> None:
    """Save the row, or note what is wrong with it."""
    if fields.mistakes:
        return
    try:
        row.full_clean()
    except ValidationError as error:
        for name, reasons in error.message_dict.items():
            fields.wrong(name, " ".join(reasons))
    else:
        row.save()
