"""What mail needs: statements and citations as plain text."""

from django import template

from policyguide.guidance.compare import Difference
from policyguide.guidance.facts import Entry, RegionTerm
from policyguide.guidance.findings import Finding
from policyguide.notices.news import FirmNews
from policyguide.policy.labels import label
from policyguide.policy.markup import mailed_words
from policyguide.web.templatetags.memos import in_words
from policyguide.web.templatetags.policyguide import title_in

register = template.Library()


@register.filter
def as_text(words: str) -> str:
    """Words as text in one paragraph."""
    return " ".join(mailed_words(words).split())


@register.filter
def called(difference: Difference) -> str:
    """What the finding is called: a cell of the grid by its row and its column."""
    entry, edition = difference.finding.entry, difference.edition
    if isinstance(entry, RegionTerm):
        return f"{title_in(entry.region, edition)}: {title_in(entry.effect, edition)}"
    return difference.title


@register.filter
def stated(difference: Difference) -> str:
    """What a finding says as it now reads or, if it is gone, as it read."""
    entry, words = difference.finding.entry, as_text(difference.finding.words)
    if isinstance(entry, RegionTerm):
        return f"{label(entry.answer)}. {words}"
    return words or difference.title


@register.filter
def read_before(difference: Difference) -> str:
    """How what it says in the first place read before; nothing if it read the same."""
    fields = {
        rewording.name: in_words(rewording).before
        for rewording in difference.rewordings
    }
    told = (fields.get("answer"), fields.get("words"))
    return " ".join(". ".join(filter(None, told)).split())


@register.filter
def numbers_in(finding: Finding[Entry], told: FirmNews) -> str:
    """The numbers under which the message quotes what a statement rests on."""
    numbers = sorted(
        told.citation_of[quotation.code].number for quotation in finding.quotations
    )
    return "".join(f" [{number}]" for number in numbers)
