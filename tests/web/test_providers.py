"""People of a firm sign in at a provider of their own: a real one, on loopback."""

import json
import socket
import subprocess
import sys
from time import sleep

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured

from policyguide import providers
from policyguide.firms.models import Person
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]

LOGIN = "/accounts/oidc/hale-marsh/login/"


@pytest.fixture(scope="module")
def provider():
    """The address of a provider in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603 - our own
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    wait_for(address, process)
    yield address
    process.terminate()
    process.wait()


def wait_for(address, process):
    while process.poll() is None:
        try:
            requests.get(address, timeout=5)
        except requests.ConnectionError:
            sleep(0.1)
        else:
            return
    pytest.fail("The provider did not start.")


@pytest.fixture
def configured(provider, settings, monkeypatch):
    """Set the provider of the first firm up, with other settings as named."""

    def configure(**told):
        app = {
            "firm": "hale-marsh",
            "name": "Hale & Marsh",
            "domains": ["hale.example"],
            "server_url": provider,
            "client_id": "policyguide",
            "secret": "a secret",
        }
        monkeypatch.setenv(providers.NAME, json.dumps([app | told]))
        apps = {"openid_connect": {"APPS": providers.configured()}}
        settings.SOCIALACCOUNT_PROVIDERS = apps

    configure()
    return configure


@pytest.fixture
def come(provider, client):
    """Sign in at the provider as somebody of whom it claims this; the last answer."""

    def come(email, *, verified=True, sub="", name="Ada"):
        sub = sub or email
        claims = {"email": email, "email_verified": verified, "name": name}
        requests.put(f"{provider}/users/{sub}", json=claims, timeout=5)
        asked = client.get(LOGIN)
        answer = requests.post(
            asked.url, data={"sub": sub}, allow_redirects=False, timeout=5
        )
        return client.get(answer.headers["Location"])

    return come


def signed_in(client):
    return (
        int(client.session["_auth_user_id"])
        if "_auth_user_id" in client.session
        else None
    )


def test_a_member_signs_in_at_the_firms_provider(configured, hale_marsh, come, client):
    person = factories.member(hale_marsh, email="ada@hale.example")

    answer = come("ada@hale.example")

    assert answer.url == "/firms/hale-marsh/"
    assert signed_in(client) == person.pk
    assert client.get(answer.url).status_code == 200


def test_the_provider_is_asked_with_proof_that_the_answer_is_ours(configured, client):
    asked = client.get(LOGIN).url

    assert "code_challenge=" in asked
    assert "state=" in asked


@pytest.mark.parametrize(
    "email",
    ["partner@other.example", "ada@evil-hale.example", "ada@hale.example.evil"],
)
def test_it_speaks_for_no_address_outside_its_domains(
    configured, hale_marsh, come, client, email
):
    configured(joins=True)
    factories.person(email=f"known-{email}")

    assert come(email).status_code == 403
    assert come(f"known-{email}").status_code == 403
    assert signed_in(client) is None
    assert not Person.objects.filter(email=email).exists()


def test_an_address_that_it_has_not_verified_counts_for_nothing(
    configured, hale_marsh, come, client
):
    configured(joins=True)
    factories.member(hale_marsh, email="ada@hale.example")

    assert come("ada@hale.example", verified=False).status_code == 403
    assert come("new@hale.example", verified=False).status_code == 403
    assert signed_in(client) is None


def test_whoever_it_vouches_for_joins_as_a_reader_where_that_is_set(
    configured, hale_marsh, come, client
):
    configured(joins=True)

    answer = come("new@Hale.example", name="New\nPerson")

    person = Person.objects.get(email__iexact="new@hale.example")
    assert answer.url == "/firms/hale-marsh/"
    assert person.memberships.get().firm == hale_marsh
    assert person.memberships.get().role == "reader"
    assert person.name == "New Person"


def test_nobody_joins_where_it_is_not_set(configured, hale_marsh, come, client):
    answer = come("new@hale.example")

    assert "closed" in answer.content.decode().lower()
    assert not Person.objects.filter(email="new@hale.example").exists()


def test_who_was_removed_does_not_come_back_by_signing_in(
    configured, hale_marsh, come, client
):
    configured(joins=True)
    come("ada@hale.example")
    hale_marsh.memberships.filter(person__email="ada@hale.example").delete()
    client.logout()

    come("ada@hale.example")

    assert signed_in(client)
    assert client.get("/firms/hale-marsh/").status_code == 404


@pytest.mark.parametrize(
    ("text", "sentence"), [("[", "is no JSON"), ('[{"firm": "x"}]', "lacks client_id")]
)
def test_a_provider_that_is_half_set_up_is_refused(monkeypatch, text, sentence):
    monkeypatch.setenv(providers.NAME, text)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        providers.configured()
