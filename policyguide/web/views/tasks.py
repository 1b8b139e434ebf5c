"""What to do, worked through by a firm: the list, a task, its table, its calendar."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from policyguide.firms.access import firm_for, member_for, membership_for
from policyguide.firms.calendars import calendar_at, close_calendar, open_calendar
from policyguide.firms.guidance import guidance_for
from policyguide.firms.models import Firm, Membership, Person
from policyguide.firms.tasks import (
    Line,
    Overtaken,
    WorkList,
    may_tick,
    save_task,
    work_list,
)
from policyguide.notices.mail import site_url
from policyguide.web.downloads import attached
from policyguide.web.due_dates import calendar_of
from policyguide.web.spreadsheet import csv_of
from policyguide.web.task_forms import TaskForm, TickForm
from policyguide.web.tasks import rows_of
from policyguide.web.views.desk.asked import CONFLICT, INVALID, posted


@require_safe
@never_cache
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the firm should do, by audience, and how far it is."""
    membership = membership_for(request.user, slug)
    context = _about(membership) | {"work": _work(membership.firm)}
    return TemplateResponse(request, "tasks/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    """One task. What was typed stays until it can be saved."""
    membership, line = _line(request, slug, action)
    form = TaskForm(posted(request), line=line, membership=membership)
    status = INVALID if form.is_bound else 200
    if form.is_valid():
        try:
            save_task(
                line, by=cast(Person, request.user), at=now(), **form.cleaned_data
            )
        except Overtaken:
            form.show_meanwhile()
            status = CONFLICT
        else:
            return _back(slug, action)
    context = _about(membership) | {"line": line, "form": form}
    return TemplateResponse(request, "tasks/task.html", context, status=status)


@require_POST
def tick(request: HttpRequest, slug: str, action: str) -> HttpResponse:
    """Say that a task is done, or that it is not."""
    _membership, line = _line(request, slug, action)
    form = TickForm(request.POST)
    try:
        if form.is_valid():
            save_task(
                line, by=cast(Person, request.user), at=now(), **form.cleaned_data
            )
    except Overtaken:
        messages.error(
            request,
            _("“%(task)s” was changed by somebody else meanwhile; see how it stands.")
            % {"task": line.finding.title},
        )
    return _back(slug, action)


@require_safe
@never_cache
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The list as a table for a spreadsheet."""
    firm = firm_for(request.user, slug)
    name = f"{localdate()}-{slug}-tasks.csv"
    return HttpResponse(
        csv_of(rows_of(_work(firm))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": attached(name)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """A member's calendar address: made anew, when it is shown once, or stopped."""
    membership = member_for(request.user, slug)
    address = ""
    if "stop" in request.POST:
        close_calendar(membership)
        messages.success(request, _("The address is stopped; nothing is sent to it."))
        return redirect("calendar", slug)
    if request.method == "POST":
        secret = open_calendar(membership, at=now())
        address = site_url("due_dates", secret)
    kept = membership.firm.calendar_addresses.filter(membership=membership).first()
    context = _about(membership) | {"address": address, "kept": kept}
    return TemplateResponse(request, "tasks/calendar.html", context)


@require_safe
@login_not_required
@never_cache
def due_dates(request: HttpRequest, secret: str) -> HttpResponse:
    """The due dates, for whichever program knows the secret."""
    address = calendar_at(secret)
    if address is None:
        raise Http404("No such page.")
    content = calendar_of(address.firm, _work(address.firm))
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


def _work(firm: Firm) -> WorkList:
    return work_list(firm, guidance_for(firm, localdate()))


def _line(request: HttpRequest, slug: str, action: str) -> tuple[Membership, Line]:
    """A line of the firm's list; only who may tick it off may send anything."""
    membership = membership_for(request.user, slug)
    line = _work(membership.firm).line(action)
    if line is None:
        raise Http404("No such page.")
    if request.method == "POST" and not may_tick(membership, line.task):
        raise PermissionDenied(
            _("A task is changed by its owner and by the firm’s partners and admins.")
        )
    return membership, line


def _about(membership: Membership) -> dict[str, object]:
    return {
        "firm": membership.firm,
        "membership": membership,
        "may_edit_profile": membership.may_edit_profile,
    }


def _back(slug: str, action: str) -> HttpResponse:
    """To the list, at the task's place in it."""
    return redirect(f"{reverse('tasks', args=[slug])}#task-{action}")
