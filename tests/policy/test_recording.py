"""Reading a source again: captured, confirmed by a second person, or unchanged."""

from datetime import date

import pytest

from policyguide.policy.currency import LAST_CHECKED
from policyguide.policy.models import Capture, LogLine, Source, SourceCheck
from policyguide.policy.recording import (
    Reading,
    capture_source,
    check_unchanged,
    is_confirmed,
)
from policyguide.policy.saved_pages import Unreadable
from policyguide.policy.states import NotAllowed
from tests import desk

TODAY = date(2026, 5, 20)
NEW_TEXT = desk.TEXT + " Something else is new."


@pytest.fixture
def source(db):
    return desk.source().source


def read(source, text=desk.TEXT, *, by, on=TODAY, **fields):
    known = {"how": "pasted", "extent": "whole", "language": "en", **fields}
    reading = Reading(captured_on=on, **known)
    return capture_source(source, text.encode(), reading, by=by, at=desk.AT)


def test_what_is_read_is_kept_as_it_came_and_normalised(source, editor):
    text = "Last updated: 1 month ago\r\n\u201cMembers\u2019 data\u201d  is used here."

    made = read(source, text, by=editor, country="IE", signed_in=True)

    assert made.text == '"Members\' data" is used here.'
    assert bytes(made.raw).decode() == text
    assert made.code == "S1/2026-05-20"
    assert (made.captured_by, made.country, made.signed_in) == (editor, "IE", True)


def test_the_same_words_read_by_the_same_person_are_a_check(source, editor):
    first = read(source, NEW_TEXT, by=editor)

    again = read(source, NEW_TEXT, by=editor, on=date(2026, 5, 21))

    assert isinstance(again, SourceCheck)
    assert (again.capture, again.checked_by) == (first, editor)


def test_a_second_person_who_reads_the_same_words_confirms_them(
    source, editor, approver
):
    first = read(source, NEW_TEXT, by=editor)
    assert not is_confirmed(first)

    second = read(source, NEW_TEXT, by=approver)

    assert isinstance(second, Capture)
    assert second.sha256 == first.sha256
    assert second.code == "S1/2026-05-20-2"
    assert is_confirmed(first)
    assert is_confirmed(second)


def test_different_words_confirm_nothing(source, editor, approver):
    first = read(source, NEW_TEXT, by=editor)
    read(source, NEW_TEXT + " And more.", by=approver)

    assert not is_confirmed(first)


def test_another_language_is_another_text(source, editor):
    read(source, NEW_TEXT, by=editor)

    german = read(source, NEW_TEXT, by=editor, language="de")

    assert isinstance(german, Capture)


def test_text_made_by_other_rules_is_made_anew_before_it_is_compared(source, editor):
    raw = "Last updated: 2 months ago\n" + NEW_TEXT
    Capture.objects.create(
        source=source,
        code="S1/old-rules",
        captured_on=TODAY,
        captured_by=editor,
        how="pasted",
        extent="whole",
        raw=raw.encode(),
        normaliser=99,
        text=raw,
        sha256="of-the-old-text",
        recorded_at=desk.AT,
    )

    assert isinstance(read(source, NEW_TEXT, by=editor), SourceCheck)


def test_one_click_logs_that_nothing_changed(source, editor):
    check_unchanged(source, on=TODAY, by=editor, at=desk.AT)

    line = LogLine.objects.latest("pk")
    assert (line.what, line.by, line.subject) == ("check", editor, "S1/first")
    assert line.sha256_before == line.sha256_after


def test_a_source_never_captured_cannot_be_unchanged(db, editor):
    source = Source.objects.create(
        code="S9", title="New", publisher="LinkedIn", kind="faq"
    )

    with pytest.raises(NotAllowed, match="capture it first"):
        check_unchanged(source, on=TODAY, by=editor, at=desk.AT)


@pytest.mark.parametrize("newer", ["capture", "check"])
def test_a_source_was_last_read_when_it_was_captured_or_checked(newer, source, editor):
    check_unchanged(source, on=date(2026, 4, 1), by=editor, at=desk.AT)
    if newer == "capture":
        read(source, NEW_TEXT, by=editor)
    else:
        check_unchanged(source, on=TODAY, by=editor, at=desk.AT)

    rows = Source.objects.annotate(day=LAST_CHECKED)
    assert rows.get(pk=source.pk).day == TODAY


def test_only_editors_capture(source, partner):
    with pytest.raises(NotAllowed, match="Only editors"):
        read(source, by=partner)
    with pytest.raises(NotAllowed, match="Only editors"):
        check_unchanged(source, on=TODAY, by=partner, at=desk.AT)


@pytest.mark.parametrize("text", ["", "x" * 600_000])
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(text, source, editor):
    lines = LogLine.objects.count()

    with pytest.raises(Unreadable):
        read(source, text, by=editor)

    assert source.captures.count() == 1
    assert LogLine.objects.count() == lines
