"""An entry of a draft: added, reworded, removed, and what it rests on chosen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from policyguide.firms.access import require_editor
from policyguide.firms.models import Person
from policyguide.policy import drafts
from policyguide.policy.models import Change, Entry
from policyguide.policy.states import NotAllowed
from policyguide.web.desk_forms.editing import Editing
from policyguide.web.htmx import page_or_partial
from policyguide.web.views.desk.asked import (
    CONFLICT,
    INVALID,
    change_or_404,
    entry_or_404,
    new_entry_or_404,
    posted,
)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new entry of a kind."""
    person = require_editor(request.user)
    change = change_or_404(pk)
    return _edit(request, change, new_entry_or_404(change, kind), person)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """An entry there is."""
    person = require_editor(request.user)
    change = change_or_404(pk)
    return _edit(request, change, entry_or_404(change, code), person)


@require_POST
def quote_for_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Search quotations, or quote a passage, for an entry still being typed."""
    person = require_editor(request.user)
    change = change_or_404(pk)
    return _quote(request, change, new_entry_or_404(change, kind), person)


@require_POST
def quote(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Search quotations, or quote a passage, for an entry that is being reworded."""
    person = require_editor(request.user)
    change = change_or_404(pk)
    return _quote(request, change, entry_or_404(change, code), person)


@require_POST
def remove(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Take the entry out of the draft."""
    person = require_editor(request.user)
    change = change_or_404(pk)
    entry = entry_or_404(change, code)
    try:
        drafts.remove_entry(change, entry.code, by=person, at=now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("desk-change", pk)


def _edit(
    request: HttpRequest, change: Change, entry: Entry, person: Person
) -> HttpResponse:
    editing = Editing(change, entry, posted(request))
    if request.method == "POST" and editing.save(by=person, at=now()):
        page = reverse("desk-change", args=[change.pk])
        return redirect(f"{page}#entry-{entry.code}")
    status = 200
    if request.method == "POST":
        status = CONFLICT if editing.meanwhile else INVALID
    return TemplateResponse(
        request, "desk/entry.html", {"editing": editing}, status=status
    )


def _quote(
    request: HttpRequest, change: Change, entry: Entry, person: Person
) -> HttpResponse:
    editing = Editing(change, entry, request.POST)
    quotations = editing.quotations
    is_right = "quote" not in request.POST or (
        quotations.is_valid() and quotations.quote(by=person, at=now())
    )
    response = page_or_partial(
        request, "desk/entry.html", "quotations", {"editing": editing}
    )
    response.status_code = 200 if is_right else INVALID
    return response
