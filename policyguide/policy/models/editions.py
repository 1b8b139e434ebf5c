"""Editions, the entries they consist of, and the quotations these rest on."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from policyguide.guidance.facts import Standing
from policyguide.policy.models.sources import (
    ENTRY_CODE,
    NO_CONTROL_CHARACTERS,
    Quotation,
)


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def not_withdrawn(self) -> Self:
        """Published and not withdrawn."""
        return self.published().filter(withdrawn_at__isnull=True)

    def in_force(self, on: date) -> Self:
        """Those that could be in force on a day, the one that is first."""
        by_force = self.not_withdrawn().filter(in_force_from__lte=on)
        return by_force.order_by("-in_force_from", "-number")

    def announced(self, on: date) -> Self:
        """Those that come into force after a day, the next one first."""
        return (
            self.not_withdrawn().filter(in_force_from__gt=on).order_by("in_force_from")
        )


EditionManager = models.Manager.from_queryset(EditionQuerySet)


class Edition(models.Model):
    """A whole set of entries; numbered and unchangeable once published.

    A draft has no number. The database refuses every change to what is published, but
    for its withdrawal.
    """

    class Severity(models.TextChoices):
        MINOR = "minor", "Minor: nobody need be told"
        MATERIAL = "material", "Material: readers are told"
        GRAVE = "grave", "Grave: memos that say otherwise must not be relied on"

    number = models.PositiveIntegerField(unique=True, null=True, blank=True)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    title = models.CharField(max_length=200, validators=[NO_CONTROL_CHARACTERS])
    in_force_from = models.DateField()
    change_note = models.TextField(blank=True)
    severity = models.CharField(
        max_length=10, choices=Severity, default=Severity.MATERIAL
    )
    sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    withdrawn_because = models.TextField(blank=True)

    objects = EditionManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(number__isnull=False) & ~Q(sha256=""),
                name="policy_edition_published_is_numbered_and_hashed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & Q(withdrawn_because="")
                | Q(withdrawn_at__isnull=False)
                & Q(published_at__isnull=False)
                & ~Q(withdrawn_because=""),
                name="policy_edition_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}" if self.number else f"Draft: {self.title}"


class Entry(models.Model):
    """One thing an edition says, whatever its kind.

    A code names the same thing in every edition. Entries of an edition name each other
    by code too, so a copy of an edition is a plain copy and no reference can reach into
    another edition.
    """

    class Standing(models.TextChoices):
        FACT = Standing.FACT.value, "Fact, cited"
        INFERENCE = Standing.INFERENCE.value, "By inference, cited"
        VIEW = Standing.VIEW.value, "Our view"
        UNSAID = Standing.UNSAID.value, "Not stated"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="entries")
    code = models.CharField(max_length=80, validators=[ENTRY_CODE])
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200, validators=[NO_CONTROL_CHARACTERS])
    words = models.TextField(blank=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.FACT)
    version = models.PositiveIntegerField(default=0)
    quotations: models.ManyToManyField[Quotation, "Citation"] = models.ManyToManyField(
        Quotation, through="Citation", related_name="entries"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "code"], name="policy_entry_code_once_an_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class Kind(Entry):
    """What the kinds of entry have in common: the link to the entry each one is."""

    entry_ptr = models.OneToOneField(
        Entry,
        models.CASCADE,
        parent_link=True,
        primary_key=True,
        related_name="as_%(class)s",
    )

    class Meta:
        abstract = True


class Citation(models.Model):
    """An entry rests on a quotation."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="citations")
    quotation = models.ForeignKey(Quotation, models.PROTECT, related_name="citations")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "quotation"], name="policy_citation_once_an_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry.code} ← {self.quotation.code}"
