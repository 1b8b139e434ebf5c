"""A small world for the rules: two regions and the rest, two effects."""

from datetime import date

from policyguide.guidance import facts
from policyguide.guidance.inquiry import Inquiry

DAY = date(2025, 11, 3)
EARLIER = date(2024, 9, 18)

PAGE = facts.Source(
    code="A1", title="A page", publisher="Somebody", kind=facts.SourceKind.FAQ
)


def quotation(code):
    return facts.Quotation(
        code=code,
        source=PAGE,
        text=f"The words of {code}.",
        provenance=facts.Provenance.READ,
        captured_on=DAY,
        capture_code="A1/one",
        capture_sha256="0" * 64,
        start=0,
        end=1,
    )


def entry(kind, code, **own):
    """An entry of a kind, resting on a quotation of its own."""
    own.setdefault("title", code.capitalize())
    own.setdefault("quotations", (quotation(f"q-{code}"),))
    return kind(code=code, **own)


def term(region, effect, answer, since=None, **own):
    return entry(
        facts.RegionTerm,
        f"{region}.{effect}",
        region=region,
        effect=effect,
        answer=facts.Answer(answer),
        since=since,
        **own,
    )


def edition(**own):
    """North (NO, SE) and south (ES) and the rest; training and ads."""
    whole = {
        "number": 1,
        "title": "One",
        "in_force_from": DAY,
        "change_note": "",
        "sha256": "0" * 64,
        "effects": (entry(facts.Effect, "training"), entry(facts.Effect, "ads")),
        "regions": (
            entry(facts.Region, "north", countries=frozenset({"NO", "SE"})),
            entry(facts.Region, "south", countries=frozenset({"ES"})),
            entry(facts.Region, "rest"),
        ),
        "terms": (
            term("north", "training", "yes", DAY),
            term("north", "ads", "no"),
            term("south", "training", "yes", EARLIER),
            term("south", "ads", "disputed"),
            term("rest", "training", "yes"),
        ),
    }
    return facts.Edition(**whole | own)


def ask(*countries, uses=(), regions=(), name="Fjord LLP", headcount=None, **own):
    """A firm with an office in each country asks of a small edition."""
    profile = facts.FirmProfile(
        name=name,
        offices=tuple(
            facts.Office(city=f"City {country}", country=country)
            for country in countries
        ),
        regions=frozenset(regions),
        uses=frozenset(map(facts.Use, uses)),
        headcount=headcount,
    )
    return Inquiry(edition=edition(**own), profile=profile)


def codes(findings):
    return [finding.code for finding in findings]
