"""How people come in: by invitation, and to the desk with a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    SECRET_SESSION_KEY,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)

from policyguide.firms.models import Person
from tests import factories

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,  # the library's own pages
]


def sign_in(client, person, password=factories.PASSWORD):
    return client.post(
        "/accounts/login/", {"login": person.email, "password": password}
    )


def test_a_person_signs_in_by_e_mail_and_password(client):
    person = factories.person()

    answer = sign_in(client, person)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_who_signs_in_is_taken_to_their_work(client, reader):
    assert sign_in(client, reader).url == "/firms/hale-marsh/"
    client.logout()
    assert sign_in(client, factories.person(desk_role="editor")).url == "/desk/"
    client.logout()
    assert sign_in(client, factories.person()).url == "/"


def test_a_wrong_password_and_an_unknown_address_are_told_alike(client):
    known = sign_in(client, factories.person(), "not the password")
    unknown = sign_in(client, Person(email="nobody@example.test"), "not the password")

    assert known.status_code == unknown.status_code == 200
    sentence = "The email address and/or password you specified are not correct."
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()


def test_nobody_signs_themselves_up(client):
    answer = client.post(
        "/accounts/signup/",
        {
            "email": "me@example.test",
            "password1": factories.PASSWORD,
            "password2": factories.PASSWORD,
        },
    )

    assert "closed" in answer.content.decode().lower()
    assert not Person.objects.filter(email="me@example.test").exists()


def test_somebody_who_left_cannot_sign_in(client):
    person = factories.person(is_active=False)

    sign_in(client, person)

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/desk/", "/admin/firms/firm/"])
def test_the_desk_asks_editors_for_a_second_factor(client, address):
    person = factories.person(desk_role="editor", is_staff=True, is_superuser=True)
    client.force_login(person)

    before = client.get(address)
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "unused"}
    )
    after = client.get(address)

    assert (before.status_code, before.url) == (302, "/accounts/2fa/")
    assert after.status_code == 200


def test_an_editor_adds_an_authenticator_app_and_is_at_the_desk(client):
    sign_in(client, factories.person(desk_role="editor"))
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    client.get("/accounts/2fa/totp/activate/")
    secret = client.session[SECRET_SESSION_KEY]
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))

    answer = client.post("/accounts/2fa/totp/activate/", {"code": code})

    assert answer.status_code == 302
    assert client.get("/desk/").status_code == 200


def test_in_development_the_desk_does_without(client, settings):
    settings.DEBUG = True
    client.force_login(factories.person(desk_role="editor"))

    assert client.get("/desk/").status_code == 200


def test_a_firms_reader_needs_no_second_factor(client_of, reader):
    assert client_of(reader).get("/firms/hale-marsh/").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"],
)
def test_second_factors_can_be_added_under_the_strict_policy(client, address):
    person = factories.person()
    sign_in(client, person)

    answer = client.get(address, follow=True)

    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_the_look_up_tables_are_entered_by_the_same_door(client):
    answer = client.get("/admin/login/")

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")
