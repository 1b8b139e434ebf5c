"""Pass it on: what a firm's people are told, ready to be copied or sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from policyguide.firms.access import firm_for, membership_for
from policyguide.firms.guidance import guidance_for
from policyguide.web.downloads import attached
from policyguide.web.notes import written


@require_safe
@never_cache
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """A note for each audience, on today's edition and the firm as it is."""
    membership = membership_for(request.user, slug)
    guidance = guidance_for(membership.firm, localdate())
    context = {
        "firm": membership.firm,
        "may_edit_profile": membership.may_edit_profile,
        "guidance": guidance,
        "notes": written(guidance).values(),
    }
    return TemplateResponse(request, "notes/index.html", context)


@require_safe
@never_cache
def draft(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """One of them as a mail to be finished and sent."""
    guidance = guidance_for(firm_for(request.user, slug), localdate())
    note = {str(kind): note for kind, note in written(guidance).items()}.get(kind)
    if note is None:
        raise Http404("No such page.")
    name = f"{guidance.as_of}-{slug}-{kind}.eml"
    headers = {"Content-Disposition": attached(name)}
    return HttpResponse(note.draft(), content_type="message/rfc822", headers=headers)
