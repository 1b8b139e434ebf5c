"""What is to do at the desk, the oldest first."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import require_editor
from policyguide.notices.models import Notice
from policyguide.policy.checks import next_check_on, sources_due
from policyguide.policy.models import Change
from policyguide.policy.rechecks import doubtful_captures
from policyguide.policy.states import ChangeState


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Changes by what they wait for."""
    require_editor(request.user)
    changes = Change.objects.select_related("edition", "author")
    context = {
        "to_capture": sources_due(localdate()),
        "next_check_on": next_check_on(),
        "doubtful": doubtful_captures(),
        "to_decide": changes.in_state(ChangeState.DRAFT),
        "to_review": changes.in_state(ChangeState.IN_REVIEW),
        "to_publish": changes.in_state(ChangeState.APPROVED),
        "to_tell": Notice.across_firms.outstanding(),
    }
    return TemplateResponse(request, "desk/queue.html", context)
