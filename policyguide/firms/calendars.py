"""Secret addresses at which calendars ask for due dates: made, stopped, looked up."""

from datetime import datetime
from secrets import token_urlsafe

from policyguide.firms.models import CalendarAddress, Membership
from policyguide.policy.captures import hash_of


def open_calendar(membership: Membership, *, at: datetime) -> str:
    """A new secret for the member, who is told it just once; the last one is void."""
    secret = token_urlsafe(32)
    membership.firm.calendar_addresses.update_or_create(
        membership=membership,
        defaults={"secret_sha256": hash_of(secret), "made_at": at},
    )
    return secret


def close_calendar(membership: Membership) -> None:
    """Void the member's secret, if there is one."""
    membership.firm.calendar_addresses.filter(membership=membership).delete()


def calendar_at(secret: str) -> CalendarAddress | None:
    """The address with this secret, while its owner belongs to the firm."""
    addresses = CalendarAddress.across_firms.select_related("firm")
    return addresses.filter(
        secret_sha256=hash_of(secret), membership__person__is_active=True
    ).first()
