"""Settings and forms, and what to do."""

from django.db import models

from policyguide.guidance.facts import Audience
from policyguide.policy.models.editions import Kind
from policyguide.policy.models.fields import CodesField, are_uses


class Control(Kind):
    """A setting or form by which a person objects."""

    where = models.CharField(max_length=300)
    url = models.URLField(blank=True, max_length=500)
    default = models.CharField(max_length=80, blank=True)
    reaches = models.TextField(blank=True)
    does_not_reach = models.TextField(blank=True)
    regions = CodesField()


class Action(Kind):
    """What to do, for whom, and when it applies."""

    class Audience(models.TextChoices):
        EVERYONE = Audience.EVERYONE.value, "Everyone"
        MARKETING = Audience.MARKETING.value, "Marketing"
        LAWYERS = Audience.LAWYERS.value, "Lawyers"
        RECRUITERS = Audience.RECRUITERS.value, "Recruiters"
        PARTNERS = Audience.PARTNERS.value, "Partners"

    audience = models.CharField(max_length=10, choices=Audience)
    by_when = models.CharField(max_length=80)
    regions = CodesField()
    uses = CodesField(validators=[are_uses])
