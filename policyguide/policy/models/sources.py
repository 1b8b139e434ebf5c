"""Documents, their text as it was read, and exact pieces of that text."""

from typing import Self

from django.conf import settings
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models

from policyguide.guidance.facts import Provenance, SourceKind

SOURCE_CODE = RegexValidator(
    r"\A[A-Z0-9][A-Z0-9-]*\Z",
    "Use capital letters, digits and hyphens, as in A8059228.",
)
CAPTURE_CODE = RegexValidator(
    r"\A[A-Z0-9][A-Z0-9-]*/[a-z0-9][a-z0-9.-]*\Z",
    "Use the source's code, a slash and a slug, as in A8059228/2025-10-opening.",
)
ENTRY_CODE = RegexValidator(
    r"\A[a-z0-9][a-z0-9.-]*\Z", "Use small letters, digits, hyphens and dots."
)
NO_CONTROL_CHARACTERS = RegexValidator(
    r"\A[^\x00-\x1f\x7f\u2028\u2029]*\Z", "Use one line without control characters."
)
LONGEST_CAPTURE = 500_000


class Source(models.Model):
    """A document that can be cited."""

    class Kind(models.TextChoices):
        REGIONAL_NOTICE = SourceKind.REGIONAL_NOTICE.value, "Regional notice"
        PRIVACY_POLICY = SourceKind.PRIVACY_POLICY.value, "Privacy policy"
        USER_AGREEMENT = SourceKind.USER_AGREEMENT.value, "User agreement"
        SETTING_PAGE = SourceKind.SETTING_PAGE.value, "Setting page"
        FAQ = SourceKind.FAQ.value, "Questions and answers"
        UPDATE_NOTICE = SourceKind.UPDATE_NOTICE.value, "Update notice"
        REGULATOR = SourceKind.REGULATOR.value, "Regulator"
        PROFESSIONAL_BODY = SourceKind.PROFESSIONAL_BODY.value, "Professional body"
        COMMENTARY = SourceKind.COMMENTARY.value, "Commentary"

    code = models.CharField(max_length=40, unique=True, validators=[SOURCE_CODE])
    title = models.CharField(max_length=300, validators=[NO_CONTROL_CHARACTERS])
    publisher = models.CharField(max_length=120, validators=[NO_CONTROL_CHARACTERS])
    kind = models.CharField(max_length=20, choices=Kind)
    url = models.URLField(blank=True, max_length=500)
    state = models.CharField(
        max_length=300, blank=True, help_text="How much of it has been read."
    )

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class Capture(models.Model):
    """A source's text as read on a date: never changed, known by its hash."""

    class How(models.TextChoices):
        ARCHIVED_COPY = "archived-copy", "Read in an archived copy"
        QUOTED_BY_OTHERS = "quoted-by-others", "Read inside other people's pages"
        REPORTED = "reported", "Noted from a report, no wording seen"
        PASTED = "pasted", "Pasted from the page"
        UPLOADED = "uploaded", "Uploaded from the saved page"

    class Extent(models.TextChoices):
        WHOLE = "whole", "The whole page"
        EXCERPT = "excerpt", "An excerpt"

    source = models.ForeignKey(Source, models.PROTECT, related_name="captures")
    code = models.CharField(max_length=100, unique=True, validators=[CAPTURE_CODE])
    captured_on = models.DateField(help_text="The day the text was read.")
    captured_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    copy_dated = models.CharField(
        max_length=120, blank=True, help_text="What is known of the copy's own date."
    )
    how = models.CharField(max_length=20, choices=How)
    extent = models.CharField(max_length=10, choices=Extent)
    language = models.CharField(max_length=10, default="en")
    country = models.CharField(max_length=2, blank=True)
    signed_in = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True)
    raw = models.BinaryField(null=True, blank=True, help_text="As pasted or uploaded.")
    normaliser = models.PositiveSmallIntegerField(
        default=0, help_text="Version of the rules that made the text; 0: typed as is."
    )
    text = models.TextField(validators=[MaxLengthValidator(LONGEST_CAPTURE)])
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.code


class TechnicalVersion(models.Model):
    """A capture's text as later rules make it: nothing that LinkedIn changed."""

    capture = models.ForeignKey(
        Capture, models.PROTECT, related_name="technical_versions"
    )
    normaliser = models.PositiveSmallIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "normaliser"],
                name="policy_technicalversion_once_by_each_rules",
            )
        ]

    def __str__(self) -> str:
        return f"{self.capture}, by version {self.normaliser} of the rules"


class Quotation(models.Model):
    """Characters `start` to `end` of a capture's text, and how the wording is known.

    The database refuses one whose text is not exactly that piece.
    """

    class Known(models.TextChoices):
        READ = Provenance.READ.value, "Read in a copy of the page itself"
        QUOTED = Provenance.QUOTED.value, "Read only as quoted by others"
        REPORTED = Provenance.REPORTED.value, "Reported; no wording seen"

    code = models.CharField(max_length=80, unique=True, validators=[ENTRY_CODE])
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="quotations")
    text = models.TextField(validators=[MaxLengthValidator(2_000)])
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    provenance = models.CharField(max_length=10, choices=Known)
    quoted_by = models.PositiveSmallIntegerField(
        default=0, help_text="In how many independent pages it was read."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")),
                name="policy_quotation_is_not_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(provenance="quoted", quoted_by__gt=0)
                | ~models.Q(provenance="quoted") & models.Q(quoted_by=0),
                name="policy_quotation_counts_who_quotes",
                violation_error_message=(
                    "Say in how many pages a quoted wording was read; "
                    "leave it at 0 for the others."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: “{self.text}”"


class SourceCheck(models.Model):
    """Somebody read a source again and found it unchanged."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="checks")

    def __str__(self) -> str:
        return f"{self.source.code} unchanged on {self.checked_on}"


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def open(self) -> Self:
        """Wordings that are gone, or stand in several places, until somebody settles
        what that means."""
        return self.exclude(outcome=Recheck.Outcome.THERE).filter(
            settled_at__isnull=True
        )

    def gone(self) -> Self:
        return self.filter(outcome=Recheck.Outcome.GONE)


RecheckManager = models.Manager.from_queryset(RecheckQuerySet)


class Recheck(models.Model):
    """Whether a quotation still stands in a later capture of its source, and where."""

    class Outcome(models.TextChoices):
        THERE = "there", "Still there"
        REPEATED = "repeated", "There more than once"
        GONE = "gone", "Gone"

    quotation = models.ForeignKey(Quotation, models.PROTECT, related_name="rechecks")
    capture = models.ForeignKey(Capture, models.PROTECT, related_name="rechecks")
    outcome = models.CharField(max_length=10, choices=Outcome)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    settled_because = models.TextField(blank=True)

    objects = RecheckManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["quotation", "capture"], name="policy_recheck_once_a_capture"
            ),
            models.CheckConstraint(
                condition=models.Q(
                    settled_at__isnull=True,
                    settled_by__isnull=True,
                    settled_because="",
                )
                | models.Q(settled_at__isnull=False, settled_by__isnull=False)
                & ~models.Q(settled_because=""),
                name="policy_recheck_settled_by_somebody_because",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quotation.code} in {self.capture}: {self.get_outcome_display()}"
