"""People, the firms they belong to, and what each firm does on LinkedIn."""

from typing import Any, Self

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django_countries.fields import CountryField

from policyguide.guidance.facts import FirmProfile, Use
from policyguide.guidance.facts import Office as OfficeFact
from policyguide.policy.models.fields import CodesField, are_uses
from policyguide.policy.models.sources import NO_CONTROL_CHARACTERS


class PersonManager(BaseUserManager["Person"]):
    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        """A person who signs in with this address; without a password, not yet."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Person":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )


class Person(AbstractUser):
    """Somebody who signs in, by e-mail address."""

    class DeskRole(models.TextChoices):
        NONE = "none", "Not at the desk"
        EDITOR = "editor", "Editor"
        APPROVER = "approver", "Approver"

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(
        max_length=150, blank=True, validators=[NO_CONTROL_CHARACTERS]
    )
    email = models.EmailField("e-mail address", unique=True)
    desk_role = models.CharField(
        max_length=10,
        choices=DeskRole,
        default=DeskRole.NONE,
        help_text="Editors change the record of the terms; approvers also publish it.",
    )

    objects = PersonManager()  # type: ignore[assignment,misc]

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_editor(self) -> bool:
        """Whether they may change drafts; approvers may too."""
        return self.is_active and self.desk_role != self.DeskRole.NONE

    @property
    def is_approver(self) -> bool:
        return self.is_active and self.desk_role == self.DeskRole.APPROVER


class OfAFirm(models.Model):
    """A row that belongs to one firm, and to that firm for good.

    Its rows are reached from the firm (`firm.memos`). There is no `objects`: whoever
    means the rows of every firm has to say so, by `across_firms`.
    """

    across_firms = models.Manager()

    class Meta:
        abstract = True


class FirmQuerySet(models.QuerySet["Firm"]):
    def for_person(self, person: Person) -> Self:
        """The firms the person is a member of."""
        return self.filter(memberships__person=person)


FirmManager = models.Manager.from_queryset(FirmQuerySet)


class Firm(models.Model):
    """A law firm and what it does on LinkedIn.

    `profile_version` counts the saved changes of the profile, offices included.
    """

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, validators=[NO_CONTROL_CHARACTERS])
    headcount = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(1_000_000)],
        help_text="People with a LinkedIn profile.",
    )
    uses = CodesField(validators=[are_uses])
    profile_version = models.PositiveIntegerField(default=1)

    objects = FirmManager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("firm", args=[self.slug])

    def profile(self) -> FirmProfile:
        """The firm as the guidance knows it. One query, for the offices."""
        return FirmProfile(
            name=self.name,
            offices=tuple(
                OfficeFact(city=office.city, country=office.country.code)
                for office in self.offices.all()
            ),
            uses=frozenset(Use(use) for use in self.uses),
            headcount=self.headcount,
        )


class Office(OfAFirm):
    """A place where a firm has people."""

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="offices")
    city = models.CharField(max_length=120, validators=[NO_CONTROL_CHARACTERS])
    country = CountryField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "city", "country"], name="firms_office_once_a_firm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.city}, {self.country.name}"


class Membership(OfAFirm):
    """A person belongs to a firm. Ending it ends every right at the next request."""

    class Role(models.TextChoices):
        READER = "reader", "Reader: reads the guidance and the memos"
        PARTNER = "partner", "Partner: also issues memos and edits the profile"
        ADMIN = "admin", "Firm admin: also manages the firm's people"

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.READER)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "person"], name="firms_membership_once_a_firm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.firm} ({self.role})"

    @property
    def may_issue_memos(self) -> bool:
        return self.role in {self.Role.PARTNER, self.Role.ADMIN}

    @property
    def may_edit_profile(self) -> bool:
        return self.role in {self.Role.PARTNER, self.Role.ADMIN}
