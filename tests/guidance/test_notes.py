"""Notes leave out and never add: each sentence of them is one of the guidance."""

from datetime import date

from hypothesis import given

from policyguide.guidance import compose, facts
from policyguide.guidance.notes import NoteKind, PartName, notes
from tests.guidance.small import DAY, codes, edition, entry, term
from tests.guidance.strategies import editions, profiles


def note(kind, *uses, **own):
    profile = facts.FirmProfile(
        offices=(facts.Office(city="Oslo", country="NO"),), uses=frozenset(uses)
    )
    guidance = compose(edition(**own), profile, as_of=DAY)
    return next(each for each in notes(guidance) if each.kind is kind)


def part(found, name):
    return next((codes(p.findings) for p in found.parts if p.name is name), None)


def category(code, listing, *uses):
    return entry(
        facts.DataCategory,
        code,
        effect="training",
        listing=facts.Listing(listing),
        uses=frozenset(uses),
    )


def action(code, audience):
    return entry(facts.Action, code, audience=facts.Audience(audience), by_when="Soon")


def test_all_staff_are_told_what_reaches_them_what_is_used_and_how_to_object():
    found = note(
        NoteKind.ALL_STAFF,
        facts.Use.POSTS,
        categories=(
            category("posts", "used", facts.Use.POSTS),
            category("polls", "used", facts.Use.POLLS),
        ),
        controls=(entry(facts.Control, "switch", where="Settings"),),
        actions=(action("choose", "everyone"), action("decide", "partners")),
    )

    assert part(found, PartName.PLACES) == ["north.training"]
    assert part(found, PartName.USED) == ["posts"]
    assert part(found, PartName.OPTING_OUT) == ["switch"]
    assert part(found, PartName.TO_DO) == ["choose"]


def test_a_firm_that_shares_none_of_it_is_told_all_that_is_used():
    used = (category("polls", "used", facts.Use.POLLS),)

    found = note(NoteKind.ALL_STAFF, facts.Use.POSTS, categories=used)

    assert part(found, PartName.USED) == ["polls"]


def test_the_intranet_names_only_effects_that_reach_the_firm():
    assert codes(note(NoteKind.INTRANET).sentences) == ["training"]


def test_partners_get_two_headlines_and_the_first_thing_to_decide():
    headlines = tuple(entry(facts.Headline, code) for code in "abc")
    actions = (action("choose", "everyone"), action("decide", "partners"))

    found = note(NoteKind.PARTNERS, headlines=headlines, actions=actions)

    assert codes(found.sentences) == ["a", "b", "decide"]


def test_all_staff_are_told_so_where_nothing_is_known_to_reach_them():
    nothing = (term("north", "training", "not-stated", title="Not stated"),)

    found = note(NoteKind.ALL_STAFF, terms=nothing)

    assert part(found, PartName.PLACES) == ["north.training"]


def test_a_client_is_told_every_answer_for_the_firms_places():
    found = note(NoteKind.CLIENT)

    assert part(found, PartName.PLACES) == ["north.training", "north.ads"]


def test_a_client_is_told_all_that_is_not_used_and_what_is_left_open():
    found = note(
        NoteKind.CLIENT,
        facts.Use.POSTS,
        categories=(category("inbox", "excluded", facts.Use.MESSAGES),),
        silences=(entry(facts.Silence, "asked"),),
    )

    assert part(found, PartName.NOT_USED) == ["inbox"]
    assert part(found, PartName.NOT_STATED) == ["asked"]


def test_a_part_with_nothing_to_say_is_left_out():
    assert part(note(NoteKind.CLIENT), PartName.NOT_USED) is None


@given(editions(), profiles())
def test_every_note_says_what_the_guidance_says_and_cites_it(known, profile):
    guidance = compose(known, profile, as_of=date(2026, 11, 24))
    said = {(finding.code, finding.words) for finding in guidance}

    for each in notes(guidance):
        assert {(finding.code, finding.words) for finding in each} <= said
        cited = {citation.quotation for citation in each.citations}
        assert cited == {quotation for f in each for quotation in f.quotations}
