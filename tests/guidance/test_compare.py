"""What changed for a firm: everything, once for each cause, and nothing else."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policyguide.guidance import compose, facts
from policyguide.guidance.compare import Cause, How, compare, differ
from policyguide.guidance.inquiry import Inquiry
from policyguide.guidance.rules.bottom_line import MOST_SENTENCES, headlines
from tests.guidance.strategies import DAYS, editions, profiles

DAY = date(2026, 11, 24)
SOURCE = facts.Source(
    code="A8059228",
    title="A page",
    publisher="LinkedIn",
    kind=facts.SourceKind.UPDATE_NOTICE,
)
QUOTATION = facts.Quotation(
    code="q1",
    source=SOURCE,
    text="we will",
    provenance=facts.Provenance.READ,
    captured_on=DAY,
    capture_code="A8059228/one",
    capture_sha256="0" * 64,
    start=0,
    end=7,
)
UK = facts.Region(
    code="uk", title="UK", countries=frozenset({"GB"}), quotations=(QUOTATION,)
)
REST = facts.Region(code="other", title="Elsewhere", quotations=(QUOTATION,))
TRAINING = facts.Effect(code="training", title="Training", quotations=(QUOTATION,))
CELL = facts.RegionTerm(
    code="uk.training",
    title="",
    words="It trains.",
    region="uk",
    effect="training",
    answer=facts.Answer.YES,
    quotations=(QUOTATION,),
)
ONLY_UK = facts.Clause(
    code="uk-clause",
    title="In the UK",
    words="A clause.",
    topic=facts.Topic.TRAINING,
    regions=frozenset({"uk"}),
    quotations=(QUOTATION,),
)
EDITION = facts.Edition(
    number=1,
    title="One",
    in_force_from=date(2025, 11, 3),
    change_note="",
    sha256="",
    effects=(TRAINING,),
    regions=(UK, REST),
    terms=(CELL,),
    clauses=(ONLY_UK,),
)
LONDON = facts.FirmProfile(
    name="Hale", offices=(facts.Office(city="London", country="GB"),)
)
TOKYO = facts.FirmProfile(
    name="Hale", offices=(facts.Office(city="Tokyo", country="JP"),)
)


@given(editions(), profiles(), DAYS, DAYS)
def test_nothing_changed_is_a_result_whatever_the_day(edition, profile, day, later):
    before = compose(edition, profile, as_of=day)
    after = compose(edition, profile, as_of=later)

    assert compare(before, after) == ()
    assert not differ(before, after)


@given(editions(), editions(), profiles(), profiles(), st.just(DAY))
def test_every_finding_that_came_or_went_is_told(old, new, then, now, day):
    before, after = compose(old, then, as_of=day), compose(new, now, as_of=day)

    told = compare(before, after)

    came, went = _held(after) - _held(before), _held(before) - _held(after)
    assert came <= {found.code for found in told if found.how is How.ADDED}
    assert went <= {found.code for found in told if found.how is How.REMOVED}
    if then == now:
        assert differ(before, after) == bool(told)
        assert all(found.cause is Cause.TERMS for found in told)
    if old == new:
        assert all(found.cause is Cause.PROFILE for found in told)


def test_an_answer_that_the_terms_changed_is_told_with_both_answers():
    changed = replace(CELL, answer=facts.Answer.NO, words="It does not train.")

    (found,) = _compared(EDITION, replace(EDITION, terms=(changed,)))

    assert (found.how, found.cause, found.code) == (
        How.REWORDED,
        Cause.TERMS,
        "uk.training",
    )
    assert [(r.name, r.before, r.after) for r in found.rewordings] == [
        ("answer", facts.Answer.YES, facts.Answer.NO),
        ("words", "It trains.", "It does not train."),
    ]


def test_a_quotation_with_another_text_is_told_old_and_new():
    reworded = replace(QUOTATION, code="q2", text="we will not")
    changed = replace(CELL, quotations=(reworded,))

    (found,) = _compared(EDITION, replace(EDITION, terms=(changed,)))

    assert found.quoted_before == (QUOTATION,)
    assert found.quoted_now == (reworded,)
    assert found.rewordings == ()


def test_the_same_words_read_in_a_newer_capture_are_no_difference():
    again = replace(QUOTATION, code="q9", captured_on=date(2027, 1, 1), start=4, end=11)
    newer = replace(EDITION, terms=(replace(CELL, quotations=(again,)),))

    assert _compared(EDITION, newer) == ()


def test_a_new_office_and_a_new_wording_are_told_apart():
    reworded = replace(ONLY_UK, words="Another clause.")
    new = replace(EDITION, clauses=(reworded,))
    both = replace(LONDON, offices=LONDON.offices + TOKYO.offices)

    found = compare(compose(EDITION, LONDON, as_of=DAY), compose(new, both, as_of=DAY))

    assert [(f.cause, f.how, f.code) for f in found] == [
        (Cause.TERMS, How.REWORDED, "uk-clause"),
        (Cause.PROFILE, How.ADDED, "other"),
        (Cause.PROFILE, How.ADDED, "other.training"),
    ]


def test_what_the_terms_changed_elsewhere_is_no_difference_for_the_firm():
    reworded = replace(ONLY_UK, words="Another clause.")
    new = replace(EDITION, clauses=(reworded,))

    assert not differ(
        compose(EDITION, TOKYO, as_of=DAY), compose(new, TOKYO, as_of=DAY)
    )


def test_what_is_gone_comes_last_with_what_it_quoted():
    found = _compared(EDITION, replace(EDITION, clauses=()))

    assert [(f.how, f.finding.words) for f in found] == [(How.REMOVED, "A clause.")]
    assert found[0].quoted_before == (QUOTATION,)
    assert found[0].edition is EDITION


def test_a_headline_that_another_moved_out_of_the_bottom_line_is_not_gone():
    five = [_headline(f"h{number}") for number in range(MOST_SENTENCES)]
    first = _headline("first")
    old = replace(EDITION, headlines=(*five,))

    found = _compared(old, replace(EDITION, headlines=(first, *five)))
    back = _compared(replace(EDITION, headlines=(first, *five)), old)

    assert [(f.how, f.code) for f in found] == [(How.ADDED, "first")]
    assert [(f.how, f.code) for f in back] == [(How.REMOVED, "first")]


def _headline(code):
    return facts.Headline(code=code, title=code, standing=facts.Standing.VIEW)


def _held(guidance):
    """The codes of all findings, and of headlines that the bottom line leaves out."""
    inquiry = Inquiry(edition=guidance.edition, profile=guidance.profile)
    return {finding.code for finding in (*headlines(inquiry), *guidance)}


def _compared(old, new):
    return compare(compose(old, LONDON, as_of=DAY), compose(new, LONDON, as_of=DAY))
