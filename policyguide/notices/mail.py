"""What people are told, as mail: plain text, made to be read as it is.

Addresses come from the settings, never from a request.
"""

import re
from collections.abc import Iterator, Sequence
from email.policy import Policy, default
from textwrap import wrap
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from policyguide.firms.models import Person
from policyguide.notices.news import FirmNews
from policyguide.notices.preferences import Pace, stop_token
from policyguide.notices.told import Part

COLUMNS = 72
LONGEST_LINE = 998  # of a header, by RFC 5322
HANGING = re.compile(r" *(?:\* |\[\d+\] )?")
EMPTY_LINES = re.compile(r"\n{3,}")


class Mail(EmailMessage):
    """A message whose headers stay in one line each.

    A link that does not fit would be encoded, and mail programs would find none.
    """

    def message(self, *, policy: Policy | None = None) -> Any:
        unfolded = (policy or default).clone(max_line_length=LONGEST_LINE)
        return super().message(policy=unfolded)


def message_to(
    person: Person, told: Sequence[Part], *, pace: Pace, key: int
) -> EmailMessage:
    """The news of one firm for one of its people; the same `key`, the same message."""
    stop = site_url("notices-stop", stop_token(person))
    return Mail(
        subject=subject_of(told),
        body=text_of(told, pace=pace, stop=stop),
        to=[person.email],
        headers={
            "Message-ID": f"<notice-{key}@{urlsplit(settings.SITE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def preview(news: FirmNews) -> tuple[str, str]:
    """Subject and text as most people get them, with nobody's stop link."""
    stop = site_url("notices-stop", "their-own")
    return news.subject, text_of([news], pace=Pace.AT_ONCE, stop=stop)


def subject_of(told: Sequence[Part]) -> str:
    more = len(told) - 1
    if not more:
        return told[0].subject
    rest = _("and %(more)s more") % {"more": more}
    return f"{told[0].subject}, {rest}"


def text_of(told: Sequence[Part], *, pace: Pace, stop: str) -> str:
    context = {
        "parts": list(_parts(told)),
        "firm": told[0].firm,
        "pace": pace,
        "stop": stop,
        "site": settings.SITE_URL,
    }
    return folded(render_to_string("notices/mail.txt", context))


def _parts(told: Sequence[Part]) -> Iterator[tuple[Part, bool]]:
    """Each part, and whether all its differences have been told by one before it."""
    for number, part in enumerate(told):
        before = [other.differences for other in told[:number]]
        yield part, part.differences in before


def site_url(view: str, *args: str) -> str:
    return f"{settings.SITE_URL}{reverse(view, args=args)}"


def folded(text: str) -> str:
    """The text in lines of 72 columns at most; only an address may be longer."""
    lines = (folded_line(line) for line in text.strip().splitlines())
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)) + "\n"


def folded_line(line: str) -> str:
    """The line, with what does not fit set below where its text starts."""
    start = HANGING.match(line)
    indent = " " * len(start[0] if start else "")
    return "\n".join(
        wrap(
            line.rstrip(),
            COLUMNS,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )
