"""A firm's due dates as a calendar that other programs subscribe to."""

from datetime import timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from policyguide.firms.models import Firm
from policyguide.firms.tasks import Line, WorkList
from policyguide.notices.mail import site_url
from policyguide.policy.markup import plain_words

ASK_AGAIN_AFTER = timedelta(hours=6)


def calendar_of(firm: Firm, work: WorkList) -> bytes:
    """A whole-day event for every task that has a day and is not done."""
    calendar = Calendar()
    calendar.add("prodid", "-//policyguide//due dates//EN")
    calendar.add("version", "2.0")
    name = _("%(firm)s: LinkedIn’s AI terms") % {"firm": firm.name}
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN_AFTER, parameters={"VALUE": "DURATION"})
    for line in work.lines:
        if line.task.due_on and not line.is_done:
            calendar.add_component(_event(firm, line))
    ical: bytes = calendar.to_ical()
    return ical


def _event(firm: Firm, line: Line) -> Event:
    owner, title = line.task.owner, line.finding.title
    event = Event()
    event.add("uid", f"{line.code}.{firm.slug}@policyguide")
    event.add("dtstamp", line.task.changed_at)
    event.add("sequence", line.task.version)
    event.add("dtstart", line.task.due_on)
    event.add("summary", f"{title} ({owner.person})" if owner else title)
    event.add("description", plain_words(line.finding.words))
    event.add("url", site_url("task", firm.slug, line.code))
    event.add("transp", "TRANSPARENT")
    return event
