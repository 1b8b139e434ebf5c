"""Memos as they were issued, and what became of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from policyguide.firms.models import Firm
from policyguide.policy.models import Edition


class Memo(models.Model):
    """A memo of a firm: asked for, being made, then issued for good.

    One per firm, edition and profile: asking twice gives the same memo. `number`
    counts the firm's memos from 1; `code` is its unguessable public name.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RENDERING = "rendering", "Being made"
        ISSUED = "issued", "Issued"
        FAILED = "failed", "Not made"

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="memos")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40, unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="memos")
    profile = models.JSONField()
    profile_sha256 = models.CharField(max_length=64)
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    failed_because = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "number"], name="memos_memo_number_once_a_firm"
            ),
            models.UniqueConstraint(
                fields=["firm", "edition", "profile_sha256"],
                name="memos_memo_one_per_edition_and_profile",
            ),
            models.CheckConstraint(
                condition=Q(state="issued", issued_at__isnull=False)
                | ~Q(state="issued") & Q(issued_at__isnull=True),
                name="memos_memo_issued_at_when_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"Memo {self.number} of {self.firm}"

    def get_absolute_url(self) -> str:
        return reverse("memo_status", args=[self.code])


class Original(models.Model):
    """What was issued: bytes and everything they were made of. Never changed."""

    memo = models.OneToOneField(Memo, models.PROTECT, related_name="original")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    guidance = models.TextField(help_text="The composed guidance as canonical JSON.")
    html = models.TextField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    renderer = models.CharField(max_length=80)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.memo}, {self.sha256[:12]}"


class Ruling(models.Model):
    """What became of a memo after it was issued. Rulings are added, never changed."""

    class Status(models.TextChoices):
        SUPERSEDED = "superseded", "Superseded"
        DO_NOT_RELY = "do-not-rely", "Do not rely"
        WITHDRAWN = "withdrawn", "Withdrawn"

    memo = models.ForeignKey(Memo, models.PROTECT, related_name="rulings")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status)
    since = models.DateField()
    because = models.TextField()
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ruled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.memo}: {self.get_status_display()} since {self.since}"
