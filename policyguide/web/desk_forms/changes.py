"""Opening a change, saying what it is, and moving it on."""

from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Firm
from policyguide.policy import drafts, workflow
from policyguide.policy.differences import FieldDifference, between, field_texts
from policyguide.policy.drafts import ChangedMeanwhile, Person
from policyguide.policy.models import Change, Edition
from policyguide.policy.states import NEEDS_A_REASON, Move, NotAllowed
from policyguide.web.desk_forms.entries import DayInput
from policyguide.web.desk_forms.typed import put

WHEN = _("A day in the past, today, or one to come.")
MEANWHILE = _(
    "Somebody else saved this while you were typing. Both texts are below; yours is "
    "still in the form. Save again to put yours in the place of theirs."
)


class OpenForm(forms.Form):
    """A new draft; all else is copied."""

    title = forms.CharField(label=_("What is this change about?"), max_length=200)
    in_force_from = forms.DateField(
        label=_("In force from"), widget=DayInput, help_text=WHEN
    )


class DetailsForm(forms.ModelForm[Edition]):
    """What the draft is called, when it is in force, and how it is announced.

    `meanwhile` is what somebody else saved first, against what was typed.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Edition
        fields = ["title", "in_force_from", "change_note", "severity"]
        widgets = {
            "in_force_from": DayInput,
            "change_note": forms.Textarea(attrs={"rows": 4}),
            "severity": forms.RadioSelect,
        }
        labels = {
            "in_force_from": _("In force from"),
            "change_note": _("Change note"),
            "severity": _("How much it matters"),
        }
        help_texts = {
            "in_force_from": WHEN,
            "change_note": _(
                "Readers see it: say what is new, in one or two sentences."
            ),
        }

    def __init__(self, data: Any = None, *, change: Change) -> None:
        super().__init__(
            data, instance=change.edition, initial={"version": change.version}
        )
        self.meanwhile: tuple[FieldDifference, ...] = ()

    def save_to(self, change: Change, *, by: Person, at: datetime) -> bool:
        """Save it; False, with an error and both texts, if somebody else was first."""
        version = self.cleaned_data["version"]
        try:
            drafts.describe(change, self.instance, version=version, by=by, at=at)
        except NotAllowed as refusal:
            self.add_error(None, str(refusal))
        except ChangedMeanwhile:
            self._show_both(Change.objects.select_related("edition").get(pk=change.pk))
        return self.is_valid()

    def _show_both(self, saved: Change) -> None:
        self.add_error(None, MEANWHILE)
        names = self.Meta.fields
        self.meanwhile = between(
            field_texts(saved.edition, names), field_texts(self.instance, names)
        )
        put(self, "version", str(saved.version))


REACH_READERS = {Move.PUBLISH, Move.SCHEDULE, Move.PUBLISH_UNREVIEWED, Move.WITHDRAW}


class MoveForm(forms.Form):
    """One move of a change, with the reason for it where one is due."""

    move = forms.ChoiceField(choices=[(move.value, move.value) for move in Move])
    reason = forms.CharField(required=False)
    publish_at = forms.DateTimeField(
        label=_("Publish at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("move") == Move.SCHEDULE and not given.get("publish_at"):
            self.add_error("publish_at", _("Choose a day and a time."))
        return given

    def reaches_readers(self) -> bool:
        """Whether the move gives readers another edition, or takes one from them."""
        return self.cleaned_data["move"] in REACH_READERS

    def make(self, change: Change, *, by: Person, at: datetime) -> bool:
        """Make the move; False, with an error that says why, if it may not be made."""
        move = Move(self.cleaned_data["move"])
        names = ["reason"] if move in NEEDS_A_REASON else []
        names += ["publish_at"] if move == Move.SCHEDULE else []
        how = {name: self.cleaned_data[name] for name in names}
        try:
            OFFERS[move].make(change, by=by, at=at, **how)
        except NotAllowed as refusal:
            self.add_error(None, str(refusal))
        return self.is_valid()

    def done(self) -> Promise:
        """What to tell whoever made the move."""
        return OFFERS[Move(self.cleaned_data["move"])].done


class WithdrawForm(forms.Form):
    """Why a published edition is not to be in force any more."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Readers see it, and so do the holders of memos it touches."),
    )

    def withdraw(self, edition: Edition, *, by: Person, at: datetime) -> bool:
        """Withdraw it; False, with an error that says why, if that may not be done."""
        reason = self.cleaned_data["reason"]
        try:
            workflow.withdraw_edition(edition, reason=reason, by=by, at=at)
        except NotAllowed as refusal:
            self.add_error(None, str(refusal))
        return self.is_valid()


class FirmForm(forms.Form):
    """As whom to preview a draft."""

    firm = forms.ModelChoiceField(
        Firm.objects.order_by("name"), label=_("As"), to_field_name="slug"
    )


class Offer(NamedTuple):
    """A move as it is offered: what makes it, its button, what it does, what it did."""

    make: Any
    button: Promise
    means: Promise
    done: Promise


OFFERS: dict[Move, Offer] = {
    Move.SUBMIT: Offer(
        workflow.submit,
        _("Submit for review"),
        _("An approver who wrote none of it reads it next."),
        _("Submitted. It now waits for an approver."),
    ),
    Move.APPROVE: Offer(
        workflow.approve,
        _("Approve"),
        _("You have read the whole change and stand by it. It can be published then."),
        _("Approved. It can now be published."),
    ),
    Move.SEND_BACK: Offer(
        workflow.send_back,
        _("Send back"),
        _("It becomes a draft again, with your reason at its head."),
        _("Sent back with your reason."),
    ),
    Move.REOPEN: Offer(
        workflow.reopen,
        _("Take back into draft"),
        _("To change it again. It must be submitted and approved anew after that."),
        _("It is a draft again."),
    ),
    Move.PUBLISH: Offer(
        workflow.publish,
        _("Publish now"),
        _("It becomes the next edition, on every page at once. It cannot change then."),
        _("Published."),
    ),
    Move.SCHEDULE: Offer(
        workflow.schedule,
        _("Publish at a time"),
        _("It publishes itself at that minute, if nothing is in the way by then."),
        _("Scheduled. It publishes itself then."),
    ),
    Move.UNSCHEDULE: Offer(
        workflow.unschedule,
        _("Take off the schedule"),
        _("It stays approved and waits for somebody to publish it."),
        _("It no longer publishes itself."),
    ),
    Move.PUBLISH_UNREVIEWED: Offer(
        workflow.publish_unreviewed,
        _("Publish without a second review"),
        _("For urgent cases. Readers will always see that, and your reason."),
        _("Published without a second review."),
    ),
    Move.WITHDRAW: Offer(
        workflow.withdraw,
        _("Withdraw"),
        _("A draft is given up; of an edition, the one before is in force again."),
        _("Withdrawn."),
    ),
}
