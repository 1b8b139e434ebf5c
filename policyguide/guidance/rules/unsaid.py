"""What do the sources leave open, and what is said that they do not bear out?"""

from policyguide.guidance.facts import Rumour, Silence
from policyguide.guidance.findings import Finding
from policyguide.guidance.inquiry import Inquiry


def silences(inquiry: Inquiry) -> tuple[Finding[Silence], ...]:
    """What was looked for and not found, for what the firm does."""
    return tuple(
        inquiry.finding(silence, because=inquiry.because(uses=silence.uses))
        for silence in inquiry.edition.silences
        if inquiry.bears_on(uses=silence.uses)
    )


def rumours(inquiry: Inquiry) -> tuple[Finding[Rumour], ...]:
    """Claims heard and rejected. Everyone hears them."""
    return tuple(inquiry.finding(rumour) for rumour in inquiry.edition.rumours)
