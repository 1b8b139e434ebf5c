"""What do the terms say under one topic?"""

from policyguide.guidance.facts import Clause, Topic
from policyguide.guidance.findings import Finding
from policyguide.guidance.inquiry import Inquiry


def clauses(inquiry: Inquiry, topic: Topic) -> tuple[Finding[Clause], ...]:
    """The clauses under `topic` that are read in the regions asked about."""
    return tuple(
        inquiry.finding(clause, because=inquiry.because(regions=clause.regions))
        for clause in inquiry.edition.clauses
        if clause.topic is topic and inquiry.bears_on(regions=clause.regions)
    )
