"""What people are told, as mail: plain text, made to be read as it is.

Addresses come from the settings, never from a request.
"""

import re
from collections.abc import Sequence
from textwrap import wrap
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from policyguide.firms.models import Person
from policyguide.notices.news import FirmNews
from policyguide.notices.preferences import Pace, stop_token

COLUMNS = 72
HANGING = re.compile(r" *(?:\* |\[\d+\] )?")
EMPTY_LINES = re.compile(r"\n{3,}")


def message_to(
    person: Person, told: Sequence[FirmNews], *, pace: Pace, key: int
) -> EmailMessage:
    """The news of one firm for one of its people; the same `key`, the same message."""
    stop = site_url("notices-stop", stop_token(person))
    return EmailMessage(
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
    stop = site_url("notices-stop", "…")
    return news.subject, text_of([news], pace=Pace.AT_ONCE, stop=stop)


def subject_of(told: Sequence[FirmNews]) -> str:
    more = len(told) - 1
    if not more:
        return told[0].subject
    rest = ngettext("and %(more)s more change", "and %(more)s more changes", more)
    return f"{told[0].subject}, {rest % {'more': more}}"


def text_of(told: Sequence[FirmNews], *, pace: Pace, stop: str) -> str:
    context = {
        "told": told,
        "firm": told[0].firm,
        "pace": pace,
        "stop": stop,
        "site": settings.SITE_URL,
    }
    return folded(render_to_string("notices/mail.txt", context))


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
