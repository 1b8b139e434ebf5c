"""A firm's people: invited, given another role, removed, and by whom."""

from datetime import timedelta
from time import time

import pytest
from django.core import mail
from django.utils.timezone import now

from policyguide.firms import people
from policyguide.firms.models import Invitation, Membership, Person
from policyguide.policy.states import NotAllowed
from tests import factories
from tests.conftest import prove

pytestmark = pytest.mark.django_db

THEIR_PASSWORD = "a password of their own"
PEOPLE = "/firms/hale-marsh/people/"


@pytest.fixture
def admins_browser(client_of, firm_admin):
    return client_of(firm_admin)


def role_of(person, firm):
    return firm.memberships.get(person=person).role


def invited(firm, by, *, email="new@example.test", role="partner", at=None):
    """The address in the mail of somebody who is invited."""
    _, secret = people.invite(firm, email=email, role=role, by=by, at=at or now())
    return f"/invitations/{secret}/"


def sign_up(client, link):
    return client.post(link, {"name": "Newcomer", "password": THEIR_PASSWORD})


def test_an_admin_invites_somebody_who_signs_up_by_the_link_in_their_mail(
    admins_browser, hale_marsh, client
):
    admins_browser.post(PEOPLE, {"email": "new@example.test", "role": "partner"})

    (message,) = mail.outbox
    link = next(line for line in message.body.splitlines() if "/invitations/" in line)
    path = link.removeprefix("http://127.0.0.1:8000")
    assert message.to == ["new@example.test"]
    assert "Join Hale &amp; Marsh LLP" in client.get(path).content.decode()
    answer = sign_up(client, path)
    assert answer.url == "/firms/hale-marsh/"
    assert client.get(answer.url).status_code == 200
    person = Person.objects.get(email="new@example.test")
    assert role_of(person, hale_marsh) == "partner"
    assert person.check_password(THEIR_PASSWORD)


def test_somebody_with_an_account_joins_by_signing_in(
    firm_admin, hale_marsh, client_of, client, rival
):
    link = invited(hale_marsh, firm_admin, email=rival.email.upper())

    stranger = client.get(link).content.decode()
    answer = client_of(rival).post(link)

    assert f"/accounts/login/?next={link}" in stranger
    assert answer.url == "/firms/hale-marsh/"
    assert role_of(rival, hale_marsh) == "partner"


def test_an_invitation_is_for_nobody_else(firm_admin, hale_marsh, client_of, rival):
    link = invited(hale_marsh, firm_admin)

    answer = client_of(rival).post(link)

    assert "You are signed in as" in answer.content.decode()
    assert not hale_marsh.memberships.filter(person=rival).exists()


def test_an_invitation_is_good_once(firm_admin, hale_marsh, client_of, client):
    link = invited(hale_marsh, firm_admin)
    sign_up(client, link)

    again = client_of(None).get(link)

    assert again.status_code == 404
    assert again.content == client_of(None).get("/invitations/unknown/").content


def test_an_invitation_is_good_for_a_day(firm_admin, hale_marsh, client):
    old = invited(hale_marsh, firm_admin, at=now() - timedelta(hours=24, minutes=1))
    young = invited(hale_marsh, firm_admin, at=now() - timedelta(hours=23))

    assert sign_up(client, old).status_code == 404
    assert client.get(young).status_code == 200
    assert not Person.objects.filter(email="new@example.test").exists()


def test_two_who_use_an_invitation_at_once_are_one_too_many(firm_admin, hale_marsh):
    _, secret = people.invite(
        hale_marsh, email="a@example.test", role="reader", by=firm_admin, at=now()
    )
    seen = people.invitation_by(secret, at=now())
    people.come_in(seen, name="First", password=factories.PASSWORD, at=now())
    second = factories.person()

    with pytest.raises(NotAllowed):
        people.accept(seen, by=second, at=now())
    assert not second.memberships.exists()


def test_a_new_invitation_takes_the_place_of_one_that_waits(
    firm_admin, hale_marsh, client
):
    first, second = (invited(hale_marsh, firm_admin) for _ in range(2))

    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200


def test_looking_at_an_invitation_uses_nothing_up(firm_admin, hale_marsh, client):
    link = invited(hale_marsh, firm_admin)
    for method in (client.get, client.head, client.get):
        answer = method(link)

    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]
    assert sign_up(client, link).status_code == 302


def test_the_secret_of_an_invitation_is_kept_nowhere(firm_admin, hale_marsh):
    link = invited(hale_marsh, firm_admin)

    kept = str(list(Invitation.across_firms.values()))
    assert link.split("/")[2] not in kept


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("Newcomer", "short", "too short"),
        ("Newcomer", "new@example.test", "too similar"),
        ("Line\nbreak", THEIR_PASSWORD, "one line"),
        ("", THEIR_PASSWORD, "required"),
    ],
)
def test_who_signs_up_is_told_what_is_wrong_and_may_try_again(
    firm_admin, hale_marsh, client, name, password, sentence
):
    link = invited(hale_marsh, firm_admin)

    answer = client.post(link, {"name": name, "password": password})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert sign_up(client, link).status_code == 302


def test_nobody_is_invited_twice_or_to_where_they_are(admins_browser, reader):
    answer = admins_browser.post(
        PEOPLE, {"email": reader.email.upper(), "role": "admin"}
    )

    assert answer.status_code == 422
    assert "Somebody with this address is a member" in answer.content.decode()
    assert not Invitation.across_firms.exists()


def test_a_mail_that_cannot_be_sent_invites_nobody(admins_browser, monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("policyguide.web.mail.send_mail", refuse)

    answer = admins_browser.post(
        PEOPLE, {"email": "new@example.test", "role": "reader"}, follow=True
    )

    assert "nobody is invited" in answer.content.decode()
    assert not Invitation.across_firms.exists()


def test_an_invitation_is_withdrawn(admins_browser, firm_admin, hale_marsh, client):
    link = invited(hale_marsh, firm_admin)
    waiting = hale_marsh.invitations.get()

    admins_browser.post(f"{PEOPLE}invitations/{waiting.pk}/")

    assert client.get(link).status_code == 404


def test_another_role_holds_at_the_next_request(
    admins_browser, hale_marsh, reader, client_of
):
    membership = hale_marsh.memberships.get(person=reader)
    browser = client_of(reader)
    before = browser.get("/firms/hale-marsh/profile/").status_code

    admins_browser.post(f"{PEOPLE}{membership.pk}/", {"do": "partner"})

    assert before == 403
    assert browser.get("/firms/hale-marsh/profile/").status_code == 200


def test_who_is_removed_is_a_stranger_at_the_next_request(
    admins_browser, hale_marsh, partner, client_of
):
    membership = hale_marsh.memberships.get(person=partner)
    browsers = [client_of(partner), client_of(partner)]

    admins_browser.post(f"{PEOPLE}{membership.pk}/", {"do": "remove"})

    for browser in browsers:
        assert browser.get("/firms/hale-marsh/").status_code == 404


@pytest.mark.parametrize("do", ["remove", "reader", "partner"])
def test_a_firm_keeps_an_admin(admins_browser, firm_admin, hale_marsh, do):
    hale_marsh.memberships.exclude(person=firm_admin).filter(role="admin").delete()
    membership = hale_marsh.memberships.get(person=firm_admin)

    answer = admins_browser.post(f"{PEOPLE}{membership.pk}/", {"do": do}, follow=True)

    assert "keeps at least one admin" in answer.content.decode()
    assert role_of(firm_admin, hale_marsh) == "admin"


def test_an_admin_hands_over_and_goes(admins_browser, firm_admin, hale_marsh, reader):
    hale_marsh.memberships.exclude(person__in=[firm_admin, reader]).delete()
    heir = hale_marsh.memberships.get(person=reader)
    own = hale_marsh.memberships.get(person=firm_admin)

    admins_browser.post(f"{PEOPLE}{heir.pk}/", {"do": "admin"})
    admins_browser.post(f"{PEOPLE}{own.pk}/", {"do": "remove"})

    assert role_of(reader, hale_marsh) == "admin"
    assert admins_browser.get("/firms/hale-marsh/").status_code == 404


def test_an_admin_has_no_power_over_another_firms_people(
    admins_browser, brandt_keller, rival
):
    theirs = brandt_keller.memberships.get(person=rival)
    for slug in ("hale-marsh", "brandt-keller"):
        answer = admins_browser.post(
            f"/firms/{slug}/people/{theirs.pk}/", {"do": "remove"}
        )
        assert answer.status_code == 404

    assert brandt_keller.memberships.filter(person=rival).exists()


def test_readers_see_who_else_is_there_and_nothing_to_press(
    client_of, reader, partner, hale_marsh
):
    people.begin_visit(
        hale_marsh,
        by=factories.person(desk_role="editor"),
        because="Helping out",
        at=now(),
    )

    said = client_of(reader).get(PEOPLE).content.decode()

    assert partner.email in said
    assert "Helping out" not in said
    assert "Remove" not in said


class TestFreshProof:
    @pytest.fixture
    def stale(self, client, firm_admin):
        """An admin's browser that was signed in a while ago."""
        client.force_login(firm_admin)
        return client

    @pytest.mark.ignore_template_errors
    def test_who_invites_proves_who_they_are_and_then_it_is_done(self, stale):
        answer = stale.post(PEOPLE, {"email": "new@example.test", "role": "reader"})
        assert answer.url.startswith("/accounts/reauthenticate/")
        assert not Invitation.across_firms.exists()

        stale.post(answer.url, {"password": factories.PASSWORD})

        assert Invitation.across_firms.get().email == "new@example.test"

    def test_a_wrong_password_is_no_proof(self, stale):
        asked = stale.post(PEOPLE, {"email": "new@example.test", "role": "reader"})
        stale.post(asked.url, {"password": "a wrong password"})

        assert not Invitation.across_firms.exists()

    def test_proof_is_good_for_ten_minutes(
        self, stale, firm_admin, hale_marsh, reader, monkeypatch
    ):
        membership = hale_marsh.memberships.get(person=reader)
        prove(stale, firm_admin)
        now_is = "allauth.account.internal.flows.reauthentication.time.time"
        began = time()
        monkeypatch.setattr(now_is, lambda: began + 601)

        late = stale.post(f"{PEOPLE}{membership.pk}/", {"do": "remove"})
        monkeypatch.setattr(now_is, lambda: began + 590)
        in_time = stale.post(f"{PEOPLE}{membership.pk}/", {"do": "remove"})

        assert late.url.startswith("/accounts/reauthenticate/")
        assert in_time.url == PEOPLE
        assert not Membership.across_firms.filter(pk=membership.pk).exists()
