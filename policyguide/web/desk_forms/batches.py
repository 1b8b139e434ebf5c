"""Which firms a batch of memos is for, and what to do with one that is on its way."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Firm, Person
from policyguide.guidance import facts
from policyguide.memos import batches
from policyguide.memos.models import Batch

ACTS: dict[str, Any] = {
    "pause": batches.pause,
    "resume": batches.resume,
    "retry": batches.retry,
}


class BatchForm(forms.Form):
    """The firms that get a memo."""

    firm = forms.ModelMultipleChoiceField(
        Firm.objects.prefetch_related("offices"),
        error_messages={"required": _("Tick the firms that should get a memo.")},
    )

    def start(self, edition: facts.Edition, *, by: Person, at: datetime) -> Batch:
        firms = self.cleaned_data["firm"]
        return batches.start(firms, edition=edition, by=by, at=at)


class ActForm(forms.Form):
    """What is to become of a batch."""

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])

    def make(self, batch: Batch) -> None:
        ACTS[self.cleaned_data["act"]](batch)
