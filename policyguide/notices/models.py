"""How often people want to be told, and each thing that each of them is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from policyguide.firms.models import Firm, OfAFirm, Person
from policyguide.policy.models import Edition


class Deed(StrEnum):
    """What the log says was done about notices."""

    TELL = "tell"
    SEND_AGAIN = "send-again"
    CLOSE = "close-notice"


class Preference(models.Model):
    """How often a person wants mail. Who never chose has no row and gets it at once."""

    class Pace(models.TextChoices):
        AT_ONCE = "at-once", "As it happens"
        DAILY = "daily", "Once a day, in one message"
        WEEKLY = "weekly", "Once a week, in one message"
        NEVER = "never", "Never"

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preference"
    )
    pace = models.CharField(max_length=10, choices=Pace, default=Pace.AT_ONCE)

    def __str__(self) -> str:
        return f"{self.person}: {self.get_pace_display()}"


def _count(*states: str) -> Count:
    return Count("pk", filter=Q(state__in=states))


COUNTED = {
    "waiting": _count("waiting", "sending"),
    "sent": _count("sent"),
    "failed": _count("failed"),
    "unknown": _count("unknown"),
    "settled": _count("not-wanted", "closed"),
}
OUTSTANDING = ("waiting", "failed", "unknown")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        return self.filter(state=Notice.State.WAITING)

    def due(self, at: datetime) -> Self:
        """Those to be sent now, the one due first before the others."""
        return self.waiting().filter(due_at__lte=at).order_by("due_at", "pk")

    def of_member(self, person: Person) -> Self:
        """Those of a person for the firms they still belong to, the last first."""
        own = self.filter(person=person, firm__memberships__person=person)
        return own.select_related("firm", "edition").order_by("-due_at", "-pk")

    def stuck(self) -> Self:
        """Those that nothing happens to before somebody at the desk decides."""
        return self.filter(state__in=[Notice.State.FAILED, Notice.State.UNKNOWN])

    def waiting_because(self) -> list[str]:
        """What keeps those that are waiting, each reason once."""
        reasons = self.waiting().exclude(because="").values_list("because", flat=True)
        return list(reasons.distinct())

    def outstanding(self) -> dict[str, int]:
        """How many wait, were not sent, or perhaps were."""
        return self.aggregate(**{name: COUNTED[name] for name in OUTSTANDING})

    def by_change(self) -> Iterable[Mapping[str, object]]:
        """How many people were told of each change, the last one first."""
        changes = self.values("edition__number", "edition__title", "event")
        return changes.annotate(**COUNTED).order_by("-edition__number", "-event")


NoticeManager = models.Manager.from_queryset(NoticeQuerySet)


class Notice(OfAFirm):
    """A person is told of one change for one firm of theirs: once, whatever happens.

    `because` says why it was not sent, or why that is not known.
    """

    class Event(models.TextChoices):
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        UNKNOWN = "unknown", "Perhaps sent"
        FAILED = "failed", "Not sent"
        NOT_WANTED = "not-wanted", "Not wanted"
        CLOSED = "closed", "Closed"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices"
    )
    firm = models.ForeignKey(Firm, models.CASCADE, related_name="notices")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    event = models.CharField(max_length=10, choices=Event)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    because = models.TextField(blank=True)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    across_firms: ClassVar = NoticeManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "firm", "edition", "event"],
                name="notices_notice_once_a_change",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="notices_notice_sent_at_when_sent",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="notices_notice_what_is_due")
        ]

    def __str__(self) -> str:
        return f"{self.person} of {self.edition} for {self.firm}: {self.state}"
