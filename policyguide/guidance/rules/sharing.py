"""What do affiliates get, and for which purpose? Purposes are kept apart."""

from policyguide.guidance.facts import AffiliateTerm, Effect
from policyguide.guidance.findings import Finding, Sharing
from policyguide.guidance.inquiry import Inquiry


def sharing(inquiry: Inquiry) -> tuple[Sharing, ...]:
    """For each effect that has a recipient in the regions asked about, its terms."""
    by_effect = (
        Sharing(effect=inquiry.finding(effect), terms=_terms(inquiry, effect))
        for effect in inquiry.edition.effects
    )
    return tuple(sharing for sharing in by_effect if sharing.terms)


def _terms(inquiry: Inquiry, effect: Effect) -> tuple[Finding[AffiliateTerm], ...]:
    return tuple(
        inquiry.finding(term, because=inquiry.because(regions=term.regions))
        for term in inquiry.edition.affiliate_terms
        if term.effect == effect.code and inquiry.bears_on(regions=term.regions)
    )
