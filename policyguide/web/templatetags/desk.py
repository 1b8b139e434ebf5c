"""What the desk's templates need: redlines, folded where nothing changed, and names."""

from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policyguide.guidance.redline import Kind, redline
from policyguide.notices import models as notices
from policyguide.policy.differences import FieldDifference
from policyguide.policy.drafts import Deed
from policyguide.policy.states import Move

FOLD_BEYOND = 400
KEPT = 120

DID: dict[str, Promise] = {
    "load": _("Loaded"),
    Deed.OPEN: _("Opened"),
    Deed.DESCRIBE: _("Described"),
    Deed.ADD: _("Added"),
    Deed.REWORD: _("Reworded"),
    Deed.REMOVE: _("Removed"),
    Deed.BRING_UP_TO_DATE: _("Brought up to date with"),
    Deed.QUOTE: _("Quoted"),
    Deed.CAPTURE: _("Captured"),
    Deed.MAKE_ANEW: _("Made the text anew of"),
    Deed.CHECK: _("Checked, unchanged:"),
    Deed.DISMISS: _("Dismissed"),
    Deed.CHOOSE: _("Chose the place of"),
    Deed.RECORD_SOURCE: _("Recorded the source"),
    notices.Deed.TELL: _("Had people told of"),
    notices.Deed.RECALL: _("Recalled"),
    notices.Deed.SEND_AGAIN: _("Sent again"),
    notices.Deed.CLOSE: _("Closed without sending again"),
    Move.SUBMIT: _("Submitted"),
    Move.REOPEN: _("Took back"),
    Move.APPROVE: _("Approved"),
    Move.SEND_BACK: _("Sent back"),
    Move.PUBLISH: _("Published"),
    Move.SCHEDULE: _("Scheduled"),
    Move.UNSCHEDULE: _("Took off the schedule"),
    Move.PUBLISH_UNREVIEWED: _("Published without a second review"),
    Move.WITHDRAW: _("Withdrew"),
}

register = template.Library()


@register.filter
def did(what: str) -> Promise | str:
    """What a line of the log says was done."""
    return DID.get(what, what)


class Piece(NamedTuple):
    """A piece of a redline; of one that is folded, only the ends are shown at once."""

    kind: str
    text: str
    start: str = ""
    end: str = ""


@register.filter
def desk_capture_url(code: str) -> str:
    """Where a capture is read at the desk."""
    return reverse("desk-captured", args=code.split("/"))


@register.filter
def redlined(field: FieldDifference) -> list[Piece]:
    """The way from one text to the other, long unchanged text folded."""
    return [_piece(span.kind, span.text) for span in redline(field.before, field.after)]


def _piece(kind: Kind, text: str) -> Piece:
    if kind is not Kind.SAME or len(text) <= FOLD_BEYOND:
        return Piece(kind, text)
    start, end = text[:KEPT].rsplit(" ", 1)[0], text[-KEPT:].split(" ", 1)[-1]
    return Piece("folded", text[len(start) : len(text) - len(end)], start, end)
