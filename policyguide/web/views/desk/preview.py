"""A draft as a firm would read it."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import require_editor
from policyguide.firms.models import Firm
from policyguide.guidance import Guidance, compose
from policyguide.policy.models import Edition
from policyguide.policy.problems import problems
from policyguide.policy.rows import facts_of
from policyguide.web.desk_forms.changes import FirmForm
from policyguide.web.views.desk.asked import change_or_404


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The guidance a firm would be given by the draft, on the day it is in force."""
    require_editor(request.user)
    change = change_or_404(pk)
    form = FirmForm(request.GET or None)
    found = problems(change.edition)
    context = {"change": change, "form": form, "problems": found, "guidance": None}
    if form.is_valid() and not found:
        context["guidance"] = _composed(change.edition, form.cleaned_data["firm"])
    return TemplateResponse(request, "desk/preview.html", context)


def _composed(draft: Edition, firm: Firm) -> Guidance:
    as_of = max(localdate(), draft.in_force_from)
    return compose(facts_of(draft), firm.profile(), as_of=as_of)
