"""Who the tests are about, and the record they start from."""

from time import time

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client
from hypothesis import HealthCheck, settings

from policyguide.firms.models import Firm, Membership
from policyguide.policy.currency import _currency
from policyguide.policy.edition_file import read
from tests import factories, record
from tests.tenants.tripwire import watching

# A slow machine is no failure: no test is timed, the making of its input neither.
settings.register_profile(
    "policyguide", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("policyguide")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database holds what is shipped. A test's own changes are rolled back."""
    with django_db_blocker.unblock():
        record.fill()


@pytest.fixture(scope="session")
def shipped_edition():
    """The facts of the edition that is shipped, read without a database."""
    return read(record.EDITION).edition


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps of the record is forgotten: tests roll the record back."""
    _currency.cache_clear()


@pytest.fixture(autouse=True)
def tripwire(monkeypatch):
    """No request asks for rows of firms without saying whose: see tests/tenants."""
    ask = Client.request

    def watched(client, **asked):
        with watching(client, asked["PATH_INFO"]):
            return ask(client, **asked)

    monkeypatch.setattr(Client, "request", watched)


@pytest.fixture
def client_of():
    """A browser in which the person has just signed in; for None, nobody has.

    All requests have one id, so that answers can be compared whole.
    """

    def client(person, **options):
        browser = Client(**{"headers": {"X-Request-ID": "a-tests-own"}, **options})
        if person is not None:
            browser.force_login(person)
            prove(browser, person)
        return browser

    return client


def prove(browser, person):
    """As if the person had given the password once more, this moment."""
    session = browser.session
    proof = {"method": "password", "at": time(), "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


@pytest.fixture
def hale_marsh(db):
    """A firm, and the one most people here belong to."""
    return _firm("hale-marsh", (("London", "GB"), ("Dublin", "IE"), ("New York", "US")))


@pytest.fixture
def brandt_keller(db):
    """Another firm, which may learn nothing of the first."""
    return _firm("brandt-keller", (("Frankfurt", "DE"), ("Zurich", "CH")))


@pytest.fixture
def reader(hale_marsh):
    return factories.member(hale_marsh, Membership.Role.READER)


@pytest.fixture
def partner(hale_marsh):
    return factories.member(hale_marsh, Membership.Role.PARTNER)


@pytest.fixture
def firm_admin(hale_marsh):
    return factories.member(hale_marsh, Membership.Role.ADMIN)


@pytest.fixture
def rival(brandt_keller):
    """A partner of the other firm."""
    return factories.member(brandt_keller, Membership.Role.PARTNER)


@pytest.fixture
def member_of_both(hale_marsh, brandt_keller):
    """A reader at the first firm and a partner at the other."""
    person = factories.member(hale_marsh, Membership.Role.READER)
    Membership.across_firms.create(
        firm=brandt_keller, person=person, role=Membership.Role.PARTNER
    )
    return person


@pytest.fixture
def removed_member(hale_marsh):
    """Somebody who was a partner of the first firm."""
    person = factories.member(hale_marsh, Membership.Role.PARTNER)
    person.memberships.all().delete()
    return person


@pytest.fixture
def editor(db):
    return _at_the_desk("editor")


@pytest.fixture
def second_editor(db):
    return _at_the_desk("editor")


@pytest.fixture
def approver(db):
    return _at_the_desk("approver")


def _firm(slug, offices):
    return Firm.objects.filter(slug=slug).first() or factories.firm(
        slug=slug, offices=offices
    )


def _at_the_desk(role):
    """With the second factor that the desk asks for."""
    person = factories.person(desk_role=role)
    Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "unused"}
    )
    return person
