"""Where the firm's people are covered: a map for each effect.

The outline is `static/img/world.svg`, a shape for each country; `cities.csv` says where
cities lie on it. Both are made by `bin/draw-world`.
"""

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policyguide.guidance.facts import Answer, Edition, Effect, Office
from policyguide.guidance.findings import Finding, Guidance, Place
from policyguide.web.pictures.answers import Answered, answer_in, answers_for

CITIES = Path(__file__).with_name("cities.csv")
WIDTH, HEIGHT = 1000, 435
NEAREST = 360  # the narrowest piece of the map that still shows where it is
AROUND = 70
MARK = 0.05  # of the width shown

Point = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The piece of the map that is shown."""

    x: int
    y: int
    width: int
    height: int

    @property
    def mark(self) -> int:
        """How large a mark is, so that it looks the same in every frame."""
        return 2 * self.radius

    @property
    def radius(self) -> int:
        return round(self.width * MARK / 2)


@dataclass(frozen=True, kw_only=True)
class Area:
    """A region's countries on the map; the rest of the world is all of it."""

    code: str
    countries: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shaded:
    """An area with its answer; without one, the firm did not ask about it."""

    area: str
    answer: Answer | None


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A mark for an answer, where an office or else the region lies."""

    x: int
    y: int
    answer: Answer
    radius: int

    @property
    def left(self) -> int:
        return self.x - self.radius

    @property
    def top(self) -> int:
        return self.y - self.radius


@dataclass(frozen=True, kw_only=True)
class Map:
    """One effect on the map."""

    effect: Finding[Effect]
    answers: tuple[Answered, ...]
    shaded: tuple[Shaded, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, kw_only=True)
class Maps:
    """The same piece of the world for each effect."""

    frame: Frame
    areas: tuple[Area, ...]
    maps: tuple[Map, ...]


def maps(guidance: Guidance) -> Maps:
    """The maps of a guidance: one an effect, for they are never merged."""
    points = {
        place.region.code: _points(place, guidance.edition) for place in guidance.places
    }
    frame = _frame(points.values())
    areas = _areas(guidance)
    return Maps(
        frame=frame,
        areas=areas,
        maps=tuple(
            Map(
                effect=effect,
                answers=answers_for(effect.code, guidance),
                shaded=_shaded(effect.code, guidance, areas),
                spots=_spots(effect.code, guidance, points, frame),
            )
            for effect in guidance.effects
        ),
    )


def _areas(guidance: Guidance) -> tuple[Area, ...]:
    """What is to be shaded, the rest of the world first: others are laid over it."""
    edition = guidance.edition
    asked = {place.region.code for place in guidance.places}
    around = edition.rest_of_world in asked
    areas = [
        Area(code=region.code, countries=tuple(sorted(region.countries)))
        for region in edition.regions
        if around or region.code in asked
    ]
    return tuple(sorted(areas, key=lambda area: area.code != edition.rest_of_world))


def _shaded(
    effect: str, guidance: Guidance, areas: tuple[Area, ...]
) -> tuple[Shaded, ...]:
    answers = {place.region.code: answer_in(place, effect) for place in guidance.places}
    return tuple(
        Shaded(area=area.code, answer=answers.get(area.code)) for area in areas
    )


def _spots(
    effect: str, guidance: Guidance, points: dict[str, list[Point]], frame: Frame
) -> tuple[Spot, ...]:
    return tuple(
        Spot(
            x=round(x),
            y=round(y),
            answer=answer_in(place, effect),
            radius=frame.radius,
        )
        for place in guidance.places
        for x, y in points[place.region.code]
    )


def _points(place: Place, edition: Edition) -> list[Point]:
    """Where its offices lie; without any, the middle of its countries' capitals."""
    if place.offices:
        points = (_position(office) for office in place.offices)
        return list(dict.fromkeys(point for point in points if point))
    countries = place.region.entry.countries
    capitals = [_capitals()[code] for code in countries if code in _capitals()]
    if not capitals:
        return []
    xs, ys = zip(*capitals, strict=True)
    return [(sum(xs) / len(xs), sum(ys) / len(ys))]


def _frame(points: Iterable[list[Point]]) -> Frame:
    """All of the world, or the piece around the points if every place has one."""
    places = list(points)
    if not places or not all(places):
        return Frame(x=0, y=0, width=WIDTH, height=HEIGHT)
    xs, ys = zip(*(point for place in places for point in place), strict=True)
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    wanted = max(across + 2 * AROUND, (down + 2 * AROUND) * WIDTH / HEIGHT, NEAREST)
    width = min(round(wanted), WIDTH)
    height = round(width * HEIGHT / WIDTH)
    return Frame(
        x=_within(WIDTH - width, (max(xs) + min(xs) - width) / 2),
        y=_within(HEIGHT - height, (max(ys) + min(ys) - height) / 2),
        width=width,
        height=height,
    )


def _within(most: int, wanted: float) -> int:
    return min(max(round(wanted), 0), most)


def _position(office: Office) -> Point | None:
    """Where the city lies, or else its country's capital; None if neither is known."""
    country, city = office.country.upper(), _plain(office.city)
    named = (
        point
        for name, point in _cities().get(country, ())
        if name == city or f"{name} ".startswith(f"{city} ")
    )
    return next(named, None) or _capitals().get(country)


@cache
def _cities() -> dict[str, list[tuple[str, Point]]]:
    """Cities by country: the capital first, then the larger before the smaller."""
    cities: dict[str, list[tuple[str, Point]]] = {}
    with CITIES.open(encoding="utf-8", newline="") as rows:
        for country, name, x, y in csv.reader(rows):
            cities.setdefault(country, []).append((_plain(name), (int(x), int(y))))
    return cities


@cache
def _capitals() -> dict[str, Point]:
    return {country: cities[0][1] for country, cities in _cities().items()}


def _plain(name: str) -> str:
    """A name as it is compared: without accents, hyphens or capitals."""
    letters = unicodedata.normalize("NFKD", name.replace("-", " "))
    return "".join(filter(lambda c: not unicodedata.combining(c), letters)).casefold()
