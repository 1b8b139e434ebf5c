"""Before you post: answered in the address, asked again where it is not sure."""

import pytest

from policyguide.policy.models import Thing

pytestmark = pytest.mark.django_db

ADDRESS = "/before-you-post/"


def read(client, **asked):
    return client.get(ADDRESS, asked).content.decode()


def test_a_thing_and_a_place_are_answered_with_the_quotation_and_advice(client):
    page = read(client, what="group message", where="GB")

    assert "Group post or message, in United Kingdom" in page
    assert "May be used" in page
    assert "Group activity and group messages" in page
    assert "Keep matters out of LinkedIn groups" in page
    assert "Edition 1" in page


def test_a_country_and_its_region_answer_alike(client):
    country, region = (
        read(client, what="CV", where="IE"),
        read(client, what="CV", where="eu-eea"),
    )

    assert "CV, in EU and EEA" in country
    assert "CV, in EU and EEA" in region


def test_a_place_is_asked_for_before_there_is_an_answer(client):
    page = read(client, what="post")

    assert "now choose where you are" in page
    assert "May be used" not in page


@pytest.mark.parametrize("typed", ["privat mesage", "photo"])
def test_what_is_not_sure_is_a_choice_that_keeps_the_place(client, typed):
    page = read(client, what=typed, where="GB")

    assert "Which of these do you mean?" in page
    assert "&amp;where=GB" in page
    assert "May be used" not in page
    assert "Not used" not in page


def test_what_is_not_known_is_said_and_all_that_can_be_chosen_is_listed(client):
    page = read(client, what="zeppelin", where="GB")

    assert "Nothing by that name is known here" in page
    for thing in Thing.objects.all():
        assert f">{thing.name}</a>" in page.replace("&#x27;", "'")
    assert 'value="zeppelin"' in page


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"what": "post", "where": "atlantis"}, "Select a valid choice"),
        ({"what": "x" * 101}, "at most 100 characters (it has 101)"),
        ({"what": "po\x00st"}, "Null characters are not allowed"),
        ({"what": "{{ 7*7 }}<script>", "where": "GB"}, "{{ 7*7 }}&lt;script&gt;"),
    ],
)
def test_what_cannot_be_asked_is_said_and_kept(client, asked, said):
    answer = client.get(ADDRESS, asked)

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_htmx_gets_the_answer_only(client):
    part = client.get(
        ADDRESS, {"what": "CV", "where": "GB"}, headers={"HX-Request": "true"}
    )

    assert "<html" not in part.content.decode()
    assert part.content.decode().strip().startswith('<div id="answer">')


@pytest.mark.parametrize("address", ["/", "/firms/hale-marsh/"])
def test_it_is_a_step_away(client_of, reader, address):
    page = client_of(reader).get(address).content.decode()

    assert f'href="{ADDRESS}"' in page
