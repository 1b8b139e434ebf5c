"""Who may see and do what at a firm. A stranger is told that there is no such firm."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from policyguide.firms.models import Firm, Membership, Person


def membership_for(person: Person | AnonymousUser, slug: str) -> Membership:
    """The person's membership of the firm, with both loaded; Http404 for a stranger."""
    theirs = Membership.across_firms.filter(person=person.pk or 0)
    membership = theirs.filter(firm__slug=slug).select_related("firm").first()
    if membership is None:
        raise Http404("No such page.")
    return membership


def firm_for(person: Person | AnonymousUser, slug: str) -> Firm:
    """The firm, for its members of any role; Http404 for a stranger."""
    return membership_for(person, slug).firm


def firm_where_may_issue(person: Person | AnonymousUser, slug: str) -> Firm:
    """The firm, for those who issue its memos; PermissionDenied for other members."""
    membership = membership_for(person, slug)
    if not membership.may_issue_memos:
        raise PermissionDenied("Memos are issued by the firm's partners and admins.")
    return membership.firm


def firm_where_may_edit_profile(person: Person | AnonymousUser, slug: str) -> Firm:
    """The firm, for those who edit its profile; PermissionDenied for other members."""
    membership = membership_for(person, slug)
    if not membership.may_edit_profile:
        raise PermissionDenied(
            "The profile is edited by the firm's partners and admins."
        )
    return membership.firm


def require_editor(person: Person | AnonymousUser) -> Person:
    """The person, if they work at the desk; Http404 for others."""
    if not isinstance(person, Person) or not person.is_editor:
        raise Http404("No such page.")
    return person
