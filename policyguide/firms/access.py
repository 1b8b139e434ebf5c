"""Who may see and do what at a firm. A stranger is told that there is no such firm."""

from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from policyguide.firms.models import Firm, Membership, Person, Visit


def membership_for(person: Person | AnonymousUser, slug: str) -> Membership:
    """The person's membership of the firm, with both loaded; Http404 for a stranger.

    For somebody of the desk on a visit it is a reader's, and not saved.
    """
    theirs = Membership.across_firms.filter(person=person.pk or 0)
    membership = theirs.filter(firm__slug=slug).select_related("firm").first()
    return membership or _visitor(person, slug)


def member_for(person: Person | AnonymousUser, slug: str) -> Membership:
    """The person's membership, as `membership_for`, but of nobody on a visit."""
    membership = membership_for(person, slug)
    if membership.pk is None:
        raise Http404("No such page.")
    return membership


def _visitor(person: Person | AnonymousUser, slug: str) -> Membership:
    """Somebody of the desk on a visit, who may read what a reader may."""
    visits = Visit.across_firms.going_on().select_related("firm")
    visit = None
    if works_at_the_desk(person):
        visit = visits.filter(firm__slug=slug, person=person.pk).first()
    if visit is None:
        raise Http404("No such page.")
    return Membership(firm=visit.firm, role=Membership.Role.READER)


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


def firm_where_may_manage_people(person: Person | AnonymousUser, slug: str) -> Firm:
    """The firm, for its admins; PermissionDenied for other members."""
    membership = membership_for(person, slug)
    if not membership.may_manage_people:
        raise PermissionDenied("Its people are managed by the firm's admins.")
    return membership.firm


def works_at_the_desk(person: Person | AnonymousUser) -> TypeGuard[Person]:
    return isinstance(person, Person) and person.is_editor


def require_editor(person: Person | AnonymousUser) -> Person:
    """The person, if they work at the desk; Http404 for others."""
    if not works_at_the_desk(person):
        raise Http404("No such page.")
    return person


def require_approver(person: Person | AnonymousUser) -> Person:
    """The person, if they publish; PermissionDenied for others at the desk."""
    editor = require_editor(person)
    if not editor.is_approver:
        raise PermissionDenied("This is done by approvers.")
    return editor
