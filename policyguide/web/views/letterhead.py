"""A firm's letterhead, edited on the firm's own pages, and a look at it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from policyguide.firms.access import firm_where_may_edit_profile
from policyguide.firms.profiles import save_letterhead
from policyguide.web.forms import LetterheadForm
from policyguide.web.views.desk.asked import INVALID, posted, uploaded


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What the firm's next memos look like; those that are issued stay as they are."""
    firm = firm_where_may_edit_profile(request.user, slug)
    form = LetterheadForm(posted(request), uploaded(request), instance=firm)
    if form.is_valid():
        save_letterhead(firm, **form.cleaned_data)
        messages.success(request, _("The letterhead is saved for the next memos."))
        return redirect("letterhead", slug)
    logo = firm.logos.filter(sha256=firm.logo_sha256).first()
    context = {"firm": firm, "form": form, "logo": logo}
    status = INVALID if form.is_bound else 200
    return TemplateResponse(request, "firms/letterhead.html", context, status=status)


@require_safe
def accent(request: HttpRequest, slug: str) -> HttpResponse:
    """The firm's colour as a style of its own, for no page here has one inline."""
    firm = firm_where_may_edit_profile(request.user, slug)
    style = f".paper {{ --accent: {firm.accent} }}" if firm.accent else ""
    headers = {"Cache-Control": "private, no-cache"}
    return HttpResponse(style, content_type="text/css", headers=headers)
