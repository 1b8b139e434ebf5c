"""Sources read again: captured, checked, and what the new text breaks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from policyguide.firms.access import require_editor
from policyguide.policy import rechecks, recording
from policyguide.policy.checks import sources_by_check
from policyguide.policy.models import Capture, Recheck, Source, SourceCheck
from policyguide.policy.states import NotAllowed
from policyguide.web.desk_forms.captures import CaptureForm, SettleForm, SourceForm
from policyguide.web.views.desk.asked import CONFLICT, INVALID, posted, uploaded


@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """Every source, the one last read longest ago first."""
    require_editor(request.user)
    return TemplateResponse(
        request, "desk/sources.html", {"sources": sources_by_check()}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_source(request: HttpRequest) -> HttpResponse:
    """A document to cite from now on."""
    person = require_editor(request.user)
    form = SourceForm(posted(request))
    if form.is_valid():
        source = recording.record_source(form.instance, by=person, at=now())
        return redirect("desk-capture-source", source.code)
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "desk/source.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def capture(request: HttpRequest, code: str) -> HttpResponse:
    """Paste or upload what a source says now."""
    person = require_editor(request.user)
    source = get_object_or_404(Source, code=code)
    form = CaptureForm(posted(request), uploaded(request), today=localdate())
    if form.is_valid() and (made := form.keep(source, by=person, at=now())):
        return _after(request, made)
    if form.is_bound:
        form.show_upload()
    context = {"source": source, "form": form}
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "desk/capture.html", context, status=status)


@require_POST
def unchanged(request: HttpRequest, code: str) -> HttpResponse:
    """Log that the source reads as it did."""
    person = require_editor(request.user)
    source = get_object_or_404(Source, code=code)
    try:
        recording.check_unchanged(source, on=localdate(), by=person, at=now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%s: checked, unchanged.") % source.code)
    return redirect("desk-sources")


@require_safe
def show(request: HttpRequest, source: str, slug: str) -> HttpResponse:
    """A capture: what it breaks and what is new in it."""
    require_editor(request.user)
    made = _capture_or_404(source, slug)
    return TemplateResponse(request, "desk/captured.html", _context(made, SettleForm()))


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Dismiss a wording that is gone, or choose the place of one that is repeated."""
    person = require_editor(request.user)
    row = get_object_or_404(Recheck.objects.select_related("capture__source"), pk=pk)
    form = SettleForm(request.POST)
    if form.is_valid() and form.settle(row, by=person, at=now()):
        messages.success(request, _("Settled; it is in the log."))
        return redirect("desk-captured", *row.capture.code.split("/"))
    context = _context(row.capture, form) | {"tried": pk}
    return TemplateResponse(request, "desk/captured.html", context, status=CONFLICT)


def _after(request: HttpRequest, made: Capture | SourceCheck) -> HttpResponse:
    if isinstance(made, SourceCheck):
        text = _("It reads as it did in %s, so this is logged as a check.")
        messages.success(request, text % made.capture.code)
        return redirect("desk-captured", *made.capture.code.split("/"))
    return redirect("desk-captured", *made.code.split("/"))


def _capture_or_404(source: str, slug: str) -> Capture:
    captures = Capture.objects.select_related("source", "captured_by")
    return get_object_or_404(captures, code=f"{source}/{slug}")


def _context(made: Capture, form: SettleForm) -> dict[str, Any]:
    return {
        "capture": made,
        "is_confirmed": recording.is_confirmed(made),
        "findings": rechecks.findings(made),
        "new_sentences": rechecks.new_sentences(made),
        "form": form,
        "tried": None,
    }
