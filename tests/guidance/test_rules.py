"""Each rule both ways: what it shows, and what it leaves out."""

from datetime import date

import pytest

from policyguide.guidance import facts
from policyguide.guidance.findings import Why
from policyguide.guidance.rules.actions import what_to_do
from policyguide.guidance.rules.authorities import duties, regulators
from policyguide.guidance.rules.bottom_line import bottom_line
from policyguide.guidance.rules.categories import categories
from policyguide.guidance.rules.clauses import clauses
from policyguide.guidance.rules.conflicts import conflicts
from policyguide.guidance.rules.controls import controls
from policyguide.guidance.rules.coverage import before, new, places
from policyguide.guidance.rules.sharing import sharing
from policyguide.guidance.rules.unsaid import silences
from tests.guidance.small import ask, codes, entry, quotation

# ── Coverage ────────────────────────────────────────────────────────────────────────


def test_new_is_what_applies_since_the_editions_day_and_before_is_the_rest():
    inquiry = ask("NO", "ES", "AQ")

    assert codes(new(inquiry)) == ["north.training"]
    assert codes(before(inquiry)) == ["south.training", "south.ads", "rest.training"]


def test_what_does_not_reach_the_firm_is_neither_new_nor_before():
    inquiry = ask("NO")

    assert "north.ads" not in codes(new(inquiry)) + codes(before(inquiry))


def test_a_cell_nobody_filled_in_is_not_stated():
    (place,) = places(ask("AQ"))

    assert [cell.entry.answer for cell in place.cells] == ["yes", "not-stated"]
    assert place.cells[1].standing is facts.Standing.UNSAID


def test_a_place_lists_the_firms_offices_there():
    north, south = places(ask("NO", "SE", "ES"))

    assert [office.country for office in north.offices] == ["NO", "SE"]
    assert [office.country for office in south.offices] == ["ES"]


# ── Bottom line ─────────────────────────────────────────────────────────────────────


def headline(code, effect="", answer=None, **own):
    own.setdefault("words", f"{code} in {{places}}")
    answer = facts.Answer(answer) if answer else None
    return entry(facts.Headline, code, effect=effect, answer=answer, **own)


def test_a_headline_about_an_effect_is_read_where_its_answer_holds():
    disputed = headline("d", "ads", "disputed")

    (finding,) = bottom_line(ask("NO", "ES", headlines=(disputed,)))

    assert finding.words == "d in City ES"
    assert [because.what for because in finding.because] == ["City ES"]
    assert bottom_line(ask("NO", headlines=(disputed,))) == ()


def test_a_headline_rests_on_the_cells_it_sums_up():
    (finding,) = bottom_line(
        ask("NO", "ES", headlines=(headline("t", "training", "yes"),))
    )

    assert [quotation.code for quotation in finding.quotations] == [
        "q-t",
        "q-north.training",
        "q-south.training",
    ]


def test_a_headline_without_an_effect_is_read_by_everybody_but_those_it_is_not_for():
    general, polls = headline("g"), headline("p", uses=frozenset({facts.Use.POLLS}))

    assert codes(bottom_line(ask(uses=["ads"], headlines=(general, polls)))) == ["g"]
    assert codes(bottom_line(ask(uses=["polls"], headlines=(general, polls)))) == [
        "g",
        "p",
    ]


def test_the_bottom_line_stops_at_five_in_the_editions_order():
    many = tuple(headline(letter) for letter in "abcdefg")

    assert codes(bottom_line(ask(headlines=many))) == list("abcde")


# ── Data, affiliates, controls ──────────────────────────────────────────────────────


def category(code, listing="used", **own):
    return entry(
        facts.DataCategory,
        code,
        effect="training",
        listing=facts.Listing(listing),
        **own,
    )


def test_what_the_firm_does_comes_first_and_nothing_is_left_out():
    known = (
        category("cv", uses=frozenset({facts.Use.RECRUITING})),
        category("posts", uses=frozenset({facts.Use.POSTS})),
        category("inbox", "excluded"),
    )

    found = categories(ask(uses=["posts"], categories=known), facts.Listing.USED)

    assert codes(found) == ["posts", "cv"]
    assert [finding.is_yours for finding in found] == [True, False]


def test_a_category_of_one_region_is_shown_there_only():
    known = (category("pages", regions=frozenset({"south"})),)

    assert codes(categories(ask("ES", categories=known), facts.Listing.USED))
    assert not categories(ask("NO", categories=known), facts.Listing.USED)


def test_sharing_is_kept_apart_by_effect_and_shown_where_it_happens():
    def shared(code, effect, region):
        return entry(
            facts.AffiliateTerm,
            code,
            recipient="Parent",
            effect=effect,
            regions=frozenset({region}),
        )

    terms = (shared("a", "ads", "north"), shared("t", "training", "south"))

    both = sharing(ask("NO", "ES", affiliate_terms=terms))
    one = sharing(ask("NO", affiliate_terms=terms))

    assert [(s.effect.code, codes(s.terms)) for s in both] == [
        ("training", ["t"]),
        ("ads", ["a"]),
    ]
    assert [(s.effect.code, codes(s.terms)) for s in one] == [("ads", ["a"])]


def test_a_control_of_one_region_is_shown_there_only():
    known = (
        entry(facts.Control, "all", where="Settings"),
        entry(facts.Control, "gpc", where="Browser", regions=frozenset({"south"})),
    )

    assert codes(controls(ask("NO", controls=known))) == ["all"]
    assert codes(controls(ask("ES", controls=known))) == ["all", "gpc"]


def test_clauses_are_read_under_their_topic_and_in_their_regions():
    def clause(code, topic, *regions):
        return entry(
            facts.Clause, code, topic=facts.Topic(topic), regions=frozenset(regions)
        )

    known = (
        clause("a", "reasons"),
        clause("b", "reasons", "south"),
        clause("c", "change"),
    )

    assert codes(clauses(ask("NO", clauses=known), facts.Topic.REASONS)) == ["a"]
    assert codes(clauses(ask("ES", clauses=known), facts.Topic.REASONS)) == ["a", "b"]


# ── What to do ──────────────────────────────────────────────────────────────────────


def action(code, audience, **own):
    return entry(
        facts.Action,
        code,
        audience=facts.Audience(audience),
        by_when="Now",
        standing=facts.Standing.VIEW,
        quotations=(),
        **own,
    )


def test_actions_come_by_audience_and_only_those_that_apply():
    known = (
        action("brief", "partners"),
        action("tell", "everyone"),
        action("polls", "marketing", uses=frozenset({facts.Use.POLLS})),
        action("south", "lawyers", regions=frozenset({"south"})),
    )

    lists = what_to_do(ask("NO", uses=["ads"], actions=known))

    assert [(to_do.audience, codes(to_do.actions)) for to_do in lists] == [
        ("everyone", ["tell"]),
        ("partners", ["brief"]),
    ]


# ── Open questions ──────────────────────────────────────────────────────────────────


def conflict(code, *touches):
    position = facts.Position(
        code=f"{code}-a", words="One side", quotations=(quotation(f"q-{code}-a"),)
    )
    return entry(
        facts.Conflict,
        code,
        positions=(position,),
        resolution="Open",
        touches=frozenset(touches),
    )


def test_a_conflict_that_touches_only_other_regions_is_left_out():
    known = (conflict("c1", "south.ads"), conflict("c2"), conflict("c3", "north.ads"))

    assert codes(conflicts(ask("NO", conflicts=known))) == ["c2", "c3"]


def test_a_conflict_shows_the_quotations_of_each_side():
    (finding,) = conflicts(ask(conflicts=(conflict("c1"),)))

    assert [q.code for q in finding.quotations] == ["q-c1-a", "q-c1"]


def test_a_cell_names_the_conflicts_it_depends_on():
    north, _south, _rest = places(ask(conflicts=(conflict("c1", "north.ads"),)))

    assert [cell.conflicts for cell in north.cells] == [(), ("c1",)]


def test_a_silence_about_something_the_firm_does_not_do_is_left_out():
    known = (
        entry(facts.Silence, "open"),
        entry(facts.Silence, "seats", uses=frozenset({facts.Use.RECRUITING})),
    )

    assert codes(silences(ask(uses=["posts"], silences=known))) == ["open"]
    assert codes(silences(ask(uses=["recruiting"], silences=known))) == [
        "open",
        "seats",
    ]


@pytest.mark.parametrize(
    ("countries", "regions", "found"),
    [
        (("NO",), (), [(Why.OFFICE, "City NO")]),
        (("SE",), (), []),
        ((), ("north",), [(Why.REGION, "North")]),
        ((), (), [(Why.REGION, "North")]),
        (("ES",), (), []),
    ],
    ids=["office there", "same region", "region asked", "all asked", "elsewhere"],
)
def test_an_authority_counts_where_its_country_is(countries, regions, found):
    board = entry(
        facts.Authority,
        "board",
        body="Board",
        is_regulator=True,
        countries=frozenset({"NO"}),
        stated_on=date(2025, 10, 1),
    )

    findings = regulators(ask(*countries, regions=regions, authorities=(board,)))

    assert [(b.why, b.what) for f in findings for b in f.because] == found
    assert duties(ask(*countries, regions=regions, authorities=(board,))) == ()
