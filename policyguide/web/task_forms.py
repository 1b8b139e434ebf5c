"""What a firm settles about an action of the guidance."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Membership
from policyguide.firms.tasks import Line
from policyguide.web.desk_forms.changes import MEANWHILE
from policyguide.web.desk_forms.entries import DayInput
from policyguide.web.desk_forms.typed import put


class TickForm(forms.Form):
    """Whether a task is done. `version` is the one that was read: see `save_task`."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    is_done = forms.BooleanField(label=_("Done"), required=False)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


class OwnerField(forms.ModelChoiceField[Membership]):
    """A member of the firm, by name."""

    def label_from_instance(self, obj: Membership) -> str:
        return str(obj.person)


class TaskForm(TickForm):
    """Who does it, until when, and a note; who may only tick it off is not asked for
    an owner and a day."""

    owner = OwnerField(
        label=_("Owner"), queryset=Membership.across_firms.none(), required=False
    )
    due_on = forms.DateField(label=_("Due on"), widget=DayInput, required=False)
    note = forms.CharField(
        label=_("Note"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    field_order = ["owner", "due_on", "note", "is_done"]

    def __init__(self, data: Any, *, line: Line, membership: Membership) -> None:
        self.task = line.task
        initial = {
            "version": self.task.version,
            "owner": self.task.owner_id,
            "due_on": self.task.due_on,
            "note": self.task.note,
            "is_done": line.is_done,
        }
        super().__init__(data, initial=initial)
        members = membership.firm.memberships.filter(person__is_active=True)
        owner = cast(OwnerField, self.fields["owner"])
        owner.queryset = members.select_related("person").order_by("person__name")
        if not membership.may_plan_tasks:
            del self.fields["owner"], self.fields["due_on"]

    def show_meanwhile(self) -> None:
        """Say that somebody else was first. Sent again, it replaces what they saved."""
        self.add_error(None, MEANWHILE)
        put(self, "version", str(self.task.version))
