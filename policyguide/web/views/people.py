"""A firm's people: invited, given another role, removed by its admins."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from policyguide.firms import people
from policyguide.firms.access import firm_where_may_manage_people, membership_for
from policyguide.firms.models import Firm, Membership, Person
from policyguide.policy.states import NotAllowed
from policyguide.web.accounts import require_fresh_proof
from policyguide.web.mail import mail_invitation
from policyguide.web.people_forms import InvitationForm, RoleForm
from policyguide.web.views.desk.asked import INVALID


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """The members; for admins also who is invited and who looked in. A POST invites."""
    if request.method == "POST":
        return _invite(request, slug)
    membership = membership_for(request.user, slug)
    form = InvitationForm(None, firm=membership.firm)
    return _page(request, membership, form)


def _invite(request: HttpRequest, slug: str) -> HttpResponse:
    firm = firm_where_may_manage_people(request.user, slug)
    form = InvitationForm(request.POST, firm=firm)
    if not form.is_valid():
        return _page(request, membership_for(request.user, slug), form, status=INVALID)
    require_fresh_proof(request)
    by = cast(Person, request.user)
    invitation, secret = people.invite(firm, **form.cleaned_data, by=by, at=now())
    if mail_invitation(invitation, secret):
        said = _("An invitation is on its way to %(email)s. It is good for a day.")
        messages.success(request, said % {"email": invitation.email})
    else:
        firm.invitations.filter(pk=invitation.pk).delete()
        messages.error(request, _("The mail could not be sent: nobody is invited."))
    return redirect("people", slug)


def _page(
    request: HttpRequest,
    membership: Membership,
    form: InvitationForm,
    *,
    status: int = 200,
) -> HttpResponse:
    firm = membership.firm
    context = {
        "firm": firm,
        "form": form,
        "may_manage": membership.may_manage_people,
        "may_edit_profile": membership.may_edit_profile,
        "roles": Membership.Role.choices,
        "memberships": firm.memberships.select_related("person").order_by("pk"),
        "invitations": firm.invitations.waiting(now()).order_by("pk"),
        "visits": firm.visits.select_related("person"),
    }
    return TemplateResponse(request, "firms/people.html", context, status=status)


@require_POST
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a member another role, or end the membership."""
    firm = firm_where_may_manage_people(request.user, slug)
    membership = get_object_or_404(firm.memberships.select_related("person"), pk=pk)
    require_fresh_proof(request)
    form = RoleForm(request.POST)
    if form.is_valid():
        _change(request, firm, membership, form.cleaned_data["do"])
    return redirect("people", slug)


def _change(request: HttpRequest, firm: Firm, membership: Membership, do: str) -> None:
    try:
        if do == RoleForm.REMOVE:
            people.remove(firm, membership)
        else:
            people.give_role(firm, membership, do)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        done = _("Saved. It holds from the next page that %(name)s opens.")
        messages.success(request, done % {"name": membership.person})


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back an invitation that waits."""
    firm = firm_where_may_manage_people(request.user, slug)
    firm.invitations.waiting(now()).filter(pk=pk).delete()
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("people", slug)
