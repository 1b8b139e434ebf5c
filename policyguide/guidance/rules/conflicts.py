"""Where do the sources disagree on something the firm is told?"""

from policyguide.guidance.facts import Conflict
from policyguide.guidance.findings import Finding
from policyguide.guidance.inquiry import Inquiry


def conflicts(inquiry: Inquiry) -> tuple[Finding[Conflict], ...]:
    """Every conflict but those that touch only regions nobody asked about."""
    elsewhere = _codes_elsewhere(inquiry)
    return tuple(
        inquiry.finding(conflict)
        for conflict in inquiry.edition.conflicts
        if not conflict.touches or conflict.touches - elsewhere
    )


def _codes_elsewhere(inquiry: Inquiry) -> frozenset[str]:
    """Codes of the entries that hold only in regions nobody asked about."""
    edition = inquiry.edition
    terms = {
        term.code for term in edition.terms if term.region not in inquiry.region_codes
    }
    limited = {
        entry.code
        for entries in (edition.clauses, edition.categories, edition.controls)
        for entry in entries
        if not inquiry.bears_on(regions=entry.regions)
    }
    sharing = {
        term.code
        for term in edition.affiliate_terms
        if not inquiry.bears_on(regions=term.regions)
    }
    return frozenset(terms | limited | sharing)
