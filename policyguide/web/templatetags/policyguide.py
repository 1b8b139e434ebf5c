"""What templates need beyond Django's own: the words of an entry, names of codes."""

from enum import StrEnum

from django import template
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from policyguide.policy.labels import label as label_of
from policyguide.policy.markup import render_words

register = template.Library()


@register.filter
def words(text: str) -> SafeString:
    """The Markdown an entry is worded in, as HTML."""
    return render_words(text)


@register.filter
def label(member: StrEnum) -> Promise:
    """The reader's name for a code of `guidance.facts`."""
    return label_of(member)
