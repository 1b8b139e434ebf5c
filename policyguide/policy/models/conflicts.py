"""Where sources disagree, say nothing, or are said to say what they do not."""

from django.db import models

from policyguide.policy.models.editions import Kind
from policyguide.policy.models.fields import CodesField, are_uses


class Conflict(Kind):
    """A question on which sources differ."""

    resolution = models.TextField()
    is_settled = models.BooleanField(default=False)
    touches = CodesField()


class Position(Kind):
    """One side of a conflict, with its own quotations."""

    conflict = models.CharField(max_length=80)


class Silence(Kind):
    """A question that was looked for and not found answered."""

    looked_in = CodesField()
    uses = CodesField(validators=[are_uses])


class Rumour(Kind):
    """A claim heard and rejected."""
