"""What have regulators and professional bodies said, where the firm has people?"""

from policyguide.guidance.facts import Authority
from policyguide.guidance.findings import Because, Finding, Why
from policyguide.guidance.inquiry import Inquiry


def regulators(inquiry: Inquiry) -> tuple[Finding[Authority], ...]:
    """Statements of data-protection regulators for the firm's jurisdictions."""
    return _authorities(inquiry, is_regulator=True)


def duties(inquiry: Inquiry) -> tuple[Finding[Authority], ...]:
    """Professional duties for the firm's jurisdictions."""
    return _authorities(inquiry, is_regulator=False)


def _authorities(
    inquiry: Inquiry, *, is_regulator: bool
) -> tuple[Finding[Authority], ...]:
    return tuple(
        inquiry.finding(authority, because=because)
        for authority in inquiry.edition.authorities
        if authority.is_regulator == is_regulator
        and (because := _because(inquiry, authority))
    )


def _because(inquiry: Inquiry, authority: Authority) -> tuple[Because, ...]:
    """The offices in its countries, and the regions that hold one but no office."""
    offices = tuple(
        Because(why=Why.OFFICE, what=office.city)
        for office in inquiry.profile.offices
        if office.country.upper() in authority.countries
    )
    regions = tuple(
        Because(why=Why.REGION, what=region.title)
        for region in inquiry.regions
        if region.countries & authority.countries
        and not inquiry.offices_in(region.code)
    )
    return offices + regions
