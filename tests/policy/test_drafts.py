"""Drafts are whole copies, changed one entry at a time, and nobody's text is lost."""

import pytest

from policyguide.policy import drafts, workflow
from policyguide.policy.differences import How, differences
from policyguide.policy.drafts import ChangedMeanwhile
from policyguide.policy.models import (
    Clause,
    Conflict,
    Edition,
    Entry,
    LogLine,
    Position,
    Region,
    RegionTerm,
)
from policyguide.policy.rows import facts_of
from policyguide.policy.states import NotAllowed
from tests import desk, factories


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def change(base, editor):
    return desk.change(editor, note="")


def clause_of(change):
    return Clause.objects.get(edition=change.edition, code="clause")


def reword(change, words, *, by, version=0):
    clause = clause_of(change)
    clause.words = words
    drafts.reword_entry(
        change,
        clause,
        quotations=list(clause.quotations.all()),
        version=version,
        by=by,
        at=desk.AT,
    )


def publish(change, *, by):
    Edition.objects.filter(pk=change.edition_id).update(change_note="New.")
    workflow.publish_unreviewed(change, reason="Urgent.", by=by, at=desk.AT)


def test_a_draft_says_what_its_base_says(base, change):
    copy, original = facts_of(change.edition), facts_of(base)

    assert copy.entry == original.entry
    assert copy.in_force_from == desk.LATER
    assert not any(d.how != How.SAME for d in differences(base, change.edition))


def test_changing_a_draft_leaves_its_base_as_it_was(base, change, editor):
    before = facts_of(base)

    reword(change, "It trains, and shares.", by=editor)
    drafts.remove_entry(change, "h2", by=editor, at=desk.AT)

    assert facts_of(base) == before


def test_a_reworded_entry_is_told_field_by_field(base, change, editor):
    reword(change, "It trains, and shares.", by=editor)

    (changed,) = (d for d in differences(base, change.edition) if d.how != How.SAME)

    assert (changed.code, changed.how) == ("clause", How.CHANGED)
    assert [(f.name, f.before, f.after) for f in changed.fields] == [
        ("words", "It trains.", "It trains, and shares.")
    ]


def test_entries_added_and_removed_are_told_as_such(base, change, editor):
    added = Clause(edition=change.edition, code="new", title="New", topic="change")
    drafts.add_entry(change, added, quotations=[], by=editor, at=desk.AT)
    drafts.remove_entry(change, "clause", by=editor, at=desk.AT)

    found = {d.code: d.how for d in differences(base, change.edition)}

    assert (found["new"], found["clause"]) == (How.ADDED, How.REMOVED)


def test_a_region_added_gets_a_cell_for_each_effect(change, editor):
    region = Region(
        edition=change.edition, code="china", title="China", countries=["CN"]
    )

    drafts.add_entry(change, region, quotations=[], by=editor, at=desk.AT)

    cell = RegionTerm.objects.get(edition=change.edition, region="china")
    assert (cell.code, cell.answer, cell.standing) == (
        "china.training",
        "not-stated",
        "unsaid",
    )


def test_a_region_removed_takes_its_cells_with_it(change, editor):
    drafts.remove_entry(change, "uk", by=editor, at=desk.AT)

    cells = RegionTerm.objects.filter(edition=change.edition)
    assert list(cells.values_list("region", flat=True)) == ["other"]


def test_a_conflict_removed_takes_its_sides_with_it(change, editor):
    factories.entry(change.edition, Conflict, code="c1", resolution="Open.")
    factories.entry(change.edition, Position, code="c1-a", conflict="c1")

    drafts.remove_entry(change, "c1", by=editor, at=desk.AT)

    assert not change.edition.entries.filter(code__in=["c1", "c1-a"]).exists()


def test_an_entry_added_is_read_after_those_of_its_kind(change, editor):
    for code in ("first", "second"):
        entry = Clause(edition=change.edition, code=code, title=code, topic="change")
        drafts.add_entry(change, entry, quotations=[], by=editor, at=desk.AT)

    clauses = facts_of(change.edition).clauses
    assert [clause.code for clause in clauses] == ["clause", "first", "second"]


def test_a_code_is_taken_once(change, editor):
    again = Clause(edition=change.edition, code="uk", title="Again", topic="change")

    with pytest.raises(NotAllowed, match="“uk” already"):
        drafts.add_entry(change, again, quotations=[], by=editor, at=desk.AT)


def test_whoever_saves_second_is_told_and_overwrites_nothing(change, editor, approver):
    reword(change, "The first text.", by=editor)

    with pytest.raises(ChangedMeanwhile):
        reword(change, "The second text.", by=approver)

    assert clause_of(change).words == "The first text."


def test_an_entry_removed_meanwhile_is_not_written(change, editor, approver):
    clause = clause_of(change)
    drafts.remove_entry(change, "clause", by=editor, at=desk.AT)

    with pytest.raises(ChangedMeanwhile):
        drafts.reword_entry(
            change, clause, quotations=[], version=0, by=approver, at=desk.AT
        )

    assert not Entry.objects.filter(pk=clause.pk).exists()


def test_whoever_describes_the_draft_second_overwrites_nothing(change, editor):
    draft = change.edition
    draft.title = "The first title"
    drafts.describe(change, draft, version=0, by=editor, at=desk.AT)

    draft.title = "The second title"
    with pytest.raises(ChangedMeanwhile):
        drafts.describe(change, draft, version=0, by=editor, at=desk.AT)

    assert Edition.objects.get(pk=draft.pk).title == "The first title"


def test_only_editors_write(change, partner):
    with pytest.raises(NotAllowed, match="Only editors"):
        reword(change, "Mine.", by=partner)


def test_only_a_draft_is_changed(change, editor):
    Edition.objects.filter(pk=change.edition_id).update(change_note="New.")
    workflow.submit(change, by=editor, at=desk.AT)

    with pytest.raises(NotAllowed, match="in review"):
        reword(change, "Too late.", by=editor)

    assert clause_of(change).words == "It trains."


def test_every_step_logs_who_and_the_hash_before_and_after(change, editor, approver):
    opened = change.log.get()

    reword(change, "Other.", by=approver)

    line = LogLine.objects.latest("pk")
    assert (line.by, line.what, line.subject) == (approver, "reword", "clause")
    assert line.sha256_before == opened.sha256_after
    assert line.sha256_after == facts_of(change.edition).sha256 != line.sha256_before


def test_bringing_up_to_date_takes_over_what_the_draft_left_alone(
    base, editor, approver
):
    first, second = desk.change(editor), desk.change(editor)
    reword(first, "Reworded by the first.", by=editor)
    drafts.remove_entry(second, "uk", by=editor, at=desk.AT)
    extra = Clause(edition=first.edition, code="extra", title="X", topic="change")
    cited = list(clause_of(first).quotations.all())
    drafts.add_entry(first, extra, quotations=cited, by=editor, at=desk.AT)
    publish(first, by=approver)

    contested = workflow.bring_up_to_date(second, by=editor, at=desk.AT)

    second.refresh_from_db()
    draft = facts_of(second.edition)
    assert contested == ()
    assert draft.entry["clause"].words == "Reworded by the first."
    assert draft.entry["extra"].quotations == draft.entry["clause"].quotations
    assert "uk" not in draft.entry


def test_bringing_up_to_date_keeps_the_drafts_own_text_and_names_it(
    base, editor, approver
):
    first, second = desk.change(editor), desk.change(editor)
    reword(first, "Theirs.", by=editor)
    reword(second, "Mine.", by=editor)
    publish(first, by=approver)

    contested = workflow.bring_up_to_date(second, by=editor, at=desk.AT)

    assert contested == ("clause",)
    assert clause_of(second).words == "Mine."
    second.refresh_from_db()
    (changed,) = (
        d
        for d in differences(second.edition.based_on, second.edition)
        if d.how != How.SAME
    )
    assert [(f.before, f.after) for f in changed.fields] == [("Theirs.", "Mine.")]
