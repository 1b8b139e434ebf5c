"""What a person is told by mail, how often, and how they stop it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from policyguide.firms.models import Person
from policyguide.notices.models import Notice
from policyguide.notices.preferences import Pace, pace_of, person_of, set_pace
from policyguide.web.forms import PaceForm
from policyguide.web.views.desk.asked import INVALID, posted

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    """All that the person was told. A POST chooses how often they get mail."""
    person = cast(Person, request.user)
    form = PaceForm(posted(request), initial={"pace": pace_of(person)})
    if form.is_valid():
        set_pace(person, Pace(form.cleaned_data["pace"]), at=now())
        messages.success(request, _("Saved. It holds from now on."))
        return redirect("notices")
    told = Notice.across_firms.of_member(person)[:MOST_SHOWN]
    context = {"form": form, "notices": told}
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "notices/index.html", context, status=status)


@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stops all mail. Only a POST does it, for mail programs open links by themselves.

    Without a CSRF token: a mail program has none, and the address is the proof.
    """
    person = person_of(token)
    if person is None:
        raise Http404("No such page.")
    if request.method == "POST":
        set_pace(person, Pace.NEVER, at=now())
    context = {"is_stopped": pace_of(person) == Pace.NEVER}
    return TemplateResponse(request, "notices/stop.html", context)
