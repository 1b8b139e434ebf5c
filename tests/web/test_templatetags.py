"""The few things that templates need beyond Django's own."""

from policyguide.guidance.facts import DataCategory, Listing, Use
from policyguide.web.templatetags.policyguide import for_effect, in_order, terms_in
from tests.guidance import small


def test_uses_stand_in_the_order_of_their_list():
    assert in_order(frozenset({Use.ADS, Use.POSTS})) == [Use.POSTS, Use.ADS]


def test_a_regions_row_follows_the_effects_and_has_no_gap():
    edition = small.edition()
    _north, _south, rest = edition.regions

    row = terms_in(rest, edition)

    assert [term.code for term in row] == ["rest.training", "rest.ads"]


def test_a_category_is_shown_under_its_own_effect_only():
    inquiry = small.ask()
    findings = tuple(
        inquiry.finding(
            small.entry(
                DataCategory, effect, effect=effect, listing=Listing.USED, words=""
            )
        )
        for effect in ("training", "ads")
    )

    assert [finding.code for finding in for_effect(findings, "ads")] == ["ads"]
