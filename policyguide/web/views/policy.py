"""The record of the terms, open to everybody: clauses, editions, sources."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from policyguide.guidance import facts
from policyguide.policy.currency import Currency, currency
from policyguide.policy.editions import edition_in_force
from policyguide.policy.history import published, resting_on, wordings
from policyguide.policy.models import Edition, Quotation, Source
from policyguide.policy.rows import quotation_fact
from policyguide.policy.search import search as found_in
from policyguide.policy.surroundings import surroundings
from policyguide.web.forms import SearchForm
from policyguide.web.htmx import page_or_partial


@require_safe
@login_not_required
def clauses(request: HttpRequest) -> HttpResponse:
    """Everything the edition in force says, by kind."""
    record = currency(localdate())
    context = {
        "edition": record.edition(),
        "last_checked_on": record.checked_on,
        "announced": record.announced,
    }
    return TemplateResponse(request, "policy/clauses.html", context)


@require_safe
@login_not_required
def search(request: HttpRequest) -> HttpResponse:
    """The entries of the edition in force that answer a question best."""
    record = currency(localdate())
    form = SearchForm(request.GET)
    context = {
        "edition": record.edition(),
        "form": form,
        "question": form.question,
        "result": found_in(record.edition(), form.question),
        "last_checked_on": record.checked_on,
    }
    return page_or_partial(request, "policy/search.html", "results", context)


@require_safe
@login_not_required
def clause(request: HttpRequest, code: str) -> HttpResponse:
    """One entry as it is in force, or else announced, and how it reads in others."""
    today = localdate()
    record = currency(today)
    edition = _edition_with(code, record)
    context = {
        "edition": edition,
        "entry": edition.entry[code],
        "last_checked_on": record.checked_on,
        "announced": record.announced,
        "wordings": wordings(code),
        "today": today,
    }
    return TemplateResponse(request, "policy/clause.html", context)


def _edition_with(code: str, record: Currency) -> facts.Edition:
    """The first of the editions in force and to come that has this entry."""
    for edition in (record.edition(), *(found.edition() for found in record.announced)):
        if code in edition.entry:
            return edition
    raise Http404("No such page.")


@require_safe
@login_not_required
def editions(request: HttpRequest) -> HttpResponse:
    """All published editions, the newest first, each with its note."""
    context = {
        "editions": Edition.objects.published().order_by("-number"),
        "in_force": edition_in_force(localdate()).number,
        "today": localdate(),
    }
    return TemplateResponse(request, "policy/editions.html", context)


@require_safe
@login_not_required
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """Everything one edition says, whether it is in force or not."""
    row = get_object_or_404(Edition.objects.published(), number=number)
    context = {
        "row": row,
        "edition": published(number),
        "in_force": edition_in_force(localdate()).number,
        "today": localdate(),
    }
    return TemplateResponse(request, "policy/edition.html", context)


@require_safe
@login_not_required
def quotation(request: HttpRequest, code: str) -> HttpResponse:
    """A quotation with the words around it, and how to cite it. This is its address."""
    rows = Quotation.objects.select_related("capture__source").defer("capture__raw")
    row = get_object_or_404(rows, code=code)
    context = {
        "quotation": quotation_fact(row),
        "capture": row.capture,
        "around": surroundings(row),
    }
    return page_or_partial(request, "policy/quotation.html", "in-context", context)


@require_safe
@login_not_required
def source(request: HttpRequest, code: str) -> HttpResponse:
    """A source, its captures with their quotations, and what rests on it."""
    row = get_object_or_404(Source, code=code)
    captures = row.captures.prefetch_related(
        "quotations", "technical_versions"
    ).order_by("-captured_on", "code")
    edition = edition_in_force(localdate())
    context = {
        "source": row,
        "edition": edition,
        "captures": captures,
        "checks": row.checks.order_by("-checked_on"),
        "entries": resting_on(edition, code),
    }
    return TemplateResponse(request, "policy/source.html", context)
