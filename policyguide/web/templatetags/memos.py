"""What the pages of memos need: differences in words."""

from datetime import date
from enum import StrEnum

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from policyguide.guidance.compare import Rewording
from policyguide.policy.differences import FieldDifference
from policyguide.policy.labels import label
from policyguide.policy.markup import plain_words

IN_MARKDOWN = frozenset({"words", "resolution", "positions"})

register = template.Library()


@register.filter
def in_words(rewording: Rewording) -> FieldDifference:
    """A rewording as two texts, ready to be compared word by word."""
    name = rewording.name
    return FieldDifference(
        name=name.replace("_", " ").capitalize(),
        before=_text(rewording.before, is_markdown=name in IN_MARKDOWN),
        after=_text(rewording.after, is_markdown=name in IN_MARKDOWN),
    )


def _text(value: object, *, is_markdown: bool) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return _("yes") if value else _("no")
        case StrEnum():
            return str(label(value))
        case date():
            return date_format(value)
        case tuple():
            return "\n".join(_text(item, is_markdown=is_markdown) for item in value)
    text = str(value)
    return plain_words(text) if is_markdown else text
