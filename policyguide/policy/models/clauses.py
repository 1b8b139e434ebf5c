"""What the terms say, topic by topic, and the sentences a reader meets first."""

from django.db import models

from policyguide.guidance.facts import Answer, Topic
from policyguide.policy.models.editions import Kind
from policyguide.policy.models.fields import CodesField, are_uses


class Clause(Kind):
    """One thing the terms say."""

    class Topic(models.TextChoices):
        CHANGE = Topic.CHANGE.value, "What changed"
        TRAINING = Topic.TRAINING.value, "Training"
        AFFILIATES = Topic.AFFILIATES.value, "Affiliates"
        OPTING_OUT = Topic.OPTING_OUT.value, "Opting out"
        REASONS = Topic.REASONS.value, "Reasons given"
        HISTORY = Topic.HISTORY.value, "History"

    topic = models.CharField(max_length=20, choices=Topic)
    regions = CodesField()
    since = models.DateField(null=True, blank=True)


class Headline(Kind):
    """A sentence of the bottom line, and when it is read."""

    class Answer(models.TextChoices):
        YES = Answer.YES.value, "Yes"
        NO = Answer.NO.value, "No"
        NOT_STATED = Answer.NOT_STATED.value, "Not stated"
        DISPUTED = Answer.DISPUTED.value, "Disputed"

    effect = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    uses = CodesField(validators=[are_uses])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(effect="", answer="")
                | ~models.Q(effect="") & ~models.Q(answer=""),
                name="policy_headline_effect_with_answer",
                violation_error_message="Give both effect and answer, or neither.",
            )
        ]
