"""The link in the mail of somebody who is invited to a firm."""

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from policyguide.firms import people
from policyguide.firms.models import Invitation, Person
from policyguide.policy.states import NotAllowed
from policyguide.web.people_forms import NewcomerForm
from policyguide.web.views.desk.asked import INVALID, posted


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """What one is invited to. Looking at it uses nothing up; a POST accepts it."""
    invitation = people.invitation_by(secret, at=now())
    if invitation is None:
        return _page(request, {"invitation": None}, status=404)
    if request.user.is_authenticated:
        return _join(request, invitation, request.user)
    if Person.objects.filter(email__iexact=invitation.email).exists():
        return _page(request, {"invitation": invitation, "has_account": True})
    return _sign_up(request, invitation)


def _join(request: HttpRequest, invitation: Invitation, person: Person) -> HttpResponse:
    is_theirs = person.email.lower() == invitation.email.lower()
    if request.method != "POST" or not is_theirs:
        return _page(request, {"invitation": invitation, "is_theirs": is_theirs})
    try:
        people.accept(invitation, by=person, at=now())
    except NotAllowed:
        return _page(request, {"invitation": None}, status=404)
    return redirect(invitation.firm)


def _sign_up(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = NewcomerForm(posted(request), email=invitation.email)
    if not form.is_valid():
        status = INVALID if form.is_bound else 200
        return _page(request, {"invitation": invitation, "form": form}, status=status)
    try:
        person = people.come_in(invitation, **form.cleaned_data, at=now())
    except NotAllowed:
        return _page(request, {"invitation": None}, status=404)
    login(request, person)
    return redirect(invitation.firm)


def _page(
    request: HttpRequest, context: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """The link is a secret: no address of it is passed on."""
    response = TemplateResponse(
        request, "firms/invitation.html", context, status=status
    )
    response["Referrer-Policy"] = "no-referrer"
    return response
