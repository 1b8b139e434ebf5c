"""Region × effect: where members are covered, by what, and what affiliates get."""

from django.db import models

from policyguide.guidance.facts import Answer
from policyguide.policy.models.editions import Kind
from policyguide.policy.models.fields import CodesField, are_countries


class Effect(Kind):
    """One of the things done with members' data; never merged with another."""


class Region(Kind):
    """Places the terms treat alike; the one that lists no country is the rest."""

    countries = CodesField(validators=[are_countries])


class RegionTerm(Kind):
    """A cell of the grid."""

    class Answer(models.TextChoices):
        YES = Answer.YES.value, "Yes"
        NO = Answer.NO.value, "No"
        NOT_STATED = Answer.NOT_STATED.value, "Not stated"
        DISPUTED = Answer.DISPUTED.value, "Disputed"

    region = models.CharField(max_length=80)
    effect = models.CharField(max_length=80)
    answer = models.CharField(max_length=10, choices=Answer)
    since = models.DateField(null=True, blank=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    control = models.CharField(max_length=80, blank=True)


class AffiliateTerm(Kind):
    """What a recipient gets, for one effect."""

    recipient = models.CharField(max_length=80)
    effect = models.CharField(max_length=80)
    regions = CodesField()
    control = models.CharField(max_length=80, blank=True)
