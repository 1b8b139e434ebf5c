from policyguide.guidance import facts
from policyguide.guidance.findings import Because, Why
from tests.guidance.small import DAY, ask, codes, edition, entry, quotation


def test_a_country_is_in_the_region_that_lists_it_however_it_is_typed():
    assert edition().region_for("no") == "north"


def test_a_country_nobody_listed_is_in_the_rest_of_the_world():
    assert edition().region_for("AQ") == "rest"
    assert edition().region_for("XX") == "rest"


def test_who_names_no_place_is_asked_about_all_of_them():
    assert codes(ask().regions) == ["north", "south", "rest"]


def test_offices_and_regions_asked_about_come_in_the_editions_order():
    assert codes(ask("ES", regions=["north"]).regions) == ["north", "south"]


def test_an_entry_limited_to_a_region_bears_on_the_firms_there_only():
    here, there = frozenset({"north"}), frozenset({"south"})

    assert ask("NO").bears_on(regions=here)
    assert not ask("NO").bears_on(regions=there)
    assert ask("NO").bears_on()


def test_an_entry_limited_to_a_use_bears_on_who_does_it_or_named_none():
    polls = frozenset({facts.Use.POLLS})

    assert ask(uses=["polls"]).bears_on(uses=polls)
    assert ask().bears_on(uses=polls)
    assert not ask(uses=["ads"]).bears_on(uses=polls)


def test_the_reasons_name_each_office_and_use_that_brought_an_entry():
    inquiry = ask("NO", "SE", uses=["polls", "ads"])

    because = inquiry.because(
        regions=frozenset({"north"}), uses=frozenset({facts.Use.POLLS})
    )

    assert because == (
        Because(why=Why.OFFICE, what="City NO"),
        Because(why=Why.OFFICE, what="City SE"),
        Because(why=Why.USE, what="polls"),
    )


def test_a_region_without_an_office_is_named_itself():
    because = ask(regions=["south"]).because(regions=frozenset({"south"}))

    assert because == (Because(why=Why.REGION, what="South"),)


def test_placeholders_are_filled_and_unknown_ones_are_left_alone():
    words = "{firm} has {headcount} people in {places}. {other} {0} {{firm}}"
    inquiry = ask("NO", name="Fjord", headcount=7)

    finding = inquiry.finding(entry(facts.Rumour, "r", words=words), places="the north")

    assert finding.words == "Fjord has 7 people in the north. {other} {0} {Fjord}"


def test_a_firms_name_cannot_smuggle_markdown_into_the_words():
    inquiry = ask(name="[x](https://evil.example) *LLP*")

    finding = inquiry.finding(entry(facts.Rumour, "r", words="{firm}"))

    assert finding.words == r"\[x\]\(https\:\/\/evil\.example\) \*LLP\*"


def test_places_are_named_once_and_read_as_a_phrase():
    inquiry = ask("NO", "ES", regions=["rest"])

    assert inquiry.places_named(inquiry.regions) == "City NO, City ES and Rest"


def test_a_finding_says_when_one_of_its_sources_was_first_found_to_differ():
    rumour = entry(facts.Rumour, "r", quotations=(quotation("a"), quotation("b")))
    inquiry = ask()
    doubtful = type(inquiry)(
        edition=inquiry.edition, profile=inquiry.profile, in_doubt={"b": DAY}
    )

    assert inquiry.finding(rumour).in_doubt_since is None
    assert doubtful.finding(rumour).in_doubt_since == DAY
