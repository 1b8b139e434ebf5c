"""Tests that really commit leave the next one the whole record."""

from http.client import HTTPConnection

import pytest
from django.db import IntegrityError, transaction

from policyguide.firms.models import Firm
from policyguide.policy.models import Edition
from tests import factories


def is_whole():
    return Edition.objects.published().exists() and Firm.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_that_commits_starts_from_the_record_and_no_more(turn):
    assert is_whole()
    assert not Firm.objects.filter(slug="committed").exists()
    factories.firm(slug="committed")


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_in_a_test_that_commits():
    edition = factories.published(factories.draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(title="Another")


def test_a_test_that_rolls_back_starts_from_it_too(db):
    assert is_whole()


def test_a_live_server_serves_it(live_server):
    server = HTTPConnection(live_server.thread.host, live_server.thread.port)
    server.request("GET", "/")
    page = server.getresponse()
    assert page.status == 200
    assert "Microsoft" in page.read().decode()
    server.close()
