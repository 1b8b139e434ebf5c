"""What a change means for all firms, before anybody approves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import require_editor
from policyguide.firms.impact import Group
from policyguide.firms.models import Firm, Membership
from policyguide.memos.models import Memo
from policyguide.notices.mail import preview
from policyguide.notices.news import News, news_of_draft
from policyguide.notices.tell import members_of
from policyguide.policy.problems import problems
from policyguide.web.views.desk.asked import change_or_404


@dataclass(frozen=True, kw_only=True)
class Told:
    """Firms that are told the same, their people, the mail as the first one reads."""

    group: Group
    members: Sequence[Membership]
    subject: str
    text: str


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Which firms are told anything else, their memos, and the mail they would get."""
    require_editor(request.user)
    change = change_or_404(pk)
    draft, base = change.edition, change.edition.based_on
    found = problems(draft)
    context: dict[str, Any] = {"change": change, "problems": found, "impact": None}
    if base and not found:
        context |= _concerned(news_of_draft(draft, base, on=localdate()))
    return TemplateResponse(request, "desk/impact.html", context)


def _concerned(news: News) -> dict[str, Any]:
    """The impact, with the issued memos and the people of the firms it has one on."""
    firms = Firm.objects.prefetch_related("offices").order_by("name")
    impact = news.replacement.impact(firms)
    concerned = {firm.pk for firm in impact.firms}
    memos = Memo.across_firms.issued().values_list("firm_id", flat=True)
    members = list(members_of(impact.firms))
    return {
        "impact": impact,
        "groups": [_told(news, group, members) for group in impact.groups],
        "memos": sum(firm in concerned for firm in memos),
        "people": len({member.person_id for member in members}),
    }


def _told(news: News, group: Group, members: Sequence[Membership]) -> Told:
    firms = {firm.pk for firm in group.firms}
    subject, text = preview(news.for_firm(group.firms[0]))
    return Told(
        group=group,
        members=[member for member in members if member.firm_id in firms],
        subject=subject,
        text=text,
    )
