"""Any edition and any profile, within what the record can hold."""

import string
from datetime import date

from hypothesis import strategies as st

from policyguide.guidance import facts

CODES = st.text(string.ascii_lowercase, min_size=1, max_size=3)
WORDS = st.sampled_from(
    ["", "Words.", "In {places}.", "{firm}: {headcount}", "{x} {0} *é* 法", "[a](b)"]
)
DAYS = st.sampled_from(
    [date(2024, 9, 18), date(2025, 11, 2), date(2025, 11, 3), date(2027, 1, 1)]
)
USES = st.frozensets(st.sampled_from(facts.Use), max_size=3)
COUNTRIES = [
    first + second
    for first in string.ascii_uppercase
    for second in string.ascii_uppercase
]

QUOTATIONS = st.builds(
    facts.Quotation,
    code=CODES,
    source=st.builds(
        facts.Source,
        code=st.sampled_from(["A1", "B2", "C3"]),
        title=st.just("A page"),
        publisher=st.just("Somebody"),
        kind=st.just(facts.SourceKind.FAQ),
    ),
    text=st.just("Just so."),
    provenance=st.just(facts.Provenance.READ),
    captured_on=st.just(date(2026, 11, 24)),
    capture_code=st.just("A1/one"),
    capture_sha256=st.just("0" * 64),
    start=st.just(0),
    end=st.just(8),
)
CITED = st.lists(QUOTATIONS, min_size=1, max_size=2).map(tuple)
UNCITED = st.just(())


@st.composite
def entries(draw, kind, **own):
    """Entries of a kind: cited if they state a fact, as `policy` sees to."""
    standing = draw(st.sampled_from(facts.Standing))
    must = standing in {facts.Standing.FACT, facts.Standing.INFERENCE}
    return kind(
        code=draw(CODES),
        title=draw(WORDS),
        words=draw(WORDS),
        standing=standing,
        quotations=draw(CITED if must else UNCITED | CITED),
        **{name: draw(strategy) for name, strategy in own.items()},
    )


def several(kind, *, most=2, **own):
    return st.lists(entries(kind, **own), max_size=most).map(tuple)


@st.composite
def editions(draw):
    """Editions with any grid, whole or with holes, and every kind of entry."""
    effects = draw(several(facts.Effect))
    regions = draw(
        several(
            facts.Region,
            most=4,
            countries=st.frozensets(st.sampled_from(COUNTRIES), max_size=5),
        )
    )
    effect = st.sampled_from([entry.code for entry in effects] or ["none"])
    region = st.sampled_from([entry.code for entry in regions] or ["none"])
    some = st.frozensets(region, max_size=2)
    answer = st.sampled_from(facts.Answer)
    terms = draw(
        several(
            facts.RegionTerm,
            most=6,
            region=region,
            effect=effect,
            answer=answer,
            since=st.none() | DAYS,
        )
    )
    touched = st.sampled_from([term.code for term in terms] or ["none"])
    kinds = {
        "controls": several(facts.Control, where=WORDS, regions=some),
        "clauses": several(
            facts.Clause, topic=st.sampled_from(facts.Topic), regions=some
        ),
        "categories": several(
            facts.DataCategory,
            effect=effect,
            listing=st.sampled_from(facts.Listing),
            uses=USES,
            regions=some,
        ),
        "affiliate_terms": several(
            facts.AffiliateTerm, recipient=WORDS, effect=effect, regions=some
        ),
        "headlines": several(facts.Headline, effect=effect, answer=answer, uses=USES),
        "actions": several(
            facts.Action,
            audience=st.sampled_from(facts.Audience),
            by_when=WORDS,
            regions=some,
            uses=USES,
        ),
        "conflicts": several(
            facts.Conflict,
            positions=st.lists(
                st.builds(facts.Position, code=CODES, words=WORDS, quotations=CITED),
                max_size=2,
            ).map(tuple),
            resolution=WORDS,
            touches=st.frozensets(touched, max_size=3),
        ),
        "silences": several(facts.Silence, uses=USES),
        "rumours": several(facts.Rumour),
        "authorities": several(
            facts.Authority,
            body=WORDS,
            is_regulator=st.booleans(),
            countries=st.frozensets(st.sampled_from(COUNTRIES), max_size=3),
        ),
    }
    return facts.Edition(
        number=draw(st.integers(1, 9)),
        title="An edition",
        in_force_from=draw(DAYS),
        change_note="",
        sha256="0" * 64,
        effects=effects,
        regions=regions,
        terms=terms,
        **{name: draw(strategy) for name, strategy in kinds.items()},
    )


OFFICES = st.builds(
    facts.Office,
    city=st.text(min_size=1, max_size=12),
    country=st.sampled_from(COUNTRIES),
)


def profiles(regions=()):
    """Any firm, and nobody: any countries, listed or not, any uses, any regions."""
    return st.builds(
        facts.FirmProfile,
        name=st.text(max_size=20),
        offices=st.lists(OFFICES, max_size=8).map(tuple),
        regions=st.frozensets(st.sampled_from(list(regions) or ["none"]), max_size=3),
        uses=st.frozensets(st.sampled_from(facts.Use)),
        headcount=st.none() | st.integers(0, 10**6),
    )
