"""A firm's memos: asked for, waited for, downloaded and compared."""

import logging
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from policyguide.firms.access import firm_for, firm_where_may_issue, membership_for
from policyguide.firms.models import Person
from policyguide.guidance.compare import compare
from policyguide.memos.access import (
    issued_memo_of,
    memo_of,
    original_for,
    originals_of,
)
from policyguide.memos.archive import READ_AT_A_TIME, file_name, zipped
from policyguide.memos.document import guidance_of
from policyguide.memos.docx import docx_of
from policyguide.memos.docx_changes import docx_of_changes
from policyguide.memos.doubts import doubts_about, in_doubt_among
from policyguide.memos.issue import ask_for_memo, memo_at_hand, try_again
from policyguide.memos.models import Altered
from policyguide.memos.pdf import pdf_available
from policyguide.policy.currency import currency
from policyguide.web.downloads import attached, note_taken, zip_file
from policyguide.web.htmx import page_or_partial, wants_part
from policyguide.web.views.errors import server_error

logger = logging.getLogger(__name__)

OK = 200
NOTHING_NEW = 204  # htmx leaves the page as it is

PDF = "application/pdf"
NOT_KEPT = "private, no-store"
KEPT = "private, no-cache"  # kept by the browser, and asked about each time
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, slug: str) -> HttpResponse:
    """All memos of a firm. A POST asks for the one on today's edition and profile."""
    if request.method == "POST":
        return _ask(request, slug)
    membership = membership_for(request.user, slug)
    firm, on = membership.firm, localdate()
    record, memos = currency(on), firm.memos.listed()
    context = {
        "firm": firm,
        "may_issue": membership.may_issue_memos,
        "may_edit_profile": membership.may_edit_profile,
        "memos_are_on": pdf_available(),
        "memos": memos,
        "in_doubt": in_doubt_among(memos, record.in_doubt),
        "at_hand": memo_at_hand(
            firm, record.edition(), in_doubt=record.in_doubt, on=on
        ),
    }
    return TemplateResponse(request, "memos/index.html", context)


def _ask(request: HttpRequest, slug: str) -> HttpResponse:
    firm = firm_where_may_issue(request.user, slug)
    if not pdf_available():
        messages.error(request, _("Memos are off: this installation makes no PDFs."))
        return redirect("memos", slug)
    on = localdate()
    record = currency(on)
    memo = ask_for_memo(
        firm=firm,
        edition=record.edition(),
        in_doubt=record.in_doubt,
        by=cast(Person, request.user),
        on=on,
        at=now(),
    )
    return redirect("memo", slug, memo.number)


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One memo: how far it is, then where to get it. A POST tries again to make it."""
    if request.method == "POST":
        try_again(memo_of(firm_where_may_issue(request.user, slug), number))
        return redirect("memo", slug, number)
    membership = membership_for(request.user, slug)
    memo = memo_of(membership.firm, number)
    if memo.is_on_its_way and wants_part(request):
        return HttpResponse(status=NOTHING_NEW)
    context = {
        "firm": membership.firm,
        "may_issue": membership.may_issue_memos,
        "may_edit_profile": membership.may_edit_profile,
        "memo": memo,
        "doubts": doubts_about(memo, currency(localdate()).in_doubt),
        "earlier": membership.firm.memos.issued().before(number),
    }
    return page_or_partial(request, "memos/show.html", "progress", context)


@require_safe
def pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The very bytes that were issued, or an error and none of them."""
    original = original_for(request.user, slug, number)
    try:
        content = original.as_issued()
    except Altered as error:
        logger.error("not served: %s", error)
        return server_error(request)
    tag = f'"{original.sha256}"'
    name = file_name(slug, original.memo, "pdf")
    headers = {
        "Content-Disposition": attached(name),
        "Cache-Control": KEPT,
        "ETag": tag,
    }
    response = HttpResponse(content, content_type=PDF, headers=headers)
    answer = get_conditional_response(request, etag=tag, response=response) or response
    if answer.status_code == OK:
        note_taken(request, [(original.memo_id, original.firm_id)])
    return answer


@require_safe
def docx(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A copy to edit, made of what the memo says. It is not the record."""
    memo = issued_memo_of(firm_for(request.user, slug), number)
    note_taken(request, [(memo.pk, memo.firm_id)])
    return _word_file(docx_of(memo), file_name(slug, memo, "docx"))


@require_safe
def archive(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All memos that the firm was issued, for those who issue them."""
    firm = firm_where_may_issue(request.user, slug)
    originals = originals_of(firm)
    note_taken(request, originals.values_list("memo_id", "firm_id"))
    pieces = zipped(originals.iterator(chunk_size=READ_AT_A_TIME))
    return zip_file(pieces, f"{slug}-memos.zip")


@require_safe
def changes(request: HttpRequest, slug: str, one: int, other: int) -> HttpResponse:
    """What is different between two memos of a firm, and who changed it."""
    membership = membership_for(request.user, slug)
    firm = membership.firm
    memos = [issued_memo_of(firm, number) for number in sorted((one, other))]
    context = {
        "firm": firm,
        "may_edit_profile": membership.may_edit_profile,
        "memos": memos,
        "differences": compare(*map(guidance_of, memos)),
    }
    return TemplateResponse(request, "memos/changes.html", context)


@require_safe
def changes_docx(request: HttpRequest, slug: str, one: int, other: int) -> HttpResponse:
    """The later memo as a copy to edit, with what changed since the other tracked."""
    firm = firm_for(request.user, slug)
    before, after = (issued_memo_of(firm, number) for number in sorted((one, other)))
    name = f"{slug}-memo-{before.number}-to-{after.number}.docx"
    note_taken(request, [(after.pk, after.firm_id)])
    return _word_file(docx_of_changes(before, after), name)


def _word_file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": attached(name), "Cache-Control": NOT_KEPT}
    return HttpResponse(content, content_type=DOCX, headers=headers)
