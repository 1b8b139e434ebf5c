"""Regulators and professional bodies."""

from django.db import models

from policyguide.policy.models.editions import Kind
from policyguide.policy.models.fields import CodesField, are_countries


class Authority(Kind):
    """What one of them has said, and in which countries it counts."""

    body = models.CharField(max_length=120)
    is_regulator = models.BooleanField()
    countries = CodesField(validators=[are_countries], blank=False)
    stated_on = models.DateField(null=True, blank=True)
