"""Scenario firms whose whole guidance was read and approved.

After a change that is meant, write the files anew with

    POLICYGUIDE_APPROVE=1 pytest tests/guidance/test_approved.py

and review the difference as one would a redline.
"""

import os
from datetime import date
from pathlib import Path

import pytest

from policyguide.guidance import compose
from policyguide.guidance.facts import FirmProfile, Office, Use
from policyguide.policy.editions import edition_in_force
from tests.guidance.as_text import as_text

APPROVED = Path(__file__).parent / "approved"
AS_OF = date(2026, 11, 24)


def firm(name, *offices, uses=(), headcount=None):
    return FirmProfile(
        name=name,
        offices=tuple(Office(city=city, country=country) for city, country in offices),
        uses=frozenset(uses),
        headcount=headcount,
    )


SCENARIOS = {
    "nobody": FirmProfile(),
    "asked-about-the-uk-only": FirmProfile(regions=frozenset({"uk"})),
    "dublin-posts": firm("Quay LLP", ("Dublin", "IE"), uses=[Use.POSTS, Use.COMMENTS]),
    "london-everything": firm("Strand LLP", ("London", "GB"), uses=Use, headcount=900),
    "new-york-ads": firm("Broad LLP", ("New York", "US"), uses=[Use.ADS, Use.PROFILES]),
    "zurich-recruiting": firm("Limmat AG", ("Zurich", "CH"), uses=[Use.RECRUITING]),
    "toronto-ads": firm("Bay LLP", ("Toronto", "CA"), uses=[Use.ADS], headcount=60),
    "hong-kong-groups": firm("Peak LLP", ("Hong Kong", "HK"), uses=[Use.GROUPS]),
    "shanghai-profiles": firm("Bund LLP", ("Shanghai", "CN"), uses=[Use.PROFILES]),
    "lagos-messages": firm("Lagoon LP", ("Lagos", "NG"), uses=[Use.MESSAGES]),
    "a-country-nobody-listed": firm("Ice LLP", ("McMurdo", "AQ"), uses=[Use.POLLS]),
    "hale-marsh": firm(
        "Hale & Marsh LLP",
        ("London", "GB"),
        ("Dublin", "IE"),
        ("New York", "US"),
        uses=[Use.PROFILES, Use.POSTS, Use.ARTICLES, Use.COMPANY_PAGE, Use.AI_TOOLS],
        headcount=420,
    ),
    "brandt-keller": firm(
        "Brandt Keller",
        ("Frankfurt", "DE"),
        ("Zurich", "CH"),
        uses=[Use.PROFILES, Use.LEARNING, Use.JOB_HUNTING],
    ),
    "okafor-lin": firm(
        "Okafor Lin",
        ("Toronto", "CA"),
        ("Hong Kong", "HK"),
        ("Chicago", "US"),
        uses=[Use.PROFILES, Use.GROUPS, Use.ADS, Use.RECRUITING],
    ),
}


@pytest.fixture
def edition(db):
    """What is shipped. These tests are of the facts as much as of the rules."""
    return edition_in_force(AS_OF)


@pytest.mark.parametrize("name", SCENARIOS)
def test_guidance_reads_as_approved(name, edition):
    text = as_text(compose(edition, SCENARIOS[name], as_of=AS_OF))
    path = APPROVED / f"{name}.txt"
    if os.environ.get("POLICYGUIDE_APPROVE"):
        path.write_text(text)

    assert text == path.read_text()


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_bottom_line_is_three_to_five_sentences(name, edition):
    guidance = compose(edition, SCENARIOS[name], as_of=AS_OF)

    assert 3 <= len(guidance.bottom_line) <= 5


def test_every_approved_file_is_of_a_scenario():
    assert {path.stem for path in APPROVED.glob("*.txt")} == set(SCENARIOS)
