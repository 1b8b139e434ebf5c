"""The record: sources and captures, editions and their entries, changes."""

from policyguide.policy.models.authorities import Authority
from policyguide.policy.models.categories import DataCategory
from policyguide.policy.models.changes import Change, LogLine, Seal
from policyguide.policy.models.clauses import Clause, Headline
from policyguide.policy.models.conflicts import Conflict, Position, Rumour, Silence
from policyguide.policy.models.controls import Action, Control
from policyguide.policy.models.editions import Citation, Edition, Entry
from policyguide.policy.models.sources import (
    Capture,
    Quotation,
    Recheck,
    Source,
    SourceCheck,
    TechnicalVersion,
)
from policyguide.policy.models.terms import AffiliateTerm, Effect, Region, RegionTerm
from policyguide.policy.models.vocabulary import Thing

__all__ = [
    "Action",
    "AffiliateTerm",
    "Authority",
    "Capture",
    "Change",
    "Citation",
    "Clause",
    "Conflict",
    "Control",
    "DataCategory",
    "Edition",
    "Effect",
    "Entry",
    "Headline",
    "LogLine",
    "Position",
    "Quotation",
    "Recheck",
    "Region",
    "RegionTerm",
    "Rumour",
    "Seal",
    "Silence",
    "Source",
    "SourceCheck",
    "TechnicalVersion",
    "Thing",
]
