"""What a change means for all firms, before anybody approves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.firms.access import require_editor
from policyguide.firms.impact import Group, outlines
from policyguide.firms.models import Firm, Membership
from policyguide.memos.outlook import outlooks
from policyguide.notices.mail import preview
from policyguide.notices.news import News, news_of_draft
from policyguide.notices.tell import members_of
from policyguide.policy.models import Edition
from policyguide.policy.problems import problems
from policyguide.web.htmx import page_or_partial
from policyguide.web.views.desk.asked import change_or_404

# About two seconds' worth; with a hundred firms, one look is enough.
LIKENESSES_A_LOOK = 200


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
        context |= _looked_at(news_of_draft(draft, base, on=localdate()), draft)
    return page_or_partial(request, "desk/impact.html", "found", context)


def _looked_at(news: News, draft: Edition) -> dict[str, Any]:
    """The impact or, while there is more to look at, how far that is.

    What has been found out is kept for the next request, whichever process answers it.
    """
    replacement = news.replacement
    hashes = f"{replacement.before.sha256}:{replacement.after.sha256}"
    key = f"impact:{hashes}:{replacement.as_of}"
    replacement.told.update(cache.get(key, {}))
    firms = outlines()
    progress = replacement.look_at(firms, most=LIKENESSES_A_LOOK)
    cache.set(key, replacement.told)
    if not progress.is_complete:
        return {"progress": progress, "firms": len(firms)}
    return _concerned(news) | {
        "outlooks": outlooks(replacement, severity=draft.severity)
    }


def _concerned(news: News) -> dict[str, Any]:
    """The impact on firms, and the people of those it has one on."""
    firms = Firm.objects.prefetch_related("offices").order_by("name")
    impact = news.replacement.impact(firms)
    members = list(members_of(impact.firms))
    return {
        "impact": impact,
        "groups": [_told(news, group, members) for group in impact.groups],
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
