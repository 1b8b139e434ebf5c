"""The guidance for a firm as it is, on a day."""

from datetime import date

from policyguide.firms.models import Firm
from policyguide.guidance import Guidance, compose
from policyguide.policy.currency import currency


def guidance_for(firm: Firm, on: date) -> Guidance:
    """What the edition in force means for the firm."""
    record = currency(on)
    return compose(record.edition(), firm.profile(), as_of=on, in_doubt=record.in_doubt)
