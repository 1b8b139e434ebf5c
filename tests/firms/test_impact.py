"""Who is told anything else by a change: as composing for each firm alone would say."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

import pytest
from django_countries import countries

from policyguide.firms.impact import Replacement, outlines
from policyguide.firms.models import Firm
from policyguide.guidance import compose
from policyguide.guidance.compare import compare
from policyguide.guidance.facts import Answer, FirmProfile, Office, Use
from policyguide.policy.editions import edition_numbered
from policyguide.policy.models import Edition

AS_OF = date(2026, 12, 1)
COUNTRIES = [code for code, _ in countries]
COMMON = ["GB", "IE", "DE", "US", "CH", "CA", "HK", "CN", "FR", "NG"]


@dataclass(frozen=True)
class Anybody:
    """A firm made up at random, always the same for a number."""

    number: int

    def profile(self):
        random = Random(self.number)  # noqa: S311 - no secret is made of it
        chosen = random.choices(COMMON, k=random.randint(0, 4))
        rare = random.choices(COUNTRIES, k=random.randint(0, 1))
        return FirmProfile(
            name=f"Firm {self.number}",
            offices=tuple(
                Office(city=f"City {place}", country=country)
                for place, country in enumerate(chosen + rare)
            ),
            uses=frozenset(random.sample(list(Use), random.randint(0, 5))),
            headcount=random.choice([None, 12]),
        )


FIRMS = [Anybody(number) for number in range(40)]


@pytest.fixture
def edition(db):
    return edition_numbered(1, Edition.objects.get(number=1).sha256)


def first(edition, kind, **changes):
    """The edition with its first entry of a kind changed."""
    entry, *others = getattr(edition, kind)
    return replace(edition, **{kind: (replace(entry, **changes), *others)})


def turned(edition):
    """Every yes of one effect turned into a no."""
    effect = edition.effects[2].code
    return replace(
        edition,
        terms=tuple(
            replace(term, answer=Answer.NO)
            if (term.effect, term.answer) == (effect, Answer.YES)
            else term
            for term in edition.terms
        ),
    )


def moved(edition):
    """A country in a region of its own kind no more: it is one of the rest."""
    return replace(
        edition,
        regions=tuple(
            replace(region, countries=region.countries - {"IE"})
            for region in edition.regions
        ),
    )


CHANGES = {
    "nothing": lambda e: e,
    "a clause": lambda e: first(e, "clauses", words="Reworded."),
    "an action for some uses": lambda e: replace(
        e,
        actions=tuple(
            replace(action, words="Do otherwise.") if action.uses else action
            for action in e.actions
        ),
    ),
    "a category": lambda e: first(e, "categories", uses=frozenset({Use.ADS})),
    "cells": turned,
    "a headline less": lambda e: replace(e, headlines=e.headlines[1:]),
    "a headline for some": lambda e: first(
        e, "headlines", uses=frozenset({Use.RECRUITING})
    ),
    "a conflict less": lambda e: replace(e, conflicts=e.conflicts[1:]),
    "an authority less": lambda e: replace(e, authorities=e.authorities[1:]),
    "a country moved": moved,
    "a silence less": lambda e: replace(e, silences=e.silences[1:]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_firm_is_in_the_group_of_what_it_is_told(name, edition):
    after = CHANGES[name](edition)

    impact = Replacement(before=edition, after=after, as_of=AS_OF).impact(FIRMS)

    grouped = {
        firm: [(d.how, d.code) for d in group.differences]
        for group in impact.groups
        for firm in group.firms
    }
    alone = {
        firm: [
            (d.how, d.code)
            for d in compare(
                compose(edition, firm.profile(), as_of=AS_OF),
                compose(after, firm.profile(), as_of=AS_OF),
            )
        ]
        for firm in FIRMS
    }
    assert {firm: grouped.get(firm, []) for firm in FIRMS} == alone
    assert impact.unaffected == sum(not told for told in alone.values())


def test_the_largest_group_comes_first(edition):
    impact = Replacement(before=edition, after=turned(edition), as_of=AS_OF).impact(
        FIRMS
    )

    sizes = [len(group.firms) for group in impact.groups]
    assert len(sizes) > 1
    assert sizes == sorted(sizes, reverse=True)


def test_outlines_hold_all_that_firms_are_told_apart_by(edition, db):
    replacement = Replacement(before=edition, after=turned(edition), as_of=AS_OF)
    firms = Firm.objects.prefetch_related("offices").order_by("pk")

    whole = replacement.impact(firms)
    known = Replacement(before=edition, after=turned(edition), as_of=AS_OF)
    progress = known.look_at(outlines(), most=len(firms))

    assert progress.is_complete
    assert known.told == replacement.told
    assert whole.groups
