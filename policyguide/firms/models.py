"""People, the firms they belong to, and what each firm does on LinkedIn."""

from base64 import b64encode
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django_countries.fields import CountryField

from policyguide.firms.colours import (
    COLOUR,
    LEAST_CONTRAST,
    contrast_on_white,
    nearest_readable,
)
from policyguide.firms.letterheads import Letterhead
from policyguide.guidance.citing import Style
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


MOST_ADDRESS_LINES = 5


def has_few_lines(address: str) -> None:
    """Refuse an address that would push the memo off its first page."""
    if len(address.splitlines()) > MOST_ADDRESS_LINES:
        raise ValidationError(f"Use {MOST_ADDRESS_LINES} lines at most.")


def is_readable_on_white(colour: str) -> None:
    """Refuse what is no colour, and a colour that text could not be read in."""
    if not COLOUR.fullmatch(colour):
        raise ValidationError("Give the colour by six digits, as in #1c6448.")
    if (contrast := contrast_on_white(colour)) < LEAST_CONTRAST:
        message = (
            "%(colour)s has a contrast of %(contrast).1f : 1 on white; text needs "
            "%(least)s : 1. The nearest colour that has it is %(nearest)s."
        )
        raise ValidationError(
            message,
            params={
                "colour": colour,
                # Never rounded up to the contrast that it lacks.
                "contrast": int(contrast * 10) / 10,
                "least": LEAST_CONTRAST,
                "nearest": nearest_readable(colour),
            },
        )


class FirmQuerySet(models.QuerySet["Firm"]):
    def for_person(self, person: Person) -> Self:
        """The firms the person is a member of."""
        return self.filter(memberships__person=person)


FirmManager = models.Manager.from_queryset(FirmQuerySet)


class Firm(models.Model):
    """A law firm, what it does on LinkedIn, and what its memos look like.

    `profile_version` counts the saved changes, those of the offices included.
    """

    class CitationStyle(models.TextChoices):
        BY_COUNTRY = "", "As usual in the country of the first office"
        BLUEBOOK = Style.BLUEBOOK.value, "Bluebook"
        OSCOLA = Style.OSCOLA.value, "OSCOLA"
        MCGILL = Style.MCGILL.value, "McGill Guide"
        PLAIN = Style.PLAIN.value, "Plain"

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200, validators=[NO_CONTROL_CHARACTERS])
    headcount = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(1_000_000)],
        help_text="People with a LinkedIn profile.",
    )
    uses = CodesField(validators=[are_uses])
    postal_address = models.TextField(
        blank=True,
        validators=[MaxLengthValidator(300), has_few_lines],
        help_text="Printed under the name, five lines at most.",
    )
    accent = models.CharField(
        max_length=7,
        blank=True,
        validators=[is_readable_on_white],
        help_text="The colour of the name and the line under it, such as #1c6448.",
    )
    prepared_by = models.CharField(
        max_length=120,
        blank=True,
        validators=[NO_CONTROL_CHARACTERS],
        help_text="The agency that prepares the memos, if the firm does not.",
    )
    citation_style = models.CharField(
        max_length=10, choices=CitationStyle, blank=True, default=""
    )
    logo_sha256 = models.CharField(max_length=64, blank=True)
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

    def letterhead(self) -> Letterhead:
        """The head of its memos."""
        return Letterhead(
            postal_address=self.postal_address,
            accent=self.accent,
            logo_sha256=self.logo_sha256,
            prepared_by=self.prepared_by,
            citation_style=self.citation_style,
        )


class Logo(OfAFirm):
    """A picture that a firm's memos show or once showed: a PNG, known by its hash."""

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="logos")
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "sha256"], name="firms_logo_once_a_firm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm}, {self.sha256[:12]}"

    @property
    def data_url(self) -> str:
        """The picture within a page: so it has no address for a stranger to try."""
        return f"data:image/png;base64,{b64encode(self.content).decode()}"


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
    def may_manage_people(self) -> bool:
        return self.role == self.Role.ADMIN

    @property
    def may_issue_memos(self) -> bool:
        return self.role in {self.Role.PARTNER, self.Role.ADMIN}

    @property
    def may_edit_profile(self) -> bool:
        return self.role in {self.Role.PARTNER, self.Role.ADMIN}

    @property
    def may_plan_tasks(self) -> bool:
        return self.role in {self.Role.PARTNER, self.Role.ADMIN}


class Task(OfAFirm):
    """What the firm has settled about an action of the guidance, by the action's code.

    Who did it, and when, stands beside the number of the edition that advised it then.
    `version` counts the saved changes.
    """

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="tasks")
    action = models.CharField(max_length=80)
    owner = models.ForeignKey(
        Membership, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    due_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, validators=[MaxLengthValidator(2_000)])
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    done_under = models.PositiveIntegerField(null=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "action"], name="firms_task_once_an_action"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, done_under=None)
                | Q(
                    done_at__isnull=False,
                    done_by__isnull=False,
                    done_under__isnull=False,
                ),
                name="firms_task_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} at {self.firm}"


class CalendarAddress(OfAFirm):
    """The secret address at which a member's calendar asks for the firm's due dates.

    Only the secret's hash is kept. It goes with the membership.
    """

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="calendar_addresses")
    membership = models.OneToOneField(
        Membership, models.CASCADE, related_name="calendar_address"
    )
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.membership}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self, at: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, ends_at__gt=at)


InvitationManager = models.Manager.from_queryset(InvitationQuerySet)


class Invitation(OfAFirm):
    """Somebody may become a member, once and for a day, by the secret in their mail."""

    firm = models.ForeignKey(Firm, models.CASCADE, related_name="invitations")
    email = models.EmailField("e-mail address")
    role = models.CharField(
        max_length=10, choices=Membership.Role, default=Membership.Role.READER
    )
    secret_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )

    across_firms: ClassVar = InvitationManager()

    def __str__(self) -> str:
        return f"{self.email} to {self.firm}"


class VisitQuerySet(models.QuerySet["Visit"]):
    def going_on(self) -> Self:
        """Those that have not ended, by the clock of the database: rights hang on it,
        and all processes share it."""
        return self.filter(ends_at__gt=Now())


VisitManager = models.Manager.from_queryset(VisitQuerySet)


class Visit(OfAFirm):
    """Somebody of the desk saw a firm's pages, and why. Added, never changed."""

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="visits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="visits")
    because = models.CharField(
        "reason", max_length=300, validators=[NO_CONTROL_CHARACTERS]
    )
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    across_firms: ClassVar = VisitManager()

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.person} at {self.firm}"
