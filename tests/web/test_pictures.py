"""Pictures say what the guidance says: every answer, every place, every date."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from lxml import html

from policyguide.guidance import compose
from policyguide.guidance.facts import Answer, FirmProfile, Office, Use
from policyguide.policy.labels import label
from policyguide.web.pictures import flow, timeline, where
from tests.guidance.strategies import editions, profiles

OUTLINE = Path(__file__).parents[2] / "static/img/world.svg"
TODAY = date(2026, 11, 24)
FIRMS = {
    "three offices": FirmProfile(
        offices=(
            Office(city="London", country="GB"),
            Office(city="Dublin", country="IE"),
            Office(city="New York", country="US"),
        ),
        uses=frozenset({Use.POSTS, Use.GROUPS}),
    ),
    "an office nobody listed": FirmProfile(
        offices=(Office(city="Lagos", country="NG"),)
    ),
    "two regions": FirmProfile(regions=frozenset({"eu-eea", "hong-kong"})),
    "everybody": FirmProfile(),
}


@pytest.fixture(params=FIRMS.values(), ids=FIRMS.keys())
def guidance(request, shipped_edition):
    return compose(shipped_edition, request.param, as_of=TODAY)


def drawn(picture, guidance):
    return html.fromstring(
        render_to_string(f"pictures/_{picture}.html", {"guidance": guidance})
    )


def names(place):
    return [office.city for office in place.offices] or [place.region.title]


def told(guidance, effect):
    """What the grid says of an effect: its places, by the word for their answer."""
    grid = {}
    for place in guidance.places:
        for cell in place.cells:
            if cell.entry.effect == effect.code:
                word = str(label(cell.entry.answer))
                grid.setdefault(word, []).extend(names(place))
    return grid


def test_each_map_says_what_the_grid_says_of_its_effect(guidance):
    page = drawn("maps", guidance)

    for effect in guidance.effects:
        figure = page.find(f'.//figure[@aria-labelledby="map-{effect.code}"]')
        said = {
            line.find("span").text_content(): line.find("span").tail.strip().split(", ")
            for line in figure.findall(".//li")
        }
        assert said == told(guidance, effect)
        for word, places in said.items():
            assert f"{word}: {', '.join(places)}." in figure.find(".//desc").text


def test_each_area_and_mark_on_a_map_has_the_answer_of_its_region(guidance):
    for drawing in where.maps(guidance).maps:
        answers = {
            place.region.code: cell.entry.answer
            for place in guidance.places
            for cell in place.cells
            if cell.entry.effect == drawing.effect.code
        }
        shaded = {area.area: area.answer for area in drawing.shaded if area.answer}
        assert shaded == answers
        assert {spot.answer for spot in drawing.spots} <= set(answers.values())


def test_a_region_nobody_asked_about_has_no_answer_on_the_map(shipped_edition):
    lagos = FIRMS["an office nobody listed"]
    shown = where.maps(compose(shipped_edition, lagos, as_of=TODAY)).maps[0]

    assert {area.area for area in shown.shaded if area.answer} == {"other"}
    assert len(shown.shaded) == len(shipped_edition.regions)


@pytest.mark.parametrize(
    ("city", "country", "like"),
    [
        ("Zurich", "CH", ("Zürich", "CH")),
        ("new york", "us", ("New York City", "US")),
        ("Frankfurt", "DE", ("Frankfurt am Main", "DE")),
        ("Little Snoring", "GB", ("London", "GB")),
    ],
)
def test_a_city_is_found_however_it_is_spelt_or_else_the_capital(
    shipped_edition, city, country, like
):
    here, there = (
        where.maps(
            compose(shipped_edition, FirmProfile(offices=(office,)), as_of=TODAY)
        )
        for office in (
            Office(city=city, country=country),
            Office(city=like[0], country=like[1]),
        )
    )

    assert here.maps[0].spots == there.maps[0].spots != ()


def test_cities_of_one_name_lie_in_their_own_countries(shipped_edition):
    cities = (Office(city="London", country="GB"), Office(city="London", country="CA"))
    guidance = compose(shipped_edition, FirmProfile(offices=cities), as_of=TODAY)

    xs = [spot.x for spot in where.maps(guidance).maps[0].spots]

    assert max(xs) - min(xs) > 150


def test_the_flow_names_each_effect_with_its_uses_settings_and_places(guidance):
    page = drawn("flow", guidance)

    bodies = page.findall(".//tbody")
    assert len(bodies) == len(guidance.effects)
    for effect, body in zip(guidance.effects, bodies, strict=True):
        uses, settings, places = (
            " ".join(cell.text_content().split()) for cell in body.findall(".//td")
        )
        assert body.find(".//th").text_content() == effect.title
        assert uses == ", ".join(fed_by(guidance, effect)) or uses == "–"
        assert settings == ", ".join(cut_by(guidance, effect)) or settings == "–"
        for word, cities in told(guidance, effect).items():
            assert f"{word} {', '.join(cities)}" in places


def fed_by(guidance, effect):
    """The uses that produce data for the effect: the firm's, or all if it has none."""
    fed = {
        use
        for finding in (*guidance.used, *guidance.unresolved)
        if finding.entry.effect == effect.code
        for use in finding.entry.uses
    }
    return [
        str(label(use))
        for use in Use
        if use in fed and use in (guidance.profile.uses or Use)
    ]


def cut_by(guidance, effect):
    named = {
        cell.entry.control
        for place in guidance.places
        for cell in place.cells
        if cell.entry.effect == effect.code
    }
    return [found.title for found in guidance.controls if found.code in named]


def test_the_drawing_of_the_flow_has_the_words_of_its_table(guidance):
    page = drawn("flow", guidance)
    letters = Counter("".join(page.find(".//svg").text_content().split()))

    for cell in page.findall(".//tbody//td") + page.findall(".//tbody//th"):
        words = "".join(cell.text_content().split())
        assert not Counter(words.replace("–", "")) - letters


@pytest.mark.parametrize(
    ("offices", "effect", "line"),
    [
        (("GB", "IE"), "microsoft-training", Answer.YES),
        (("IE",), "microsoft-training", Answer.NOT_STATED),
        (("CA",), "microsoft-ads", Answer.DISPUTED),
        (("IE",), "microsoft-ads", Answer.NO),
    ],
)
def test_the_line_of_a_flow_is_that_of_its_gravest_answer(
    shipped_edition, offices, effect, line
):
    profile = FirmProfile(
        offices=tuple(Office(city=code, country=code) for code in offices)
    )
    flows = flow.flows(compose(shipped_edition, profile, as_of=TODAY))

    (found,) = (found for found in flows if found.effect.code == effect)
    assert found.carries is line


def test_the_timeline_holds_every_dated_thing_in_order(guidance):
    rows = drawn("timeline", guidance).findall(".//tbody/tr")

    days = [row.find(".//time").get("datetime") for row in rows]
    told = {(row.find(".//time").get("datetime"), anchor(row)) for row in rows}
    history = {(day(f.entry.since), f.code) for f in guidance.history}
    statements = {
        (day(f.entry.stated_on), f.code)
        for f in guidance.regulators
        if f.entry.stated_on
    }
    assert days == sorted(days)
    assert history | statements <= told


def test_the_timeline_says_since_when_an_effect_reaches_each_place(guidance):
    said = {
        (event.on, event.title, event.answer, who)
        for event in timeline.events_of(guidance)
        if event.lane is timeline.Lane.IN_FORCE
        for who in event.who
    }

    titles = {effect.code: effect.title for effect in guidance.effects}
    assert said == {
        (cell.entry.since, titles[cell.entry.effect], cell.entry.answer, name)
        for place in guidance.places
        for cell in place.cells
        if cell.entry.since and cell.entry.answer in {Answer.YES, Answer.DISPUTED}
        for name in names(place)
    }


def test_each_event_carries_the_citations_of_what_it_names(guidance):
    for row in drawn("timeline", guidance).findall(".//tbody/tr"):
        cited = {int(link.text) for link in row.findall(".//sup//button")}
        entry = guidance.edition.entry[anchor(row)]
        numbers = {guidance.citation_of[q.code].number for q in entry.quotations}
        assert numbers
        assert numbers <= cited


def anchor(row):
    return row.xpath("./td/a/@href")[0].removeprefix("#entry-")


def day(on):
    return on.isoformat()


def test_every_event_is_marked_once_in_the_picture(guidance):
    page = drawn("timeline", guidance)

    marks = [
        int(mark.text) for mark in page.findall('.//text[@class="timeline__number"]')
    ]
    assert sorted(marks) == list(range(1, len(page.findall(".//tbody/tr")) + 1))


def test_marks_of_one_row_do_not_touch(guidance):
    for strip in timeline.timeline(guidance).strips:
        rows = {}
        for mark in strip.marks:
            assert mark.x - rows.get(mark.y, -99) >= timeline.APART
            rows[mark.y] = mark.x


@settings(max_examples=30)
@given(editions(), profiles())
def test_there_is_a_picture_for_every_firm(edition, profile):
    guidance = compose(edition, profile, as_of=TODAY)

    seen = where.maps(guidance)
    for spot in (spot for drawing in seen.maps for spot in drawing.spots):
        assert seen.frame.x <= spot.x <= seen.frame.x + seen.frame.width
        assert seen.frame.y <= spot.y <= seen.frame.y + seen.frame.height
    assert flow.Drawing(flows=flow.flows(guidance)).height > 0
    dated = timeline.timeline(guidance)
    assert dated is None or dated.height > 0


def test_every_country_has_a_shape_to_be_shaded(shipped_edition):
    shapes = set(re.findall(r'id="([A-Z]{2})"', OUTLINE.read_text()))

    assert set(shipped_edition.region_of_country) <= shapes


def test_the_outline_is_light():
    assert OUTLINE.stat().st_size <= 40_000
