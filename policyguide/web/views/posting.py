"""Before you post: what becomes of one thing, for anybody who is about to share it."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.guidance.posting import Posting, region_at, weigh
from policyguide.guidance.vocabulary import Thing, find
from policyguide.policy.currency import Currency, currency
from policyguide.policy.vocabulary import things
from policyguide.web.forms import PostingForm
from policyguide.web.htmx import page_or_partial


@require_safe
@login_not_required
def before_you_post(request: HttpRequest) -> HttpResponse:
    """The answer for what was picked or typed; else what can be, or is to be chosen."""
    record, known = currency(localdate()), things()
    form = PostingForm(request.GET, edition=record.edition())
    found = find(form.given("what"), known)
    context = {
        "form": form,
        "things": known,
        "found": found,
        "posting": _posting(found.thing, form.given("where"), record),
        "edition": record.edition(),
        "last_checked_on": record.checked_on,
    }
    return page_or_partial(request, "guidance/before_you_post.html", "answer", context)


def _posting(thing: Thing | None, place: str, record: Currency) -> Posting | None:
    edition = record.edition()
    region = region_at(place, edition)
    if thing is None or region is None:
        return None
    return weigh(thing, edition, region=region, in_doubt=record.in_doubt)
