"""What to do about messages that are stuck."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Person
from policyguide.notices.models import Notice
from policyguide.notices.stuck import close, send_again

SEND_AGAIN, CLOSE = "send-again", "close"
ACTS: dict[str, Any] = {SEND_AGAIN: send_again, CLOSE: close}
DONE: dict[str, Promise] = {SEND_AGAIN: _("on the way again"), CLOSE: _("closed")}


class StuckForm(forms.Form):
    """Some of the messages that are stuck, and whether to send or to close them."""

    notice = forms.ModelMultipleChoiceField(
        Notice.across_firms.stuck(),
        error_messages={"required": _("Tick the messages that you mean.")},
    )
    act = forms.ChoiceField(choices=list(DONE.items()))

    def make(self, *, by: Person, at: datetime) -> int:
        """Do it; says of how many messages."""
        keys = self.cleaned_data["notice"].values_list("pk", flat=True)
        number: int = ACTS[self.cleaned_data["act"]](list(keys), by=by, at=at)
        return number

    def done(self) -> Promise:
        return DONE[self.cleaned_data["act"]]
