"""The log is sealed in one chain, however many workers seal it."""

import pytest

from policyguide.policy import seals
from policyguide.policy.models import LogLine, Seal
from policyguide.policy.seals import last_seal, seal_log
from tests import factories

pytestmark = pytest.mark.django_db


def test_every_line_is_sealed_once():
    factories.deed()
    seal_log()
    head = last_seal()

    seal_log()

    assert last_seal() == head
    assert Seal.objects.count() == LogLine.objects.count()


def test_equal_lines_have_different_seals():
    for _ in range(2):
        factories.deed()
    seal_log()

    assert len(set(Seal.objects.values_list("sha256", flat=True))) == (
        Seal.objects.count()
    )


def test_a_line_that_another_worker_has_just_sealed_is_not_sealed_again(monkeypatch):
    factories.deed()

    def after_the_other_worker():
        monkeypatch.undo()
        seal_log()
        return last_seal()

    monkeypatch.setattr(seals, "last_seal", after_the_other_worker)
    seal_log()
    assert not Seal.objects.exists(), "both worked in one transaction, which is undone"

    seal_log()
    assert Seal.objects.count() == LogLine.objects.count()
