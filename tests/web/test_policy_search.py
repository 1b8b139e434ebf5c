"""Asking the terms: in the address, as one types, and never an error."""

import pytest

pytestmark = pytest.mark.django_db

ADDRESS = "/policy/search/"


def read(client, question):
    return client.get(ADDRESS, {"q": question}).content.decode()


def test_a_rumour_is_found_with_the_reason_it_is_rejected(client):
    page = read(client, "Must I opt out again every 60 days?")

    assert 'href="/policy/r-60-days/#quotation-reports-60-days"' in page
    assert "<mark>60</mark> <mark>days</mark>" in page
    assert "Nothing of the kind was read" in page
    assert "Heard and rejected" in page


def test_what_is_linked_to_is_there(client):
    page = client.get("/policy/r-60-days/").content.decode()

    assert 'id="quotation-reports-60-days"' in page


def test_nothing_found_is_said_and_another_spelling_offered(client):
    page = read(client, "recuriter")

    assert "Nothing in this edition answers that" in page
    assert f'href="{ADDRESS}?q=recruiter"' in page


def test_no_question_shows_what_others_ask(client):
    assert "Can Recruiter seats be opted out?" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("x" * 201, "at most 200 characters (it has 201)"),
        ("a\x00b", "Null characters are not allowed"),
        ("<script>{{ 7*7 }}", 'value="&lt;script&gt;{{ 7*7 }}"'),
    ],
)
def test_a_question_that_cannot_be_asked_is_kept_and_explained(client, question, said):
    answer = client.get(ADDRESS, {"q": question})

    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_htmx_gets_the_results_only(client):
    part = client.get(ADDRESS, {"q": "private"}, headers={"HX-Request": "true"})

    assert part.content.decode().strip().startswith('<div id="results">')
    assert "HX-Request" in part.headers["Vary"]


def test_a_search_costs_no_more_queries_than_the_page(
    client, django_assert_max_num_queries
):
    read(client, "private")

    with django_assert_max_num_queries(1):
        read(client, "messages")


@pytest.mark.parametrize("address", ["/policy/", "/firms/hale-marsh/"])
def test_the_box_is_at_hand(client_of, reader, address):
    page = client_of(reader).get(address).content.decode()

    assert f'role="search" method="get" action="{ADDRESS}"' in page
