"""`compose` is total, cites every fact, and merges and hides nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyguide.guidance import compose, facts
from policyguide.guidance.findings import MUST_BE_CITED, Uncited, Why
from tests.guidance.strategies import DAYS, editions, profiles

QUESTIONS = editions().flatmap(
    lambda edition: st.tuples(
        st.just(edition), profiles([region.code for region in edition.regions]), DAYS
    )
)


@given(QUESTIONS)
def test_every_profile_gets_an_answer_in_which_no_fact_is_uncited(question):
    edition, profile, day = question

    guidance = compose(edition, profile, as_of=day)

    for finding in guidance:
        assert finding.quotations or finding.standing not in MUST_BE_CITED
        assert finding.because


@given(QUESTIONS)
def test_the_grid_has_a_cell_for_every_place_and_effect(question):
    edition, profile, day = question

    guidance = compose(edition, profile, as_of=day)

    effects = [effect.code for effect in edition.effects]
    for place in guidance.places:
        assert [cell.entry.effect for cell in place.cells] == effects
        assert {cell.entry.region for cell in place.cells} <= {place.region.code}


@given(QUESTIONS)
def test_every_office_stands_in_just_one_place(question):
    edition, profile, day = question

    guidance = compose(edition, profile, as_of=day)

    if edition.regions:
        codes = {region.code: region for region in edition.regions}
        found = [office for place in guidance.places for office in place.offices]
        if len(codes) == len(edition.regions):
            assert sorted(found, key=repr) == sorted(profile.offices, key=repr)


@given(QUESTIONS)
def test_every_quotation_shown_has_one_number_and_numbers_have_no_gap(question):
    edition, profile, day = question

    guidance = compose(edition, profile, as_of=day)

    assert [c.number for c in guidance.citations] == list(
        range(1, len(guidance.citations) + 1)
    )
    shown = {quotation for finding in guidance for quotation in finding.quotations}
    assert {citation.quotation for citation in guidance.citations} == shown
    in_sources = [c for source in guidance.sources for c in source.citations]
    assert sorted(in_sources, key=lambda c: c.number) == list(guidance.citations)


@given(QUESTIONS)
def test_a_cell_that_depends_on_a_conflict_says_so_and_the_conflict_is_shown(question):
    edition, profile, day = question

    guidance = compose(edition, profile, as_of=day)

    shown = {conflict.code for conflict in guidance.conflicts}
    for place in guidance.places:
        for cell in place.cells:
            touching = {c.code for c in edition.conflicts if cell.code in c.touches}
            assert set(cell.conflicts) == touching
            if _codes_are_unique(edition):
                assert touching <= shown


def _codes_are_unique(edition):
    return len(edition.entry) == sum(
        len(getattr(edition, kind))
        for kind in (
            *("effects", "regions", "controls", "terms", "clauses", "categories"),
            *("affiliate_terms", "headlines", "actions", "conflicts", "silences"),
            *("rumours", "authorities"),
        )
    )


@given(QUESTIONS)
def test_the_same_question_gets_the_same_answer(question):
    edition, profile, day = question

    assert compose(edition, profile, as_of=day) == compose(edition, profile, as_of=day)


@given(QUESTIONS)
def test_a_quotation_in_doubt_marks_every_finding_that_rests_on_it(question):
    edition, profile, day = question
    sound = compose(edition, profile, as_of=day)
    quotations = [citation.quotation.code for citation in sound.citations]
    doubtful = dict.fromkeys(quotations[:1], day)

    guidance = compose(edition, profile, as_of=day, in_doubt=doubtful)

    for finding in guidance:
        rests = any(quotation.code in doubtful for quotation in finding.quotations)
        assert finding.in_doubt_since == (day if rests else None)


def test_a_fact_without_a_quotation_is_refused():
    bare = facts.Rumour(code="bare", title="Said by nobody")
    edition = facts.Edition(
        number=1,
        title="One",
        in_force_from=date(2025, 11, 3),
        change_note="",
        sha256="",
        rumours=(bare,),
    )

    with pytest.raises(Uncited, match="bare"):
        compose(edition, facts.FirmProfile(), as_of=date(2025, 11, 3))


def test_our_view_and_what_is_unsaid_need_no_quotation():
    edition = facts.Edition(
        number=1,
        title="One",
        in_force_from=date(2025, 11, 3),
        change_note="",
        sha256="",
        silences=(
            facts.Silence(code="q", title="Why?", standing=facts.Standing.UNSAID),
        ),
    )

    guidance = compose(edition, facts.FirmProfile(), as_of=date(2025, 11, 3))

    assert [finding.code for finding in guidance.silences] == ["q"]
    assert guidance.silences[0].because[0].why is Why.EVERYONE
