"""What must a reader know first?"""

from collections.abc import Iterator
from itertools import islice

from policyguide.guidance.facts import Headline, Region
from policyguide.guidance.findings import Finding
from policyguide.guidance.inquiry import Inquiry

MOST_SENTENCES = 5


def bottom_line(inquiry: Inquiry) -> tuple[Finding[Headline], ...]:
    """The first five headlines, in the edition's order, that hold for the firm."""
    return tuple(islice(headlines(inquiry), MOST_SENTENCES))


def headlines(inquiry: Inquiry) -> Iterator[Finding[Headline]]:
    """All headlines that hold for the firm, also those the bottom line has no room for.

    A headline about an effect holds where a region asked about has its answer; it then
    rests on the quotations of those answers too.
    """
    for headline in inquiry.edition.headlines:
        finding = _headline(inquiry, headline)
        if finding is not None:
            yield finding


def _headline(inquiry: Inquiry, headline: Headline) -> Finding[Headline] | None:
    where = _where_it_holds(inquiry, headline)
    if not where or not inquiry.bears_on(uses=headline.uses):
        return None
    limited_to = where if headline.effect else ()
    return inquiry.finding(
        headline,
        because=inquiry.because(
            regions=frozenset(region.code for region in limited_to), uses=headline.uses
        ),
        resting_on=tuple(
            quotation
            for region in limited_to
            for quotation in inquiry.edition.term(
                region.code, headline.effect
            ).quotations
        ),
        places=inquiry.places_named(where),
    )


def _where_it_holds(inquiry: Inquiry, headline: Headline) -> tuple[Region, ...]:
    if not headline.effect:
        return inquiry.regions
    return tuple(
        region
        for region in inquiry.regions
        if inquiry.edition.term(region.code, headline.effect).answer is headline.answer
    )
