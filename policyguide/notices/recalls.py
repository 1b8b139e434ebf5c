"""Memos that are no longer current: who took one away is told, and acknowledges it.

Who has left the firm since is told only that, and only if it matters: nothing of the
firm's reaches them, but the file still lies in their mailbox.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _

from policyguide.firms.models import Person
from policyguide.guidance import compose
from policyguide.guidance.compare import compare
from policyguide.memos.document import guidance_of
from policyguide.memos.models import Memo, Ruling
from policyguide.notices.models import Deed, Grade, Notice, Preference, grade_of
from policyguide.notices.preferences import Pace, sending
from policyguide.notices.told import Part, Told
from policyguide.policy.editions import edition_numbered
from policyguide.policy.models import LogLine


@dataclass(frozen=True, kw_only=True)
class Correction(Told):
    """What a memo said, and what holds by the edition that ended its being current."""

    template = "notices/_correction.txt"

    memo: Memo
    ruling: Ruling
    grade: Grade

    @property
    def subject(self) -> str:
        """What to think of which memo, where, from when."""
        texts = {
            Grade.NOTE: _("Memo %(number)s is superseded · %(where)s · since %(day)s"),
            Grade.RE_READ: _("Read memo %(number)s again · %(where)s · since %(day)s"),
            Grade.DO_NOT_RELY: _(
                "Do not rely on memo %(number)s · %(where)s · since %(day)s"
            ),
        }
        return texts[self.grade] % {
            "number": self.memo.number,
            "where": self.where,
            "day": date_format(self.ruling.since),
        }


@dataclass(frozen=True, kw_only=True)
class Farewell:
    """All that somebody is told who downloaded a memo and has left the firm."""

    template = "notices/_farewell.txt"
    firm = None
    differences = ()

    memo: Memo
    ruling: Ruling
    grade: Grade

    @property
    def subject(self) -> str:
        if self.grade == Grade.DO_NOT_RELY:
            return _("Do not rely on a memo that you downloaded")
        return _("A memo that you downloaded is no longer current")


def follow(ruling: Ruling) -> None:
    """Put down who downloaded the memo, to be told of the ruling: a follower.

    What must not be relied on is told at once, however often somebody wants mail.
    """
    if ruling.edition is None or ruling.status == Ruling.Status.CURRENT:
        return
    taken = ruling.memo.downloads.values("person")
    people = Person.objects.filter(pk__in=taken).order_by("pk")
    chosen = Preference.objects.filter(person__in=taken)
    paces = dict(chosen.values_list("person_id", "pace"))
    new = [
        Notice(
            person=person,
            firm_id=ruling.firm_id,
            edition=ruling.edition,
            event=Notice.Event.RECALLED,
            ruling=ruling,
            **sending(_pace(paces.get(person.pk), ruling), ruling.ruled_at),
        )
        for person in people
    ]
    if new:
        Notice.across_firms.bulk_create(new)
        _log(ruling, len(new))


def correction_of(memo: Memo) -> Correction | None:
    """What is to be said of a memo that is not current; None of one that is."""
    ruling = memo.ruling
    if ruling is None or ruling.edition is None or memo.is_current:
        return None
    edition = edition_numbered(ruling.edition.number or 0, ruling.edition.sha256)
    on = make_naive(ruling.ruled_at).date()
    now = compose(edition, memo.firm_profile(), as_of=on)
    return Correction(
        firm=memo.firm,
        differences=compare(guidance_of(memo), now),
        memo=memo,
        ruling=ruling,
        grade=grade_of(ruling),
    )


def recall_for(ruling: Ruling, *, is_member: bool) -> Part | None:
    """What somebody is told of the ruling; nothing if another one holds by now."""
    memo, grade = ruling.memo, grade_of(ruling)
    if memo.ruling != ruling:
        return None
    if is_member:
        return correction_of(memo)
    return (
        None if grade == Grade.NOTE else Farewell(memo=memo, ruling=ruling, grade=grade)
    )


def acknowledge(memo: Memo, *, by: Person, at: datetime) -> None:
    """The person has read what became of the memo."""
    theirs = memo.firm.notices.recalled().filter(person=by, ruling__memo=memo)
    keys = list(theirs.filter(acknowledged_at=None).values_list("pk", flat=True))
    memo.firm.notices.filter(pk__in=keys).update(acknowledged_at=at)


def _pace(chosen: str | None, ruling: Ruling) -> Pace:
    pace = Pace(chosen or Pace.AT_ONCE)
    is_urgent = grade_of(ruling) == Grade.DO_NOT_RELY and pace != Pace.NEVER
    return Pace.AT_ONCE if is_urgent else pace


def _log(ruling: Ruling, people: int) -> None:
    LogLine.objects.create(
        at=ruling.ruled_at,
        what=Deed.RECALL,
        subject=str(ruling.memo)[:120],
        why=_("People who had downloaded it: %(people)s.") % {"people": people},
    )
