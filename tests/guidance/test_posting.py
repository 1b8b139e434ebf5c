"""A thing is weighed by the rows and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyguide.guidance import facts
from policyguide.guidance.facts import Answer
from policyguide.guidance.posting import region_at, weigh
from policyguide.guidance.vocabulary import Thing
from tests.guidance.small import codes, edition, entry, term
from tests.guidance.strategies import editions


def category(code, listing, effect="training", *regions):
    return entry(
        facts.DataCategory,
        code,
        effect=effect,
        listing=facts.Listing(listing),
        regions=frozenset(regions),
    )


def weighed(*entries, region="north", advice=(), **own):
    known = edition(**own)
    thing = Thing(name="Thing", entries=frozenset(entries), advice=advice)
    return weigh(thing, known, region=known.entry[region])


CATEGORIES = (
    category("used", "used"),
    category("unclear", "unresolved"),
    category("out", "excluded"),
    category("southern", "used", "training", "south"),
    category("clicks", "used", "ads"),
)


@pytest.mark.parametrize(
    ("entries", "answer"),
    [
        (["used"], Answer.YES),
        (["unclear"], Answer.DISPUTED),
        (["out"], Answer.NO),
        (["southern"], Answer.NOT_STATED),
        (["clicks"], Answer.NOT_STATED),
        ([], Answer.NOT_STATED),
        (["out", "used"], Answer.YES),
        (["out", "unclear"], Answer.DISPUTED),
    ],
    ids=lambda value: "+".join(value) or "none",
)
def test_where_an_effect_holds_the_kinds_of_data_decide(entries, answer):
    training, _ads = weighed(*entries, categories=CATEGORIES).verdicts

    assert training.answer is answer


@pytest.mark.parametrize(
    ("of_term", "listing", "answer"),
    [
        ("no", "used", Answer.NO),
        ("not-stated", "used", Answer.NOT_STATED),
        ("not-stated", "excluded", Answer.NOT_STATED),
        ("disputed", "used", Answer.DISPUTED),
        ("disputed", "excluded", Answer.NO),
    ],
)
def test_no_list_of_data_goes_further_than_the_region(of_term, listing, answer):
    posting = weighed(
        "kind",
        categories=(category("kind", listing),),
        terms=(term("north", "training", of_term),),
    )

    assert posting.verdicts[0].answer is answer


def test_a_verdict_shows_the_cell_and_the_kinds_it_rests_on():
    training, ads = weighed("used", "clicks", categories=CATEGORIES).verdicts

    assert training.term.code == "north.training"
    assert codes(training.categories) == ["used"]
    assert codes(ads.categories) == ["clicks"]
    assert training.categories[0].quotations


def test_what_is_left_open_about_the_thing_is_told():
    known = (entry(facts.Silence, "asked"), entry(facts.Silence, "other"))

    assert codes(weighed("asked", silences=known).silences) == ["asked"]


def test_the_advice_is_the_first_that_applies_in_the_region():
    def action(code, *regions):
        return entry(
            facts.Action,
            code,
            audience=facts.Audience.EVERYONE,
            by_when="",
            regions=frozenset(regions),
        )

    actions = (action("always"), action("south-only", "south"))
    advice = ("gone", "south-only", "always")

    north = weighed(advice=advice, actions=actions)
    south = weighed(region="south", advice=advice, actions=actions)

    assert north.advice.code == "always"
    assert south.advice.code == "south-only"
    assert weighed(actions=actions).advice is None


@pytest.mark.parametrize(
    ("place", "region"),
    [("NO", "north"), ("es", "south"), ("AQ", "rest"), ("south", "south")],
)
def test_a_place_is_a_region_or_a_country(place, region):
    assert region_at(place, edition()).code == region


@pytest.mark.parametrize("place", ["", "atlantis", "N O"])
def test_an_unknown_place_is_none(place):
    assert region_at(place, edition()) is None


@given(editions(), st.frozensets(st.text(max_size=3)))
def test_any_edition_weighs_any_thing(known, entries):
    thing = Thing(name="Thing", entries=entries | {c.code for c in known.categories})

    for region in known.regions:
        posting = weigh(thing, known, region=region)
        assert len(posting.verdicts) == len(known.effects)
