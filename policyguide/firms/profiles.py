"""What a firm says of itself, saved as a whole."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from policyguide.firms import models
from policyguide.guidance.facts import Office


@transaction.atomic
def save_profile(
    firm: models.Firm,
    *,
    uses: Iterable[str],
    headcount: int | None,
    offices: Iterable[Office],
) -> None:
    """Replace the firm's uses, headcount and offices, and count the change."""
    models.Firm.objects.filter(pk=firm.pk).update(
        uses=sorted(uses), headcount=headcount
    )
    count_change(firm)
    firm.offices.all().delete()
    models.Office.across_firms.bulk_create(
        models.Office(
            firm=firm, city=office.city, country=office.country, position=position
        )
        for position, office in enumerate(offices)
    )


def count_change(firm: models.Firm) -> None:
    """Give the firm's profile a new version: pages made of the last one are stale."""
    models.Firm.objects.filter(pk=firm.pk).update(
        profile_version=F("profile_version") + 1
    )
