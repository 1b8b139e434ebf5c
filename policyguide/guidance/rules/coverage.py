"""Where are the firm's people covered, by which effect, and since when?"""

from policyguide.guidance.facts import Answer, Effect, Region, RegionTerm
from policyguide.guidance.findings import Finding, Place
from policyguide.guidance.inquiry import Inquiry

REACHES = frozenset({Answer.YES, Answer.DISPUTED})


def effects(inquiry: Inquiry) -> tuple[Finding[Effect], ...]:
    """The effects themselves, each on its own: they are never merged."""
    return tuple(inquiry.finding(effect) for effect in inquiry.edition.effects)


def places(inquiry: Inquiry) -> tuple[Place, ...]:
    """A row for each region asked about, with a cell for each effect."""
    return tuple(_place(inquiry, region) for region in inquiry.regions)


def new(inquiry: Inquiry) -> tuple[Finding[RegionTerm], ...]:
    """What reaches the firm's people since the day the edition came into force."""
    return tuple(
        finding
        for finding in _reaching(inquiry)
        if finding.entry.since == inquiry.edition.in_force_from
    )


def before(inquiry: Inquiry) -> tuple[Finding[RegionTerm], ...]:
    """What reached them already, also where no day is known."""
    return tuple(
        finding
        for finding in _reaching(inquiry)
        if finding.entry.since != inquiry.edition.in_force_from
    )


def _reaching(inquiry: Inquiry) -> tuple[Finding[RegionTerm], ...]:
    return tuple(
        cell
        for place in places(inquiry)
        for cell in place.cells
        if cell.entry.answer in REACHES
    )


def _place(inquiry: Inquiry, region: Region) -> Place:
    because = inquiry.because(regions=frozenset({region.code}))
    return Place(
        region=inquiry.finding(region, because=because),
        offices=inquiry.offices_in(region.code),
        cells=tuple(
            inquiry.finding(
                inquiry.edition.term(region.code, effect.code), because=because
            )
            for effect in inquiry.edition.effects
        ),
    )
