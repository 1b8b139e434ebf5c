"""What readers call the things that `guidance` names by code.

Chrome only: no word here says anything about the terms. Pages, memos and forms share
these labels.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policyguide.guidance.citing import Style
from policyguide.guidance.facts import (
    Answer,
    Audience,
    Listing,
    Provenance,
    SourceKind,
    Standing,
    Topic,
    Use,
)
from policyguide.guidance.notes import NoteKind, PartName

LABELS: dict[type[StrEnum], dict[str, Promise]] = {
    Answer: {
        Answer.YES: _("Yes"),
        Answer.NO: _("No"),
        Answer.NOT_STATED: _("Not stated"),
        Answer.DISPUTED: _("Disputed"),
    },
    Audience: {
        Audience.EVERYONE: _("Everyone"),
        Audience.MARKETING: _("Marketing"),
        Audience.LAWYERS: _("Lawyers"),
        Audience.RECRUITERS: _("Recruiters"),
        Audience.PARTNERS: _("Partners"),
    },
    Listing: {
        Listing.USED: _("Used"),
        Listing.UNRESOLVED: _("Unclear"),
        Listing.EXCLUDED: _("Not used"),
    },
    NoteKind: {
        NoteKind.ALL_STAFF: _("Mail to all staff"),
        NoteKind.INTRANET: _("Paragraph for the intranet"),
        NoteKind.PARTNERS: _("Line for the partners’ meeting"),
        NoteKind.CLIENT: _("Reply to a client’s question"),
    },
    PartName: {
        PartName.PLACES: _("For the places we work in"),
        PartName.USED: _("Of what we share, this is used"),
        PartName.NOT_USED: _("This is not used"),
        PartName.NOT_STATED: _("What LinkedIn does not say"),
        PartName.OPTING_OUT: _("How to opt out"),
        PartName.TO_DO: _("What to do"),
    },
    Provenance: {
        Provenance.READ: _("read in a copy of the page itself"),
        Provenance.QUOTED: _("read only as quoted by others"),
        Provenance.REPORTED: _("reported or noted; wording not kept"),
    },
    SourceKind: {
        SourceKind.REGIONAL_NOTICE: _("Regional notice"),
        SourceKind.PRIVACY_POLICY: _("Privacy policy"),
        SourceKind.USER_AGREEMENT: _("User agreement"),
        SourceKind.SETTING_PAGE: _("Setting page"),
        SourceKind.FAQ: _("Questions and answers"),
        SourceKind.UPDATE_NOTICE: _("Update notice"),
        SourceKind.REGULATOR: _("Regulator"),
        SourceKind.PROFESSIONAL_BODY: _("Professional body"),
        SourceKind.COMMENTARY: _("Commentary"),
    },
    Standing: {
        Standing.FACT: _("Fact"),
        Standing.INFERENCE: _("By inference"),
        Standing.VIEW: _("Our view"),
        Standing.UNSAID: _("Not stated"),
    },
    Style: {
        Style.BLUEBOOK: _("Bluebook"),
        Style.OSCOLA: _("OSCOLA"),
        Style.MCGILL: _("McGill Guide"),
        Style.PLAIN: _("Plain"),
    },
    Topic: {
        Topic.CHANGE: _("What changed"),
        Topic.TRAINING: _("Training"),
        Topic.AFFILIATES: _("Sharing with affiliates"),
        Topic.OPTING_OUT: _("Opting out"),
        Topic.REASONS: _("Reasons given"),
        Topic.HISTORY: _("What came before"),
    },
    Use: {
        Use.PROFILES: _("Profiles"),
        Use.POSTS: _("Posts"),
        Use.ARTICLES: _("Articles"),
        Use.COMMENTS: _("Comments"),
        Use.POLLS: _("Polls"),
        Use.GROUPS: _("Groups"),
        Use.MESSAGES: _("Private messages"),
        Use.COMPANY_PAGE: _("Company page"),
        Use.RECRUITING: _("Recruiting"),
        Use.JOB_HUNTING: _("Job applications"),
        Use.AI_TOOLS: _("AI writing tools"),
        Use.ADS: _("Ads"),
        Use.LEARNING: _("LinkedIn Learning"),
    },
}


def label(member: StrEnum) -> Promise:
    """The reader's name for a member of one of the enumerations in `guidance`."""
    return LABELS[type(member)][member]
