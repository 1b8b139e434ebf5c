"""Who was told of what, and the messages that wait for somebody to decide."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policyguide.firms.access import require_editor
from policyguide.notices.models import Notice
from policyguide.web.desk_forms.notices import StuckForm
from policyguide.web.views.desk.asked import INVALID, posted

MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """All changes that people were told of. A POST sends again or closes messages."""
    person = require_editor(request.user)
    form = StuckForm(posted(request))
    if form.is_valid():
        told = {"number": form.make(by=person, at=now()), "done": form.done()}
        messages.success(request, _("Messages %(done)s: %(number)s.") % told)
        return redirect("desk-notices")
    stuck = Notice.across_firms.stuck().select_related("person", "firm", "edition")
    context = {
        "form": form,
        "stuck": stuck.order_by("due_at", "pk")[:MOST_SHOWN],
        "changes": Notice.across_firms.by_change(),
        "unread": Notice.across_firms.unacknowledged()[:MOST_SHOWN],
        "reasons": Notice.across_firms.waiting_because(),
    }
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "desk/notices.html", context, status=status)
