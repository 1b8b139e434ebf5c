"""Which data is used, which is not, and of which does the firm produce any?"""

from policyguide.guidance.facts import DataCategory, Listing
from policyguide.guidance.findings import Finding
from policyguide.guidance.inquiry import Inquiry


def categories(inquiry: Inquiry, listing: Listing) -> tuple[Finding[DataCategory], ...]:
    """The categories so listed: first those the firm's own uses produce.

    None is left out for want of a use, since what is not done today may be tomorrow.
    """
    found = (
        inquiry.finding(
            category,
            because=inquiry.because(regions=category.regions, uses=category.uses),
        )
        for category in inquiry.edition.categories
        if category.listing is listing and inquiry.bears_on(regions=category.regions)
    )
    return tuple(sorted(found, key=lambda finding: not finding.is_yours))
