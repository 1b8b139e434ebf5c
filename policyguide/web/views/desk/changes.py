"""A change: opened, described, shown against what it replaces, and moved on."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
)

from policyguide.firms.access import require_editor
from policyguide.policy import workflow
from policyguide.policy.review import Review
from policyguide.policy.states import NEEDS_A_REASON, NotAllowed
from policyguide.web.accounts import require_fresh_proof
from policyguide.web.desk_forms.changes import (
    OFFERS,
    DetailsForm,
    FirmForm,
    MoveForm,
    OpenForm,
)
from policyguide.web.views.desk.asked import CONFLICT, INVALID, change_or_404, posted


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Open a change: a draft of what is in force on its day."""
    person = require_editor(request.user)
    known = {"in_force_from": localdate(), "title": request.GET.get("title", "")}
    form = OpenForm(posted(request), initial=known)
    if form.is_valid():
        change = workflow.open_change(**form.cleaned_data, by=person, at=now())
        return redirect("desk-change", change.pk)
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "desk/open.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """All that the change alters, and what is in its way. A POST makes a move."""
    person = require_editor(request.user)
    change = change_or_404(pk)
    form = MoveForm(posted(request))
    if form.is_valid() and form.reaches_readers():
        require_fresh_proof(request)
    if form.is_valid() and form.make(change, by=person, at=now()):
        messages.success(request, str(form.done()))
        return redirect("desk-change", pk)
    context = _context(Review(change, person), form)
    status = CONFLICT if form.is_bound else 200
    return TemplateResponse(request, "desk/change.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft's title, date, note and severity."""
    person = require_editor(request.user)
    change = change_or_404(pk)
    form = DetailsForm(posted(request), change=change)
    if form.is_valid() and form.save_to(change, by=person, at=now()):
        return redirect("desk-change", pk)
    context = {"change": change, "form": form}
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "desk/describe.html", context, status=status)


@require_POST
def bring_up_to_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Base the draft on the edition that it would replace."""
    person = require_editor(request.user)
    try:
        contested = workflow.bring_up_to_date(change_or_404(pk), by=person, at=now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _brought(contested))
    return redirect("desk-change", pk)


def _context(review: Review, form: MoveForm) -> dict[str, Any]:
    return {
        "review": review,
        "form": form,
        "offers": [(move, OFFERS[move]) for move in review.moves],
        "needs_a_reason": NEEDS_A_REASON,
        "firms": FirmForm(),
    }


def _brought(contested: tuple[str, ...]) -> str:
    if not contested:
        return _("The draft is up to date; nothing of it was lost.")
    return ngettext(
        "The draft is up to date. Both texts of %(codes)s had changed: see below.",
        "The draft is up to date. Both texts of these had changed, see below: "
        "%(codes)s.",
        len(contested),
    ) % {"codes": ", ".join(contested)}
