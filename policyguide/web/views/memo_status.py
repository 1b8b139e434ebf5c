"""The status of a memo, for anybody who holds one."""

from allauth.decorators import rate_limit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from policyguide.memos.access import belongs_to
from policyguide.memos.doubts import doubts_about
from policyguide.memos.models import Memo
from policyguide.policy.currency import currency


@require_safe
@login_not_required
@never_cache
@rate_limit(action="memo_status", limit_get=True)  # type: ignore[untyped-decorator]
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a memo is still current. A stranger learns nothing about the firm."""
    memos = Memo.across_firms.issued().listed().select_related("firm")
    memo = get_object_or_404(memos, code=code)
    context = {
        "memo": memo,
        "doubts": doubts_about(memo, currency(localdate()).in_doubt),
        "is_member": belongs_to(memo, request.user),
    }
    response = TemplateResponse(request, "memos/status.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response
