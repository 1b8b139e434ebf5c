"""The editions as an Atom feed, for anybody's reader."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from policyguide.notices.mail import site_url
from policyguide.policy.markup import render_words
from policyguide.policy.models import Edition


@require_safe
@login_not_required
@conditional_page
def editions(request: HttpRequest) -> HttpResponse:
    """All published editions, the one that changed last first."""
    answer: HttpResponse = Editions()(request)
    return answer


class Editions(Feed[Edition, None]):
    """Addresses come from the settings, so an edition's id is the same everywhere."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Editions of LinkedIn’s generative-AI data terms")

    def link(self) -> str:
        return site_url("editions")

    def feed_url(self) -> str:
        return site_url("feed")

    def author_name(self) -> str:
        return "policyguide"

    def items(self) -> Iterable[Edition]:
        changed_at = Coalesce("withdrawn_at", "published_at")
        return Edition.objects.published().order_by(changed_at.desc(), "-number")

    def item_title(self, item: Edition) -> str:
        told = {"number": item.number, "title": item.title}
        if item.withdrawn_at:
            return _("Withdrawn: edition %(number)s, %(title)s") % told
        return _("Edition %(number)s: %(title)s") % told

    def item_description(self, item: Edition) -> str:
        since = _("In force from %s.") % date_format(item.in_force_from)
        note = item.withdrawn_because if item.withdrawn_at else item.change_note
        return f"<p>{since}</p>{render_words(note)}"

    def item_link(self, item: Edition) -> str:
        return site_url("edition", str(item.number))

    def item_pubdate(self, item: Edition) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Edition) -> datetime | None:
        return item.withdrawn_at or item.published_at
