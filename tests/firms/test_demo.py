"""Demo firms and people: added where they are missing, and never anything else."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from policyguide.firms.demo import PASSWORD, load_demo
from policyguide.firms.models import Firm, Membership, Person
from policyguide.policy.checked_yaml import Refused
from tests import record
from tests.policy.edition_files import line_of, written

pytestmark = pytest.mark.django_db

DEMO = (Path(__file__).parent / "small-demo.yaml").read_text()


@pytest.fixture
def demo(tmp_path):
    """A file with two firms and five people, none of whom is there."""
    return written(tmp_path, DEMO)


def test_adds_firms_with_offices_and_members(demo):
    load_demo(demo)
    firm = Firm.objects.get(slug="small-and-co")
    assert (firm.name, firm.headcount) == ("Small & Co LLP", 240)
    assert firm.uses == ["profiles", "posts", "groups", "recruiting"]
    assert [str(office) for office in firm.offices.all()] == [
        "London, United Kingdom",
        "Dublin, Ireland",
        "New York, United States of America",
    ]
    roles = firm.memberships.order_by("person__email")
    assert [(m.person.email, m.role) for m in roles] == [
        ("marketing@small.example", "reader"),
        ("partner@small.example", "partner"),
    ]


def test_adds_people_who_can_sign_in(demo):
    people = load_demo(demo)
    editor = Person.objects.get(email="editor@small.example")
    assert editor in people
    assert editor.check_password(PASSWORD)
    assert editor.is_editor
    assert not editor.is_approver


def test_changes_nothing_the_second_time(demo):
    load_demo(demo)
    before = (
        Person.objects.count(),
        Firm.objects.count(),
        Membership.across_firms.count(),
    )
    load_demo(demo)
    assert before == (
        Person.objects.count(),
        Firm.objects.count(),
        Membership.across_firms.count(),
    )


def test_leaves_what_its_users_have_changed(demo):
    load_demo(demo)
    firm = Firm.objects.get(slug="small-and-co")
    Firm.objects.filter(pk=firm.pk).update(name="Renamed", uses=[])
    firm.offices.all().delete()
    firm.memberships.all().delete()
    editor = Person.objects.get(email="editor@small.example")
    editor.set_password("one of their own")
    editor.desk_role = Person.DeskRole.NONE
    editor.save()
    load_demo(demo)
    firm.refresh_from_db()
    editor.refresh_from_db()
    assert (firm.name, firm.uses, firm.offices.count()) == ("Renamed", [], 0)
    assert not firm.memberships.exists()
    assert editor.check_password("one of their own")
    assert not editor.is_editor


def test_knows_people_whose_address_is_spelled_otherwise(demo):
    Person.objects.create_user("Partner@Small.example", "their own password")
    load_demo(demo)
    assert Person.objects.filter(email__iexact="partner@small.example").count() == 1


MISTAKES = [
    ("country: IE", "country: XX", "small-and-co", "“country”: Value 'XX' is not"),
    ("uses: [profiles,", "uses: [profile,", "small-and-co", "Did you mean “profiles”?"),
    ("role: reader", "role: read", "small-and-co", "“role”: “read” is not one of"),
    ("desk_role: editor", "desk_rol: editor", "people", "Did you mean “desk_role”?"),
    ("email: editor@small.example", "email: editor", "people", "Enter a valid email"),
    ("{email: marketing@small.example, role", "{email: market@small.example, role",
     "small-and-co", "“market@small.example” is not one of people."),
    ("  small-and-co:", "  small and co:", "small and co", "“slug”: Enter a valid"),
    ("headcount: 240", "headcount: many", "small-and-co", "is not a whole number"),
    ("people:", "persons:", "", "“persons”: There is no such field here."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code", "reason"), MISTAKES)
def test_refuses_a_file_with_a_mistake_and_adds_nothing(
    tmp_path, old, new, code, reason
):
    before = (Person.objects.count(), Firm.objects.count())
    assert DEMO.count(old) == 1
    with pytest.raises(Refused) as refused:
        load_demo(written(tmp_path, DEMO.replace(old, new)))
    told = [found for found in refused.value.mistakes if found.code == code]
    assert any(reason in found.reason for found in told), refused.value.mistakes
    assert before == (Person.objects.count(), Firm.objects.count())


class TestCommand:
    def test_prints_the_sign_ins(self, demo, settings):
        settings.DEBUG = True
        said = StringIO()
        call_command("load_demo", demo, stdout=said)
        assert PASSWORD in said.getvalue()
        assert "partner@small.example" in said.getvalue()

    def test_refuses_when_debug_is_off(self, demo, settings):
        settings.DEBUG = False
        with pytest.raises(CommandError, match="POLICYGUIDE_DEBUG=1"):
            call_command("load_demo", demo)
        assert not Firm.objects.filter(slug="small-and-co").exists()

    def test_says_what_is_wrong(self, tmp_path, settings):
        settings.DEBUG = True
        text = DEMO.replace("role: reader", "role: read")
        path = written(tmp_path, text)
        with pytest.raises(CommandError) as error:
            call_command("load_demo", path)
        line = line_of("role: read}", text)
        assert f"{path}:{line}: small-and-co: “role”: “read”" in str(error.value)


@pytest.mark.parametrize(
    ("email", "firm", "role", "desk_role"),
    [
        ("editor@demo.example", None, None, "editor"),
        ("approver@demo.example", None, None, "approver"),
        ("marketing@hale.example", "hale-marsh", "admin", "none"),
        ("partner@hale.example", "hale-marsh", "partner", "none"),
        ("partner@brandt.example", "brandt-keller", "partner", "none"),
        ("partner@okafor.example", "okafor-lin", "partner", "none"),
    ],
)
def test_the_shipped_people_are_who_the_readme_says(email, firm, role, desk_role):
    person = Person.objects.get(email=email)
    membership = person.memberships.first()
    assert (membership.firm.slug if membership else None) == firm
    assert (membership.role if membership else None) == role
    assert person.desk_role == desk_role


@pytest.mark.parametrize(
    ("slug", "cities"),
    [
        ("hale-marsh", ["London", "Dublin", "New York"]),
        ("brandt-keller", ["Frankfurt", "Zurich"]),
        ("okafor-lin", ["Toronto", "Hong Kong", "Chicago"]),
    ],
)
def test_the_shipped_firms_are_where_the_readme_says(slug, cities):
    offices = Firm.objects.get(slug=slug).offices.all()
    assert [office.city for office in offices] == cities


def test_the_shipped_file_adds_nothing_to_what_the_tests_start_from():
    before = Person.objects.count()
    load_demo(record.DEMO)
    assert Person.objects.count() == before
