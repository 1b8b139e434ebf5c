"""What a new capture breaks: looked for to the letter, never by resemblance."""

from datetime import date

import pytest

from policyguide.policy import rechecks, workflow
from policyguide.policy.models import Quotation, Recheck
from policyguide.policy.rechecks import in_doubt, new_sentences
from policyguide.policy.recording import Reading, capture_source
from policyguide.policy.states import NotAllowed
from tests import desk

TODAY = date(2026, 5, 20)
QUOTED = "Some members' data trains models."


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def source(base):
    return Quotation.objects.get(code="s1-1").capture.source


def read(source, text, *, by, on=TODAY, **fields):
    known = {"how": "pasted", "extent": "whole", "language": "en", **fields}
    reading = Reading(captured_on=on, **known)
    return capture_source(source, text.encode(), reading, by=by, at=desk.AT)


def outcome(capture):
    return {row.quotation.code: row.outcome for row in capture.rechecks.all()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"New first. {QUOTED} And new.", "there"),
        ("Some members\u2019 data\u00a0trains models.", "there"),
        ("Some members' data\ntrains models.", "there"),
        (f"{QUOTED} {QUOTED} is said twice.", "repeated"),
        ("some members' data trains models.", "gone"),
        ("Some members' data trains 2 models.", "gone"),
        ("Some members' data never trains models.", "gone"),
        ("Some members' data trains models and more.", "gone"),
        ("Some members data trains models.", "gone"),
        ("Awesome members' data trains models.", "gone"),
        ("Nothing of the kind is said here at all.", "gone"),
    ],
)
def test_a_wording_is_there_to_the_letter_or_it_is_gone(text, expected, source, editor):
    assert outcome(read(source, text, by=editor)) == {"s1-1": expected}


def test_a_wording_still_there_moves_to_its_new_place(source, editor):
    capture = read(source, f"An opening line. {QUOTED}", by=editor)

    row = capture.rechecks.get()
    assert capture.text[row.start : row.end] == QUOTED


def test_an_excerpt_proves_nothing_gone(source, editor):
    capture = read(source, "Another part of the page.", by=editor, extent="excerpt")

    assert outcome(capture) == {}


@pytest.mark.parametrize("how", ["archived-copy", "quoted-by-others"])
def test_an_older_copy_is_not_the_page_of_today(how, source, editor):
    capture = read(source, "What it said a year ago.", by=editor, how=how)

    assert outcome(capture) == {}


def test_another_language_is_not_searched_for_english_words(source, editor):
    capture = read(
        source, "Daten von Mitgliedern werden benutzt.", by=editor, language="de"
    )

    assert outcome(capture) == {}


def test_what_is_only_reported_is_in_our_words_and_not_looked_for(base, source, editor):
    Quotation.objects.create(
        code="s1-reported",
        capture=source.captures.get(),
        text="Private messages are not used.",
        start=desk.TEXT.index("Private"),
        end=desk.TEXT.index("used.") + 5,
        provenance="reported",
    )
    change = desk.change(editor)
    clause = change.edition.entries.get(code="clause")
    clause.citations.create(quotation=Quotation.objects.get(code="s1-reported"))

    assert outcome(read(source, "All else is new here.", by=editor)) == {"s1-1": "gone"}


def test_a_wording_nobody_is_shown_any_more_alarms_nobody(source, editor):
    desk.quotation(source.captures.get(), "You can opt out at any time.", "s1-unused")

    capture = read(source, "All of the text is new here.", by=editor)

    assert outcome(capture) == {"s1-1": "gone"}


def test_a_gone_wording_is_in_doubt_from_the_day_it_was_found_gone(source, editor):
    read(source, "All of the text is new here.", by=editor)
    read(source, "It is newer still on this day.", by=editor, on=date(2026, 5, 25))

    assert in_doubt() == {"s1-1": TODAY}


def test_nothing_is_in_doubt_while_every_wording_stands(source, editor):
    read(source, f"{QUOTED} And new.", by=editor)

    assert in_doubt() == {}


def test_a_dismissal_ends_the_doubt_and_says_why(source, editor):
    capture = read(source, "Some member data trains models.", by=editor)

    rechecks.dismiss(
        capture.rechecks.get(), reason="A typing error.", by=editor, at=desk.AT
    )

    row = capture.rechecks.get()
    assert in_doubt() == {}
    assert (row.settled_by, row.settled_because) == (editor, "A typing error.")


def test_a_dismissal_settles_the_same_doubt_about_earlier_captures(source, editor):
    first = read(source, "All of the text is new here.", by=editor)
    second = read(source, "It is newer still on this day.", by=editor)
    assert list(rechecks.doubtful_captures()) == [second]

    rechecks.dismiss(second.rechecks.get(), reason="Known.", by=editor, at=desk.AT)

    assert in_doubt() == {}
    assert first.rechecks.get().settled_because == "Known."


def test_what_was_dismissed_is_not_asked_again_while_it_reads_the_same(source, editor):
    first = read(source, "Some member data trains models.", by=editor)
    rechecks.dismiss(first.rechecks.get(), reason="Typing.", by=editor, at=desk.AT)

    read(source, "Some member data trains models. More.", by=editor)
    assert in_doubt() == {}

    read(source, "Most member data trains models. More.", by=editor)
    assert in_doubt() == {"s1-1": TODAY}


def test_a_wording_that_stands_again_is_no_longer_in_doubt(source, editor):
    read(source, "All of the text is new here.", by=editor)

    read(source, desk.TEXT + " It is back.", by=editor)

    assert in_doubt() == {}


def test_a_dismissal_needs_a_reason_an_editor_and_an_open_doubt(
    source, editor, partner
):
    row = read(source, "All of the text is new here.", by=editor).rechecks.get()
    for reason, person in (("", editor), ("Mine.", partner)):
        with pytest.raises(NotAllowed):
            rechecks.dismiss(row, reason=reason, by=person, at=desk.AT)
    rechecks.dismiss(row, reason="Typing.", by=editor, at=desk.AT)

    with pytest.raises(NotAllowed, match="already"):
        rechecks.dismiss(row, reason="Other.", by=editor, at=desk.AT)


def test_the_place_of_a_repeated_wording_is_chosen(source, editor):
    capture = read(source, f"{QUOTED} Again: {QUOTED}", by=editor)
    second = capture.text.rindex(QUOTED)

    rechecks.choose(capture.rechecks.get(), start=second, by=editor, at=desk.AT)

    row = capture.rechecks.get()
    assert (row.start, row.end) == (second, second + len(QUOTED))
    assert not Recheck.objects.open().exists()


def test_a_place_where_the_wording_does_not_stand_is_refused(source, editor):
    capture = read(source, f"{QUOTED} Again: {QUOTED}", by=editor)

    with pytest.raises(NotAllowed, match="does not stand there"):
        rechecks.choose(capture.rechecks.get(), start=3, by=editor, at=desk.AT)


def test_the_nearest_sentence_is_shown_beside_what_is_gone(source, editor):
    capture = read(
        source,
        "A new opening. Some members' data trains many models. The end of it.",
        by=editor,
    )

    (found,) = rechecks.findings(capture)["gone"]
    assert found.nearest.before == QUOTED
    assert found.nearest.after == "Some members' data trains many models."


def test_nothing_is_called_nearest_when_nothing_is_near(source, editor):
    capture = read(source, "The page has moved. Go to another address.", by=editor)

    (found,) = rechecks.findings(capture)["gone"]
    assert found.nearest is None


def test_new_sentences_are_listed_once_in_their_order(source, editor):
    text = (
        f"New words. {QUOTED} You can opt out in your settings. Newer words. New words."
    )

    capture = read(source, text, by=editor)

    assert new_sentences(capture) == ["New words.", "Newer words."]


def test_an_entry_of_a_draft_that_rests_on_a_gone_wording_is_named(source, editor):
    change = desk.change(editor)
    read(source, "All of the text is new here.", by=editor)

    assert [e.code for e in rechecks.doubtful(change.edition)] == ["clause"]


def test_an_edition_that_quotes_the_new_wording_is_not_in_doubt(
    base, source, editor, approver
):
    change = desk.change(editor)
    capture = read(source, "Many members' data trains models.", by=editor)
    new = desk.quotation(capture, "Many members' data trains models.", "s1-9")
    change.edition.entries.get(code="clause").citations.update(quotation=new)
    workflow.publish_unreviewed(change, reason="Urgent.", by=approver, at=desk.AT)

    assert not rechecks.doubtful(change.edition).exists()
    assert rechecks.doubtful(base).exists()


@pytest.mark.parametrize("on", [TODAY, desk.LATER])
def test_a_doubt_ends_with_an_edition_on_other_words_and_is_back_if_it_is_withdrawn(
    on, source, editor, approver
):
    capture = read(source, "Many members' data trains models.", by=editor)
    new = desk.quotation(capture, "Many members' data trains models.", "s1-9")
    change = desk.change(editor, on=on)
    assert list(rechecks.doubtful_captures()) == [capture]

    change.edition.entries.get(code="clause").citations.update(quotation=new)
    workflow.publish_unreviewed(change, reason="Urgent.", by=approver, at=desk.AT)
    assert (in_doubt(), list(rechecks.doubtful_captures())) == ({}, [])

    workflow.withdraw(change, reason="Misread.", by=approver, at=desk.AT)
    assert in_doubt() == {"s1-1": TODAY}
    assert list(rechecks.doubtful_captures()) == [capture]


def test_an_agreement_of_9000_words_with_40_edits_finds_those_and_no_others(
    base, source, editor
):
    lines = [
        f"Clause {n} says that data of kind {n} is kept for {n} days."
        for n in range(700)
    ]
    first = read(source, "\n".join(lines), by=editor, on=date(2026, 5, 1))
    change = desk.change(editor)
    clause = change.edition.entries.get(code="clause")
    for number in range(0, 700, 5):
        quotation = desk.quotation(first, lines[number], f"s1-line-{number}")
        clause.citations.create(quotation=quotation)
    edited = [
        line.replace("is kept", "is not kept") if number < 40 else line
        for number, line in enumerate(lines)
    ]

    second = read(source, "\n".join(edited), by=editor)

    gone = second.rechecks.gone().values_list("quotation__code", flat=True)
    assert set(gone) == {"s1-1", *(f"s1-line-{n}" for n in range(0, 40, 5))}
    assert new_sentences(second) == edited[:40]
