"""A firm's profile, edited on the firm's own pages."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from policyguide.firms.access import firm_where_may_edit_profile
from policyguide.firms.models import Firm
from policyguide.firms.profiles import save_profile
from policyguide.web.forms import OfficeFormSet, ProfileForm

INVALID = 422


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The profile and its offices. What was typed stays until it can be saved."""
    firm = firm_where_may_edit_profile(request.user, slug)
    form, offices = _forms(request, firm)
    if request.method == "POST" and form.is_valid() and offices.is_valid():
        save_profile(firm, **form.cleaned_data, offices=offices.offices())
        messages.success(request, _("The profile is saved; the guidance follows it."))
        return redirect("profile", slug)
    context = {"firm": firm, "form": form, "offices": offices}
    status = INVALID if request.method == "POST" else 200
    return TemplateResponse(request, "firms/profile.html", context, status=status)


def _forms(request: HttpRequest, firm: Firm) -> tuple[ProfileForm, Any]:
    data = request.POST if request.method == "POST" else None
    rows = [
        {"city": office.city, "country": office.country.code}
        for office in firm.offices.all()
    ]
    offices = OfficeFormSet(data, initial=rows, prefix="offices")
    return ProfileForm(data, instance=firm), offices
