"""How often people want to be told, and each thing that each of them is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from policyguide.firms.models import Firm, Membership, OfAFirm, Person
from policyguide.memos.models import Ruling
from policyguide.policy.models import Edition


class Deed(StrEnum):
    """What the log says was done about notices."""

    TELL = "tell"
    RECALL = "recall"
    SEND_AGAIN = "send-again"
    CLOSE = "close-notice"


class Grade(models.TextChoices):
    """How much it matters that a memo is no longer current."""

    NOTE = "note", "For your information"
    RE_READ = "re-read", "To be read again"
    DO_NOT_RELY = "do-not-rely", "Not to be relied on"


def grade_of(ruling: Ruling) -> Grade:
    if ruling.status != Ruling.Status.SUPERSEDED:
        return Grade.DO_NOT_RELY
    is_minor = ruling.edition and ruling.edition.severity == Edition.Severity.MINOR
    return Grade.NOTE if is_minor else Grade.RE_READ


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
        found = own.select_related("firm", "edition", "ruling__memo")
        return found.order_by("-due_at", "-pk")

    def recalled(self) -> Self:
        """Those about the last ruling on a memo, which is what has to be acknowledged;
        with whether the person still belongs to the firm."""
        rulings = Ruling.across_firms.filter(
            firm=OuterRef("firm"), memo=OuterRef("ruling__memo")
        )
        own = Membership.across_firms.filter(firm=OuterRef("firm"))
        found = self.annotate(
            last=Subquery(rulings.order_by("-pk").values("pk")[:1]),
            is_member=Exists(own.filter(person=OuterRef("person"))),
        )
        found = found.filter(ruling=F("last")).order_by("firm__name", "ruling", "pk")
        return found.select_related("person", "firm", "ruling__memo", "ruling__edition")

    def unacknowledged(self) -> Self:
        """Those that somebody who still can has not acknowledged."""
        return self.recalled().filter(acknowledged_at=None, is_member=True)

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

    Of a memo that they downloaded they are told for each `ruling` by which it stopped
    being current. `because` says why it was not sent, or why that is not known.
    """

    class Event(models.TextChoices):
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"
        RECALLED = "recalled", "Memo recalled"

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
    ruling = models.ForeignKey(
        Ruling, models.PROTECT, null=True, blank=True, related_name="notices"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    because = models.TextField(blank=True)
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    across_firms: ClassVar = NoticeManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "firm", "edition", "event"],
                condition=Q(ruling__isnull=True),
                name="notices_notice_once_a_change",
            ),
            models.UniqueConstraint(
                fields=["person", "ruling"], name="notices_notice_once_a_ruling"
            ),
            models.CheckConstraint(
                condition=Q(event="recalled", ruling__isnull=False)
                | ~Q(event="recalled") & Q(ruling__isnull=True),
                name="notices_notice_ruling_when_recalled",
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

    @property
    def grade(self) -> Grade | None:
        """How much it matters, of a memo."""
        return grade_of(self.ruling) if self.ruling else None

    def __str__(self) -> str:
        return f"{self.person} of {self.edition} for {self.firm}: {self.state}"
