"""New rules for texts: old captures are made anew beside themselves, nobody alarmed."""

import re
from datetime import date

import pytest

from policyguide.policy import normalise
from policyguide.policy.models import (
    Capture,
    LogLine,
    Quotation,
    Recheck,
    SourceCheck,
    TechnicalVersion,
)
from policyguide.policy.rechecks import in_doubt, new_sentences
from policyguide.policy.recording import Reading, capture_source, is_confirmed
from policyguide.policy.technical import make_technical_versions
from tests import desk, refusing

ADVERTISEMENT = "Try Premium for free."
QUOTED = "Some members' data trains models."
PAGE = f"{QUOTED}\n{ADVERTISEMENT}\nPrivate messages are not used."


@pytest.fixture
def source(db):
    desk.edition()
    return Quotation.objects.get(code="s1-1").capture.source


@pytest.fixture
def old(source, editor):
    """The page as captured by the old rules, which keep the advertisement."""
    return read(source, by=editor)


@pytest.fixture
def new_rules(old, monkeypatch):
    """Rules that leave the advertisement out as well."""
    around = re.compile(
        rf"{normalise.AROUND.pattern}|^{re.escape(ADVERTISEMENT)}$\n?",
        normalise.AROUND.flags,
    )
    monkeypatch.setattr(normalise, "AROUND", around)
    monkeypatch.setattr(normalise, "VERSION", normalise.VERSION + 1)


def read(source, text=PAGE, *, by, on=date(2026, 5, 20)):
    reading = Reading(captured_on=on, how="pasted", extent="whole", language="en")
    return capture_source(source, text.encode(), reading, by=by, at=desk.AT)


def test_new_rules_make_a_text_anew_once_and_leave_what_was_captured(old, new_rules):
    make_technical_versions(at=desk.AT)
    make_technical_versions(at=desk.AT)

    version = TechnicalVersion.objects.get()
    assert (version.capture, version.normaliser) == (old, normalise.VERSION)
    assert version.text == f"{QUOTED}\nPrivate messages are not used."
    line = LogLine.objects.get(what="make-anew")
    assert (line.sha256_before, line.sha256_after) == (old.sha256, version.sha256)
    assert Capture.objects.get(pk=old.pk).text == PAGE


def test_what_was_typed_as_it_is_is_nobodys_to_make_anew(old, new_rules):
    make_technical_versions(at=desk.AT)

    typed = Capture.objects.get(code="S1/first")
    assert not typed.technical_versions.exists()


@pytest.mark.parametrize("is_made", [True, False])
def test_new_rules_alarm_nobody(old, new_rules, source, editor, approver, is_made):
    quoted = desk.quotation(old, ADVERTISEMENT, "s1-ad")
    change = desk.change(editor)
    change.edition.entries.get(code="clause").citations.create(quotation=quoted)
    if is_made:
        make_technical_versions(at=desk.AT)

    capture = read(source, by=approver)

    assert not Recheck.objects.open().exists()
    assert new_sentences(capture) == []
    assert in_doubt() == {}
    assert old.text[quoted.start : quoted.end] == quoted.text


def test_what_the_publisher_changes_is_found_by_new_rules_too(
    old, new_rules, source, editor
):
    make_technical_versions(at=desk.AT)

    capture = read(source, PAGE.replace("trains", "never trains"), by=editor)

    assert new_sentences(capture) == ["Some members' data never trains models."]
    assert in_doubt() == {"s1-1": capture.captured_on}


def test_the_same_page_is_known_again_by_whichever_rules(
    old, new_rules, source, editor, approver
):
    make_technical_versions(at=desk.AT)

    assert isinstance(read(source, by=editor), SourceCheck)
    second = read(source, by=approver)
    assert is_confirmed(second)
    assert is_confirmed(old)


def test_a_technical_version_stays_as_it_was_made(old, new_rules):
    make_technical_versions(at=desk.AT)
    version = TechnicalVersion.objects.get()

    with refusing.refused("stays as it is"):
        version.delete()
    with refusing.refused("stays as it is"):
        TechnicalVersion.objects.update(text="Other.")


def test_both_pages_of_a_capture_name_its_technical_version(
    old, new_rules, client_of, editor
):
    make_technical_versions(at=desk.AT)

    for page in (f"/desk/captures/{old.code}/", "/policy/sources/S1/"):
        text = client_of(editor).get(page).text
        assert "Technical version" in text
        assert TechnicalVersion.objects.get().sha256 in text
