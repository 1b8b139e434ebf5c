"""A change at the desk: opened, described, reviewed and moved on."""

from datetime import UTC, datetime

import pytest

from policyguide.policy import drafts, workflow
from policyguide.policy.models import Change, Clause, Edition
from policyguide.policy.states import ChangeState
from tests import desk


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def change(base, editor):
    return desk.change(editor)


def reworded(change, words, *, by):
    clause = Clause.objects.get(edition=change.edition, code="clause")
    clause.words = words
    drafts.reword_entry(
        change,
        clause,
        quotations=list(clause.quotations.all()),
        version=clause.version,
        by=by,
        at=desk.AT,
    )


def move(client, change, name, reason=""):
    return client.post(desk.page(change), {"move": name, "reason": reason})


def test_opening_a_change_copies_what_is_in_force(base, editor, client_of):
    answer = client_of(editor).post(
        "/desk/changes/new/", {"title": "News", "in_force_from": "2026-07-01"}
    )

    change = Change.objects.get(edition__title="News")
    assert answer["Location"] == desk.page(change)
    assert (change.author, change.edition.based_on) == (editor, base)
    assert change.edition.entries.count() == base.entries.count()


def test_a_change_without_a_day_is_not_opened_and_keeps_its_title(
    base, editor, client_of
):
    answer = client_of(editor).post("/desk/changes/new/", {"title": "News"})

    assert answer.status_code == 422
    assert answer.context["form"]["title"].value() == "News"
    assert not Change.objects.exists()


def test_the_page_shows_what_was_reworded_in_words_too(change, editor, client_of):
    reworded(change, "It trains and shares.", by=editor)

    page = client_of(editor).get(desk.page(change)).content.decode()

    assert (
        '<ins><span class="hidden">[added:] </span> and shares'
        '<span class="hidden"> [end]</span></ins>'
    ) in page


def test_what_is_in_the_way_leads_to_its_entry(change, editor, client_of):
    clause = Clause.objects.get(edition=change.edition, code="clause")
    clause.citations.all().delete()

    page = client_of(editor).get(desk.page(change)).content.decode()

    assert "One thing is in the way" in page
    assert f'<a href="{desk.page(change, "entries/clause/")}">clause</a>' in page


def test_two_people_bring_a_change_to_readers(
    change, editor, approver, client_of, client
):
    reworded(change, "LinkedIn *trains* its models.", by=editor)

    move(client_of(editor), change, "submit")
    move(client_of(approver), change, "approve")
    move(client_of(approver), change, "publish")

    number = Edition.objects.get(pk=change.edition_id).number
    assert number
    shown = client.get(f"/policy/editions/{number}/")
    assert shown.context["edition"].entry["clause"].words == (
        "LinkedIn *trains* its models."
    )


def test_nobody_publishes_alone_by_the_ordinary_way(change, approver, client_of):
    client = client_of(approver)
    reworded(change, "Mine.", by=approver)
    move(client, change, "submit")

    answer = move(client, change, "approve")

    assert answer.status_code == 409
    assert "You wrote in this change" in answer.content.decode()
    change.refresh_from_db()
    assert change.state == ChangeState.IN_REVIEW


def test_readers_always_see_that_nobody_reviewed_an_edition(
    change, approver, client_of, client
):
    move(client_of(approver), change, "publish-unreviewed", "It changed today.")

    number = Edition.objects.get(pk=change.edition_id).number
    shown = client.get(f"/policy/editions/{number}/").content.decode()
    assert "Published without a second review:" in shown
    assert "It changed today." in shown


def test_a_move_refused_keeps_its_reason(base, editor, approver, client_of):
    change = desk.change_in(ChangeState.IN_REVIEW, author=editor, approver=approver)
    client = client_of(approver)
    workflow.reopen(change, by=editor, at=desk.AT)

    answer = move(client, change, "send-back", "The quotation is too long.")

    assert answer.status_code == 409
    assert answer.context["form"]["reason"].value() == "The quotation is too long."


def test_the_reason_for_sending_back_stands_at_the_head(
    base, editor, approver, client_of
):
    change = desk.change_in(ChangeState.IN_REVIEW, author=editor, approver=approver)

    move(client_of(approver), change, "send-back", "Quote the second sentence.")

    page = client_of(editor).get(desk.page(change)).content.decode()
    assert "Quote the second sentence." in page


@pytest.mark.parametrize("name", ["", "explode", "SUBMIT"])
def test_a_move_there_is_not_is_refused(name, change, editor, client_of):
    answer = move(client_of(editor), change, name)

    assert answer.status_code == 409
    change.refresh_from_db()
    assert change.state == ChangeState.DRAFT


def details(change, **fields):
    return {
        "version": change.version,
        "title": "A change",
        "in_force_from": "2026-06-01",
        "change_note": "A note.",
        "severity": "minor",
        **fields,
    }


def test_a_draft_is_described(change, editor, client_of):
    client_of(editor).post(desk.page(change, "details/"), details(change))

    edition = Edition.objects.get(pk=change.edition_id)
    assert (edition.change_note, edition.severity) == ("A note.", "minor")


def test_whoever_describes_it_second_sees_both_texts(
    change, editor, approver, client_of
):
    client_of(editor).post(
        desk.page(change, "details/"), details(change, title="The first")
    )

    answer = client_of(approver).post(
        desk.page(change, "details/"), details(change, title="The second")
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The first" in page
    assert answer.context["form"]["title"].value() == "The second"
    assert Edition.objects.get(pk=change.edition_id).title == "The first"


def test_both_texts_seen_the_second_may_overwrite(change, editor, approver, client_of):
    path = desk.page(change, "details/")
    client_of(editor).post(path, details(change, title="The first"))
    client = client_of(approver)
    refused = client.post(path, details(change, title="The second"))
    version = refused.context["form"]["version"].value()

    client.post(path, details(change, title="The second", version=version))

    assert Edition.objects.get(pk=change.edition_id).title == "The second"


def test_a_draft_overtaken_is_brought_up_to_date_by_a_button(
    base, editor, approver, client_of
):
    first, second = desk.change(editor), desk.change(editor)
    reworded(first, "Newer words.", by=editor)
    workflow.publish_unreviewed(first, reason="Urgent.", by=approver, at=desk.AT)
    client = client_of(editor)
    assert "Bring it up to date" in client.get(desk.page(second)).content.decode()

    answer = client.post(desk.page(second, "base/"), follow=True)

    assert "nothing of it was lost" in answer.content.decode()
    clause = Clause.objects.get(edition=second.edition, code="clause")
    assert clause.words == "Newer words."


def test_a_preview_shows_the_draft_to_a_firm_and_says_so(
    change, hale_marsh, editor, client_of
):
    reworded(change, "It trains on drafts.", by=editor)

    answer = client_of(editor).get(desk.page(change, "preview/?firm=hale-marsh"))

    page = answer.content.decode()
    assert "It trains on drafts." in page
    assert "No reader sees this." in page
    assert answer.context["guidance"].profile.name == hale_marsh.name


def test_a_draft_with_problems_is_not_previewed(change, hale_marsh, editor, client_of):
    clause = Clause.objects.get(edition=change.edition, code="clause")
    clause.citations.all().delete()

    answer = client_of(editor).get(desk.page(change, "preview/?firm=hale-marsh"))

    assert answer.context["guidance"] is None
    assert "1 problem" in answer.content.decode()


def test_a_change_is_scheduled_in_the_time_zone_shown(
    base, editor, approver, client_of, settings
):
    settings.TIME_ZONE = "Europe/London"
    change = desk.change_in(ChangeState.APPROVED, author=editor, approver=approver)
    client = client_of(approver)
    assert "Europe/London" in client.get(desk.page(change)).content.decode()

    client.post(
        desk.page(change), {"move": "schedule", "publish_at": "2099-07-01T09:00"}
    )

    change.refresh_from_db()
    assert change.publish_at == datetime(2099, 7, 1, 8, tzinfo=UTC)
    assert change.scheduled_by == approver


@pytest.mark.parametrize(
    "moment",
    ["", "soon", "2001-01-01T09:00", "2099-03-29T01:30", "2099-10-25T01:30"],
    ids=repr,
)
def test_a_moment_that_cannot_be_is_refused_and_kept(
    moment, base, editor, approver, client_of, settings
):
    """Clocks go forward over the last but one, and back so that the last is twice."""
    settings.TIME_ZONE = "Europe/London"
    change = desk.change_in(ChangeState.APPROVED, author=editor, approver=approver)

    answer = client_of(approver).post(
        desk.page(change), {"move": "schedule", "publish_at": moment}
    )

    assert answer.status_code == 409
    assert answer.context["form"]["publish_at"].value() == moment
    change.refresh_from_db()
    assert change.publish_at is None
