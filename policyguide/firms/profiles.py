"""What a firm says of itself, saved as a whole."""

from collections.abc import Iterable
from hashlib import sha256

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


@transaction.atomic
def save_letterhead(
    firm: models.Firm,
    *,
    postal_address: str,
    accent: str,
    prepared_by: str,
    citation_style: str,
    logo: bytes | None,
    removes_logo: bool,
) -> None:
    """Replace what the firm's memos look like, and count the change.

    Without a new logo it keeps the one it has, unless that is to be removed. Logos stay
    stored: memos that were asked for name them.
    """
    told: dict[str, str] = {}
    if removes_logo:
        told["logo_sha256"] = ""
    if logo:
        told["logo_sha256"] = sha256(logo).hexdigest()
        firm.logos.get_or_create(sha256=told["logo_sha256"], defaults={"content": logo})
    models.Firm.objects.filter(pk=firm.pk).update(
        postal_address=postal_address,
        accent=accent,
        prepared_by=prepared_by,
        citation_style=citation_style,
        **told,
    )
    count_change(firm)


def count_change(firm: models.Firm) -> None:
    """Give the firm's profile a new version: pages made of the last one are stale."""
    models.Firm.objects.filter(pk=firm.pk).update(
        profile_version=F("profile_version") + 1
    )
