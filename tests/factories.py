"""Rows to test with. Each function makes one, valid and saved; name what matters."""

from datetime import UTC, date, datetime
from itertools import count

from policyguide.firms.models import Firm, Membership, Office, Person
from policyguide.policy import captures, models
from policyguide.policy.rows import facts_of

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
        Office.across_firms.create(
            firm=made, city=city, country=country, position=position
        )
    return made


def member(of, role=Membership.Role.READER, **fields):
    """A person with this role at the firm."""
    made = person(**fields)
    Membership.across_firms.create(firm=of, person=made, role=role)
    return made


def deed():
    """A line in the log, as whatever changes the record leaves one."""
    return models.LogLine.objects.create(at=NOON, what="test", subject="A test")


def draft(**fields):
    """An edition that is not published."""
    fields = {"title": "A draft", "in_force_from": DAY, **fields}
    return models.Edition.objects.create(**fields)


# What the kinds of entry cannot do without.
LEAST = {
    models.Action: {"audience": "everyone"},
    models.Authority: {"is_regulator": True},
    models.Clause: {"topic": "change"},
    models.DataCategory: {"listing": "used"},
    models.RegionTerm: {"answer": "yes"},
}


def entry(edition, kind=models.Clause, **fields):
    """An entry of a draft."""
    fields = {"code": f"entry-{next(numbers)}", **LEAST.get(kind, {}), **fields}
    fields.setdefault("title", fields["code"].capitalize())
    return kind.objects.create(edition=edition, **fields)


def published(edition, *, number=None):
    """The draft, made an edition with what it now holds."""
    models.Edition.objects.filter(pk=edition.pk).update(
        number=number or 1_000 + next(numbers),
        sha256=facts_of(edition).sha256,
        published_at=NOON,
    )
    edition.refresh_from_db()
    return edition


def source(**fields):
    fields.setdefault("code", f"S{next(numbers)}")
    fields = {
        "title": "A page",
        "publisher": "Somebody",
        "kind": models.Source.Kind.FAQ,
        **fields,
    }
    return models.Source.objects.create(**fields)


def capture(text="We may use posts. We use no messages.", *, of=None, **fields):
    """A page that reads so."""
    of = of or source()
    fields = {
        "code": f"{of.code}/read-{next(numbers)}",
        "captured_on": DAY,
        "how": models.Capture.How.ARCHIVED_COPY,
        "extent": models.Capture.Extent.WHOLE,
        "recorded_at": NOON,
        **fields,
    }
    made = captures.capture(of, text, **fields)
    made.save()
    return made


def quotation(text="We may use posts.", *, of=None, **fields):
    """A piece of a page."""
    fields.setdefault("code", f"q-{next(numbers)}")
    fields.setdefault("provenance", models.Quotation.Known.READ)
    made = captures.quote(of or capture(), text, **fields)
    made.save()
    return made


def cite(entry, *quotations):
    """Let the entry rest on these quotations, or on one that is made for it."""
    for position, cited in enumerate(quotations or [quotation()]):
        models.Citation.objects.create(
            entry_id=entry.pk, quotation=cited, position=position
        )
    return entry
