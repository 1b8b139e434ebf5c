"""How people come to a firm and leave it, and how the agency's people look in.

Raises `NotAllowed`, with a sentence for whoever tried, for what cannot be done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from policyguide.firms.models import Firm, Invitation, Membership, Person, Visit
from policyguide.policy.captures import hash_of
from policyguide.policy.states import NotAllowed

INVITED_FOR = timedelta(hours=24)
VISITS_LAST = timedelta(hours=1)

LAST_ADMIN = "A firm keeps at least one admin: make somebody else an admin first."
USED = "This invitation is not good any more: ask for another."


def invite(
    firm: Firm, *, email: str, role: str, by: Person, at: datetime
) -> tuple[Invitation, str]:
    """An invitation and the secret for its link, which is kept nowhere.

    It takes the place of one that waits for the same address.
    """
    secret = token_urlsafe(32)
    with transaction.atomic():
        firm.invitations.waiting(at).filter(email__iexact=email).delete()
        invitation = firm.invitations.create(
            email=email,
            role=role,
            secret_sha256=hash_of(secret),
            invited_by=by,
            ends_at=at + INVITED_FOR,
        )
    return invitation, secret


def invitation_by(secret: str, *, at: datetime) -> Invitation | None:
    """The invitation that this is the secret of, if it still waits."""
    waiting = Invitation.across_firms.waiting(at).select_related("firm", "invited_by")
    return waiting.filter(secret_sha256=hash_of(secret)).first()


@transaction.atomic
def accept(invitation: Invitation, *, by: Person, at: datetime) -> Membership:
    """Make the person a member. An invitation is accepted once."""
    waiting = Invitation.across_firms.waiting(at).filter(pk=invitation.pk)
    if not waiting.update(accepted_at=at, accepted_by=by):
        raise NotAllowed(USED)
    membership, _ = by.memberships.get_or_create(
        firm=invitation.firm, defaults={"role": invitation.role}
    )
    return membership


@transaction.atomic
def come_in(
    invitation: Invitation, *, name: str, password: str, at: datetime
) -> Person:
    """A new person, with the address that was invited, and a member at once."""
    person = Person.objects.create_user(invitation.email, password, name=name)
    accept(invitation, by=person, at=at)
    return person


def give_role(firm: Firm, membership: Membership, role: str) -> None:
    """Give a member another role."""
    with _an_admin_left(firm):
        firm.memberships.filter(pk=membership.pk).update(role=role)


def remove(firm: Firm, membership: Membership) -> None:
    """End the membership, and with it every right at the next request."""
    with _an_admin_left(firm):
        firm.memberships.filter(pk=membership.pk).delete()


@contextmanager
def _an_admin_left(firm: Firm) -> Iterator[None]:
    """Undo what leaves the firm without an admin. Others wait for their turn."""
    with transaction.atomic():
        Firm.objects.select_for_update(no_key=True).get(pk=firm.pk)
        yield
        if not firm.memberships.filter(role=Membership.Role.ADMIN).exists():
            raise NotAllowed(LAST_ADMIN)


def begin_visit(firm: Firm, *, by: Person, because: str, at: datetime) -> Visit:
    """Let somebody of the desk see a firm's pages for a while; it stays on record."""
    if not by.is_editor:
        raise NotAllowed("Only editors and approvers visit firms.")
    return firm.visits.create(
        person=by, because=because, began_at=at, ends_at=at + VISITS_LAST
    )
