"""Kinds of data, used and not used."""

from django.db import models

from policyguide.guidance.facts import Listing
from policyguide.policy.models.editions import Kind
from policyguide.policy.models.fields import CodesField, are_uses


class DataCategory(Kind):
    """A kind of data, for one effect."""

    class Listing(models.TextChoices):
        USED = Listing.USED.value, "Used"
        EXCLUDED = Listing.EXCLUDED.value, "Not used"
        UNRESOLVED = Listing.UNRESOLVED.value, "Unresolved"

    effect = models.CharField(max_length=80)
    listing = models.CharField(max_length=10, choices=Listing)
    uses = CodesField(validators=[are_uses])
    regions = CodesField()
    note = models.TextField(blank=True)
