"""How does a person object, and what does objecting reach?"""

from policyguide.guidance.facts import Control
from policyguide.guidance.findings import Finding
from policyguide.guidance.inquiry import Inquiry


def controls(inquiry: Inquiry) -> tuple[Finding[Control], ...]:
    """The settings and forms open to people in the regions asked about."""
    return tuple(
        inquiry.finding(control, because=inquiry.because(regions=control.regions))
        for control in inquiry.edition.controls
        if inquiry.bears_on(regions=control.regions)
    )
