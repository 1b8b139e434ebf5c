"""How often somebody may guess: counted before any hashing, kept in the database."""

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import caches

from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

WRONG = "not the password"


@pytest.fixture
def hashed(monkeypatch):
    """A list that grows with every password that is hashed."""
    done, encode = [], MD5PasswordHasher.encode

    def counted(hasher, password, salt):
        done.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done


def guess(client, email, password=WRONG, address="203.0.113.7", **headers):
    return client.post(
        "/accounts/login/",
        {"login": email, "password": password},
        REMOTE_ADDR=address,
        headers=headers,
    )


def test_after_five_guesses_at_an_account_none_is_hashed(client, hashed):
    email = factories.person().email
    for n in range(5):
        guess(client, email, address=f"203.0.113.{n}")
    hashed.clear()

    answer = guess(client, email, factories.PASSWORD, address="203.0.113.9")

    assert hashed == []
    assert "Too many failed login attempts" in answer.content.decode()


def test_after_ten_guesses_from_an_address_none_is_hashed(client, hashed):
    for n in range(10):
        guess(client, f"somebody{n}@example.test")
    hashed.clear()

    guess(client, factories.person().email, factories.PASSWORD)

    assert hashed == [factories.PASSWORD]  # by the factory, and by nobody else
    assert "_auth_user_id" not in client.session


def test_another_process_and_a_restart_know_of_the_guesses(client, hashed, monkeypatch):
    email = factories.person().email
    for n in range(5):
        guess(client, email, address=f"203.0.113.{n}")
    hashed.clear()
    monkeypatch.delattr(caches._connections, "default")

    guess(client, email, address="203.0.113.9")

    assert hashed == []


def test_a_made_up_address_in_a_header_buys_no_guesses(client, hashed):
    for n in range(10):
        forged = {"X-Forwarded-For": f"198.51.100.{n}", "X-Real-IP": f"198.51.100.{n}"}
        guess(client, f"somebody{n}@example.test", **forged)
    hashed.clear()

    guess(client, "last@example.test", **{"X-Forwarded-For": "198.51.100.99"})

    assert hashed == []


def test_known_and_unknown_accounts_cost_the_same_and_are_told_the_same(
    client_of, hashed
):
    known, unknown = factories.person().email, "stranger@example.test"
    hashed.clear()
    answers, costs = [], []
    for email in (known, unknown):
        answer = guess(client_of(None), email)
        answers.append(without_what_was_typed(answer, email))
        costs.append(len(hashed))
        hashed.clear()

    assert answers[0] == answers[1]
    assert costs == [1, 1]


def test_who_asks_for_a_new_password_learns_nothing_of_who_has_an_account(client_of):
    known, unknown = factories.person().email, "stranger@example.test"
    answers = []
    for email in (known, unknown):
        browser = client_of(None)
        answer = browser.post("/accounts/password/reset/", {"email": email})
        page = browser.get(answer.url)
        answers.append((answer.status_code, answer.url, page.content))

    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [[known], [unknown]]


def without_what_was_typed(answer, email):
    said = answer.content.decode().replace(email, "…")
    token = answer.context["csrf_token"]
    return answer.status_code, said.replace(str(token), "…")
