"""The way from one edition to the next, and the log of it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from policyguide.policy.models.editions import Edition
from policyguide.policy.states import ChangeState


class ChangeQuerySet(models.QuerySet["Change"]):
    def in_state(self, state: ChangeState) -> Self:
        """Those in a state, the one that was opened first before the others."""
        return self.filter(state=state).order_by("opened_at")

    def locked(self) -> Self:
        """Held until the transaction ends, where the database locks rows."""
        return self.select_related("edition").select_for_update(of=("self",))


ChangeManager = models.Manager.from_queryset(ChangeQuerySet)


class Change(models.Model):
    """A draft edition on its way to being published."""

    class State(models.TextChoices):
        DRAFT = ChangeState.DRAFT.value, "Draft"
        IN_REVIEW = ChangeState.IN_REVIEW.value, "In review"
        APPROVED = ChangeState.APPROVED.value, "Approved"
        PUBLISHED = ChangeState.PUBLISHED.value, "Published"
        WITHDRAWN = ChangeState.WITHDRAWN.value, "Withdrawn"

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="change")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_sha256 = models.CharField(max_length=64, blank=True)
    returned_because = models.TextField(blank=True)
    unreviewed_because = models.TextField(
        blank=True, help_text="Why it was published without a second person's review."
    )
    publish_at = models.DateTimeField(null=True, blank=True)
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    version = models.PositiveIntegerField(
        default=0, help_text="Counts the changes of the draft's title, date and note."
    )

    objects = ChangeManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="policy_change_author_is_not_approver",
                violation_error_message="A change is approved by a second person.",
            ),
            models.CheckConstraint(
                condition=Q(
                    approved_by__isnull=True,
                    approved_at__isnull=True,
                    approved_sha256="",
                )
                | Q(approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(approved_sha256=""),
                name="policy_change_approved_by_at_and_what",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"])
                | Q(approved_by__isnull=False)
                | ~Q(unreviewed_because=""),
                name="policy_change_published_needs_two_or_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(publish_at__isnull=True, scheduled_by__isnull=True)
                | Q(
                    publish_at__isnull=False,
                    scheduled_by__isnull=False,
                    state="approved",
                ),
                name="policy_change_scheduled_by_somebody_once_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} ({self.get_state_display()})"


class LogLine(models.Model):
    """Who did what, when and why. Lines are added, never changed."""

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    change = models.ForeignKey(
        Change, models.PROTECT, null=True, blank=True, related_name="log"
    )
    why = models.TextField(blank=True)
    sha256_before = models.CharField(max_length=64, blank=True)
    sha256_after = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}: {self.subject}"


class Seal(models.Model):
    """A line of the log as it was when it was sealed; see `policy/seals.py`."""

    line = models.OneToOneField(LogLine, models.PROTECT, related_name="seal")
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Log line {self.line_id}"
