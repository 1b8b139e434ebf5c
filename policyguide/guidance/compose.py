"""Compose the guidance: the one place where facts and a firm meet."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from policyguide.guidance.facts import Edition, FirmProfile, Listing, Topic
from policyguide.guidance.findings import Guidance
from policyguide.guidance.inquiry import Inquiry
from policyguide.guidance.rules.actions import what_to_do
from policyguide.guidance.rules.authorities import duties, regulators
from policyguide.guidance.rules.bottom_line import bottom_line
from policyguide.guidance.rules.categories import categories
from policyguide.guidance.rules.clauses import clauses
from policyguide.guidance.rules.conflicts import conflicts
from policyguide.guidance.rules.controls import controls
from policyguide.guidance.rules.coverage import before, effects, new, places
from policyguide.guidance.rules.sharing import sharing
from policyguide.guidance.rules.unsaid import rumours, silences

NOTHING_IN_DOUBT: Mapping[str, date] = MappingProxyType({})


def compose(
    edition: Edition,
    profile: FirmProfile,
    *,
    as_of: date,
    in_doubt: Mapping[str, date] = NOTHING_IN_DOUBT,
) -> Guidance:
    """What `edition` means for the firm with this `profile`, as of a day.

    Total: every profile gets an answer, also an empty one, which is shown all regions
    and uses. `in_doubt` gives, by quotation code, the day its source was found to read
    differently. Raises `Uncited` if the edition holds a statement of fact without a
    quotation; `policy` refuses to publish such an edition.
    """
    inquiry = Inquiry(edition=edition, profile=profile, in_doubt=in_doubt)
    return Guidance(
        edition=edition,
        profile=profile,
        as_of=as_of,
        bottom_line=bottom_line(inquiry),
        effects=effects(inquiry),
        places=places(inquiry),
        changes=clauses(inquiry, Topic.CHANGE),
        new=new(inquiry),
        before=before(inquiry),
        training=clauses(inquiry, Topic.TRAINING),
        used=categories(inquiry, Listing.USED),
        unresolved=categories(inquiry, Listing.UNRESOLVED),
        excluded=categories(inquiry, Listing.EXCLUDED),
        affiliates=clauses(inquiry, Topic.AFFILIATES),
        sharing=sharing(inquiry),
        opting_out=clauses(inquiry, Topic.OPTING_OUT),
        controls=controls(inquiry),
        to_do=what_to_do(inquiry),
        reasons=clauses(inquiry, Topic.REASONS),
        conflicts=conflicts(inquiry),
        silences=silences(inquiry),
        rumours=rumours(inquiry),
        regulators=regulators(inquiry),
        duties=duties(inquiry),
        history=clauses(inquiry, Topic.HISTORY),
    )
