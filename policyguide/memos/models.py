"""Memos as they were issued, and what became of them."""

from datetime import date
from hashlib import sha256
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from policyguide.firms.letterheads import Letterhead
from policyguide.firms.models import Firm, OfAFirm
from policyguide.guidance import facts
from policyguide.policy.models import Edition


class Altered(Exception):
    """Stored bytes are not those that were issued."""


class MemoQuerySet(models.QuerySet["Memo"]):
    def issued(self) -> Self:
        return self.filter(state=Memo.State.ISSUED)

    def before(self, number: int) -> "Memo | None":
        """The last one with a lower number."""
        return self.filter(number__lt=number).order_by("-number").first()

    def listed(self) -> Self:
        """The newest first, each with its edition, rulings and what the list tells."""
        unread = ("original__pdf", "original__html", "original__guidance")
        memos = self.select_related("edition", "original").defer(*unread)
        return memos.prefetch_related("rulings__edition").order_by("-number")


MemoManager = models.Manager.from_queryset(MemoQuerySet)


class Memo(OfAFirm):
    """A memo of a firm: asked for, being made, then issued for good.

    One per firm, edition, profile and doubts: asking twice gives the same memo.
    `number` counts the firm's memos from 1; `code` is its unguessable public name.
    `profile` is the firm as it was when the memo was asked for, letterhead included,
    and `in_doubt` names the quotations it says are being checked, each with the day of
    doubt.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RENDERING = "rendering", "Being made"
        ISSUED = "issued", "Issued"
        FAILED = "failed", "Not made"

    firm = models.ForeignKey(Firm, models.PROTECT, related_name="memos")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=40, unique=True)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    profile = models.JSONField()
    profile_sha256 = models.CharField(max_length=64)
    in_doubt = models.JSONField(default=dict)
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    failed_because = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    requested_at = models.DateTimeField()
    at_the_desk = models.BooleanField(
        default=False, help_text="Asked for by the desk, not by somebody of the firm."
    )
    issued_at = models.DateTimeField(null=True, blank=True)

    across_firms: ClassVar = MemoManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "number"], name="memos_memo_number_once_a_firm"
            ),
            models.UniqueConstraint(
                fields=["firm", "edition", "profile_sha256", "in_doubt"],
                name="memos_memo_one_per_edition_profile_and_doubts",
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

    def firm_profile(self) -> facts.FirmProfile:
        """The firm as it was, as the guidance knows it."""
        return facts.FirmProfile(
            name=self.profile["name"],
            offices=tuple(facts.Office(**told) for told in self.profile["offices"]),
            regions=frozenset(self.profile["regions"]),
            uses=frozenset(facts.Use(use) for use in self.profile["uses"]),
            headcount=self.profile["headcount"],
        )

    @property
    def issuer(self) -> str:
        """Who had it made, and from where."""
        if self.at_the_desk:
            return f"{self.requested_by}, of the desk that keeps this guidance"
        return str(self.requested_by)

    def doubts(self) -> dict[str, date]:
        """The day of doubt by quotation code, as `compose` takes it."""
        return {code: date.fromisoformat(day) for code, day in self.in_doubt.items()}

    def letterhead(self) -> Letterhead:
        """The head of its paper, as the firm had it. The first memos had none."""
        return Letterhead(**self.profile.get("letterhead", {}))

    def logo(self) -> bytes | None:
        """The picture in its head, if there is one."""
        sha256 = self.letterhead().logo_sha256
        return bytes(self.firm.logos.get(sha256=sha256).content) if sha256 else None

    @property
    def is_issued(self) -> bool:
        return self.state == self.State.ISSUED

    @property
    def is_on_its_way(self) -> bool:
        """Whether it is neither issued nor failed."""
        return self.state in {self.State.WAITING, self.State.RENDERING}

    @property
    def ruling(self) -> "Ruling | None":
        """The last ruling; a memo on which there is none is current."""
        rulings = list(self.rulings.all())
        return rulings[-1] if rulings else None

    @property
    def is_current(self) -> bool:
        ruling = self.ruling
        return self.is_issued and (
            ruling is None or ruling.status == Ruling.Status.CURRENT
        )


class OriginalQuerySet(models.QuerySet["Original"]):
    def to_archive(self) -> Self:
        """By firm and number, with what names the files."""
        named = self.select_related("memo", "firm").order_by(
            "firm__slug", "memo__number"
        )
        return named.defer("html", "guidance", "memo__profile")


OriginalManager = models.Manager.from_queryset(OriginalQuerySet)


class Original(OfAFirm):
    """What was issued: bytes and everything they were made of. Never changed."""

    memo = models.OneToOneField(Memo, models.PROTECT, related_name="original")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    guidance = models.TextField(help_text="The composed guidance as canonical JSON.")
    html = models.TextField()
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    renderer = models.CharField(max_length=120)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    across_firms: ClassVar = OriginalManager()

    def __str__(self) -> str:
        return f"{self.memo}, {self.sha256[:12]}"

    def as_issued(self) -> bytes:
        """The PDF, if it still is what was issued; else `Altered`."""
        pdf = bytes(self.pdf)
        if sha256(pdf).hexdigest() != self.sha256:
            raise Altered(f"memo {self.memo_id} does not match {self.sha256}")
        return pdf

    @property
    def kilobytes(self) -> int:
        return -(-self.size // 1024)


class Ruling(OfAFirm):
    """What became of a memo after it was issued. Rulings are added, never changed; the
    last one holds."""

    class Status(models.TextChoices):
        CURRENT = "current", "Current again"
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

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.memo}: {self.get_status_display()} since {self.since}"


class Batch(models.Model):
    """Memos of one edition that the desk has made for several firms."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    is_paused = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"Batch {self.pk}, {self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("desk-batch", args=[self.pk])


ITS_TURN_IS_TO_COME = Q(memo=None, failed_because="")
IS_BEING_MADE = Q(memo__state__in=[Memo.State.WAITING, Memo.State.RENDERING])
IS_ISSUED = Q(memo__state=Memo.State.ISSUED)
IS_NOT_MADE = Q(memo__state=Memo.State.FAILED) | ~Q(failed_because="")


class BatchFirmQuerySet(models.QuerySet["BatchFirm"]):
    def of(self, batch: Batch) -> Self:
        return self.filter(batch=batch).order_by("position")

    def waiting(self) -> Self:
        return self.filter(ITS_TURN_IS_TO_COME)

    def being_made(self) -> Self:
        return self.filter(IS_BEING_MADE)

    def issued(self) -> Self:
        return self.filter(IS_ISSUED)

    def not_made(self) -> Self:
        return self.filter(IS_NOT_MADE)

    def counted(self) -> dict[str, int]:
        """How many firms there are, by how far their memo is."""
        return self.aggregate(
            all=Count("pk"),
            waiting=Count("pk", filter=ITS_TURN_IS_TO_COME),
            being_made=Count("pk", filter=IS_BEING_MADE),
            issued=Count("pk", filter=IS_ISSUED),
            not_made=Count("pk", filter=IS_NOT_MADE),
        )


BatchFirmManager = models.Manager.from_queryset(BatchFirmQuerySet)


class BatchFirm(OfAFirm):
    """A firm's part in a batch: its memo, once its turn has come."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    memo = models.ForeignKey(
        Memo, models.PROTECT, null=True, blank=True, related_name="+"
    )
    failed_because = models.TextField(blank=True)

    across_firms: ClassVar = BatchFirmManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "firm"], name="memos_batchfirm_once_a_firm"
            )
        ]

    def __str__(self) -> str:
        return f"{self.firm} in {self.batch}"

    @property
    def because(self) -> str:
        """Why there is no memo."""
        return self.failed_because or (self.memo.failed_because if self.memo else "")


class Download(OfAFirm):
    """A person took a memo away. The first time a day counts; none is ever changed."""

    memo = models.ForeignKey(Memo, models.PROTECT, related_name="downloads")
    firm = models.ForeignKey(Firm, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["memo", "person", "on"], name="memos_download_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.memo} by {self.person} on {self.on}"
