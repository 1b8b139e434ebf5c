"""Memos for many firms at once: started, watched, paused and taken along.

Those at the desk see which firm got a memo, not what it says: that is for members.
"""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from policyguide.firms.access import require_approver, require_editor
from policyguide.firms.models import Firm
from policyguide.memos.access import originals_in_batch_for
from policyguide.memos.archive import READ_AT_A_TIME, zipped
from policyguide.memos.models import Batch, BatchFirm
from policyguide.memos.pdf import pdf_available
from policyguide.notices.models import Notice
from policyguide.notices.news import news_of
from policyguide.policy.editions import edition_in_force
from policyguide.policy.models import Edition
from policyguide.web.desk_forms.batches import ActForm, BatchForm
from policyguide.web.downloads import note_taken, zip_file
from policyguide.web.htmx import page_or_partial
from policyguide.web.views.desk.asked import INVALID, posted


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """All batches, and the firms to choose from. A POST starts one."""
    person = require_editor(request.user)
    form = BatchForm(posted(request))
    if request.method == "POST":
        person = require_approver(person)
        if form.is_valid() and pdf_available():
            edition = edition_in_force(localdate())
            return redirect(form.start(edition, by=person, at=now()))
    firms = Firm.objects.prefetch_related("offices").order_by("name")
    context = {
        "form": form,
        "firms": firms,
        "ticked": _ticked(request, firms) if person.is_approver else set(),
        "may_start": person.is_approver,
        "memos_are_on": pdf_available(),
        "batches": Batch.objects.select_related("edition", "started_by").order_by(
            "-pk"
        ),
    }
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "desk/batches.html", context, status=status)


def _ticked(request: HttpRequest, firms: Iterable[Firm]) -> set[int]:
    """The firms that were chosen; at first those the edition in force concerns."""
    if request.method == "POST":
        return {int(pk) for pk in request.POST.getlist("firm") if pk.isdecimal()}
    if request.GET.get("ticked") == "all":
        return {firm.pk for firm in firms}
    return _concerned(firms)


def _concerned(firms: Iterable[Firm]) -> set[int]:
    """The firms for which the edition in force is news; all, if it is the first."""
    today = localdate()
    edition = Edition.objects.in_force(today).first()
    news = edition and news_of(edition, Notice.Event.PUBLISHED, on=today)
    if not news:
        return {firm.pk for firm in firms}
    told_otherwise = news.replacement.told_otherwise
    return {firm.pk for firm in firms if told_otherwise(firm.profile())}


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a batch is, firm by firm. A POST pauses it, lets it go on, or retries."""
    person = require_editor(request.user)
    batch = get_object_or_404(Batch.objects.select_related("edition"), pk=pk)
    form = ActForm(posted(request))
    if request.method == "POST" and require_approver(person) and form.is_valid():
        form.make(batch)
        return redirect(batch)
    context = _progress(batch) | {
        "may_act": person.is_approver,
        "to_take": originals_in_batch_for(person, batch).count(),
    }
    return page_or_partial(request, "desk/batch.html", "progress", context)


def _progress(batch: Batch) -> dict[str, Any]:
    parts = BatchFirm.across_firms.of(batch)
    count = parts.counted()
    is_outdated = batch.edition.number != edition_in_force(localdate()).number
    is_stopped = batch.is_paused or is_outdated
    return {
        "batch": batch,
        "parts": parts.select_related("firm", "memo__requested_by"),
        "count": count,
        "is_outdated": is_outdated,
        "is_moving": count["being_made"] or (count["waiting"] and not is_stopped),
    }


@require_safe
def archive(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The memos of a batch that the person may read: those of their own firms."""
    person = require_editor(request.user)
    batch = get_object_or_404(Batch, pk=pk)
    originals = originals_in_batch_for(person, batch)
    if not originals.exists():
        raise Http404("No such page.")
    note_taken(request, originals.values_list("memo_id", "firm_id"))
    pieces = zipped(originals.iterator(chunk_size=READ_AT_A_TIME))
    return zip_file(pieces, f"batch-{pk}-memos.zip")
