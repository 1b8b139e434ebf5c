"""An entry at the desk: its form, and the quotations it rests on."""

from datetime import date

import pytest
from lxml import html

from policyguide.policy import workflow
from policyguide.policy.differences import How, differences
from policyguide.policy.kinds import KINDS
from policyguide.policy.models import Clause, Quotation, Region, RegionTerm
from policyguide.policy.states import ChangeState
from policyguide.web.desk_forms.entries import FORMS
from tests import desk

HTMX = {"HX-Request": "true"}
LATER_THAN_ALL = date(2099, 1, 1)


@pytest.fixture
def base(db):
    return desk.edition()


@pytest.fixture
def change(base, editor):
    return desk.change(editor)


@pytest.fixture
def client(client_of, editor):
    return client_of(editor)


def typed(**fields):
    """What a browser sends for the clause."""
    return {
        "version": "0",
        "title": "Training",
        "words": "It trains.",
        "standing": "fact",
        "position": "0",
        "topic": "training",
        "quotation": ["s1-1"],
        "quote-provenance": "read",
        **fields,
    }


def clause(change):
    return Clause.objects.get(edition=change.edition, code="clause")


def edit(client, change, tail="", headers=None, **fields):
    path = desk.page(change, f"entries/clause/{tail}")
    return client.post(path, typed(**fields), headers=headers)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_a_form_of_its_own(kind, change, client):
    assert FORMS[kind.rows]._meta.model is kind.rows

    answer = client.get(desk.page(change, f"new/{kind.code}/"))

    assert answer.status_code == 200


def as_shown(client, path):
    """What a browser would send if nothing were typed."""
    page = html.fromstring(client.get(path).content)
    (form,) = (form for form in page.forms if form.get("class") == "entry-form")
    data = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    return data


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_form_sent_back_as_it_was_shown_changes_nothing(kind, editor, client):
    change = desk.change(editor, on=LATER_THAN_ALL)
    rows = kind.rows.objects.filter(edition=change.edition).order_by("-words")
    for code in rows.values_list("code", flat=True)[:3]:
        path = desk.page(change, f"entries/{code}/")
        answer = client.post(path, as_shown(client, path))
        assert answer.status_code == 302, code

    found = differences(change.edition.based_on, change.edition)

    assert len(found) > 100
    assert {d.code: d.fields for d in found if d.how != How.SAME} == {}


def test_an_unknown_kind_or_code_is_no_page(change, client):
    assert client.get(desk.page(change, "new/opinion/")).status_code == 404
    assert client.get(desk.page(change, "entries/nothing/")).status_code == 404


def test_an_entry_is_reworded(change, client):
    answer = edit(client, change, words="It trains models.", topic="change")

    assert answer["Location"] == desk.page(change) + "#entry-clause"
    assert (clause(change).words, clause(change).topic) == (
        "It trains models.",
        "change",
    )


def test_the_edition_in_force_stays_as_it_was(base, change, client):
    edit(client, change, words="It trains models.")

    assert Clause.objects.get(edition=base, code="clause").words == "It trains."


def test_an_entry_is_added(change, client):
    client.post(desk.page(change, "new/clause/"), typed(code="newly-said", version="0"))

    added = Clause.objects.get(edition=change.edition, code="newly-said")
    assert [quotation.code for quotation in added.quotations.all()] == ["s1-1"]


def test_a_code_that_is_taken_is_refused_and_everything_kept(change, client):
    answer = client.post(
        desk.page(change, "new/clause/"), typed(code="clause", words="Long words.")
    )

    assert answer.status_code == 422
    assert "already" in answer.context["editing"].form.errors["code"][0]
    assert "Long words." in answer.content.decode()


def test_a_region_added_at_the_desk_has_its_cells(change, client):
    client.post(
        desk.page(change, "new/region/"),
        typed(code="china", title="China", countries="cn, HK"),
    )

    region = Region.objects.get(edition=change.edition, code="china")
    assert region.countries == ["CN", "HK"]
    assert RegionTerm.objects.filter(edition=change.edition, region="china").exists()


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title": ""}, "title"),
        ({"title": "Two\nlines"}, "title"),
        ({"topic": "gossip"}, "topic"),
        ({"words": "x" * 20_001}, "words"),
        ({"since": "yesterday"}, "since"),
        ({"regions": ["atlantis"]}, "regions"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_wrong_is_said_where_it_is_and_nothing_is_written(
    fields, where, change, client
):
    answer = edit(client, change, **fields)

    assert answer.status_code == 422
    assert list(answer.context["editing"].form.errors) == [where]
    assert clause(change).version == 0


def test_whoever_saves_second_sees_both_texts_and_loses_nothing(
    change, client, client_of, approver
):
    edit(client, change, words="The first text.")

    answer = edit(client_of(approver), change, words="The second text.")

    (field,) = (f for f in answer.context["editing"].meanwhile if f.name == "words")
    assert answer.status_code == 409
    assert (field.before, field.after) == ("The first text.", "The second text.")
    assert answer.context["editing"].form["words"].value() == "The second text."
    assert clause(change).words == "The first text."


def test_saving_again_after_seeing_both_texts_overwrites(
    change, client, client_of, approver
):
    edit(client, change, words="The first text.")
    second = client_of(approver)
    refused = edit(second, change, words="The second text.")
    version = refused.context["editing"].form["version"].value()

    edit(second, change, words="The second text.", version=version)

    assert clause(change).words == "The second text."


def test_an_entry_is_not_saved_once_the_change_is_in_review(
    base, editor, approver, client
):
    change = desk.change_in(ChangeState.IN_REVIEW, author=editor, approver=approver)

    answer = edit(client, change, words="Too late.")

    assert answer.status_code == 422
    assert "in review" in answer.content.decode()
    assert "Too late." in answer.content.decode()
    assert clause(change).words == "It trains."


def test_an_entry_is_removed(change, client):
    client.post(desk.page(change, "entries/clause/remove/"))

    assert not change.edition.entries.filter(code="clause").exists()


def test_removing_is_refused_outside_a_draft(change, client, editor):
    workflow.submit(change, by=editor, at=desk.AT)

    answer = client.post(desk.page(change, "entries/clause/remove/"), follow=True)

    assert "only a draft can be changed" in answer.content.decode()
    assert change.edition.entries.filter(code="clause").exists()


def test_quotations_are_found_by_words_source_and_code(change, client):
    other = desk.source("B2", "Nothing about opting out is said.")
    desk.quotation(other, "Nothing about opting out is said.", "b2-1")

    for search in ("opting said", "b2", "b2-1", "B2 nothing"):
        answer = edit(client, change, "quotations/", **{"quote-search": search})
        found = answer.context["editing"].quotations.found()
        assert [quotation.code for quotation in found] == ["b2-1"]


def test_searching_saves_nothing_and_keeps_what_was_typed(change, client):
    answer = edit(client, change, "quotations/", words="Half a sentence")

    assert answer.status_code == 200
    assert answer.context["editing"].form["words"].value() == "Half a sentence"
    assert clause(change).version == 0


def test_htmx_gets_the_quotations_alone(change, client):
    answer = edit(client, change, "quotations/", headers=HTMX)

    assert answer.content.decode().strip().startswith("<fieldset")


def passage(text, **fields):
    return {"quote-capture": "S1/first", "quote-passage": text, **fields}


def test_a_passage_that_is_exact_is_quoted_anew_and_chosen(change, client):
    answer = edit(
        client,
        change,
        "quotations/",
        quote="1",
        **passage("Private messages are not used."),
    )

    new = Quotation.objects.get(text="Private messages are not used.")
    assert answer.status_code == 200
    assert new.code == "s1-2"
    assert [q.code for q in answer.context["editing"].quotations.chosen] == [
        "s1-1",
        "s1-2",
    ]


def test_the_same_passage_is_not_quoted_twice(change, client):
    text = "Some members' data trains models."

    edit(client, change, "quotations/", quote="1", **passage(text))

    assert Quotation.objects.filter(text=text).count() == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("private messages are not used.", "not found"),
        ("Private messages are used.", "not found"),
        ("You can opt out", "2 times"),
    ],
)
@pytest.mark.parametrize("tail", ["", "quotations/"], ids=["saving", "quoting"])
def test_a_passage_that_is_not_exact_is_refused_and_kept(
    tail, text, says, change, client
):
    before = Quotation.objects.count()

    answer = edit(client, change, tail, quote="1", words="Mine.", **passage(text))

    editing = answer.context["editing"]
    assert answer.status_code == 422
    assert says in editing.quotations.errors["passage"][0]
    assert editing.quotations["passage"].value() == text
    assert editing.form["words"].value() == "Mine."
    assert (Quotation.objects.count(), clause(change).words) == (before, "It trains.")


def test_a_passage_typed_and_not_yet_quoted_is_quoted_when_saved(change, client):
    edit(client, change, **passage("Private messages are not used."))

    assert clause(change).quotations.count() == 2


def test_a_passage_needs_its_capture(change, client):
    answer = edit(client, change, **passage("Private", **{"quote-capture": ""}))

    assert answer.status_code == 422
    assert "capture" in answer.context["editing"].quotations.errors


@pytest.mark.parametrize(
    ("provenance", "number"), [("quoted", ""), ("read", "3"), ("reported", "1")]
)
def test_only_what_others_quote_is_counted(provenance, number, change, client):
    fields = {"quote-provenance": provenance, "quote-quoted_by": number}

    answer = edit(client, change, **passage("Private messages are not used.", **fields))

    assert "quoted_by" in answer.context["editing"].quotations.errors


def test_the_text_of_a_capture_is_shown_to_quote_from(change, client):
    answer = edit(client, change, "quotations/", **passage(""))

    assert answer.context["editing"].quotations.text() == desk.TEXT
