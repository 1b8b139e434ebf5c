"""A small edition in force, and changes of it: what the desk is tested with."""

from datetime import UTC, date, datetime

from django.db.models import Max

from policyguide.policy import models, workflow
from policyguide.policy.captures import capture, quote
from policyguide.policy.rows import facts_of
from policyguide.policy.states import ChangeState
from tests import factories

IN_FORCE = date(2026, 3, 1)
LATER = date(2026, 6, 1)
AT = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
TEXT = (
    "Some members' data trains models. You can opt out in your settings. "
    "Private messages are not used. You can opt out at any time."
)


def source(code="S1", text=TEXT):
    """A source with one capture; its text is at hand."""
    row = models.Source.objects.create(
        code=code, title="A notice", publisher="LinkedIn", kind="faq"
    )
    made = capture(
        row,
        text,
        code=f"{code}/first",
        captured_on=IN_FORCE,
        how="pasted",
        extent="whole",
        recorded_at=AT,
    )
    made.save()
    return made


def quotation(of, text, code):
    made = quote(of, text, code=code, provenance="read")
    made.save()
    return made


def edition(**fields):
    """A published edition, whole, with one effect in two regions."""
    made = factories.draft(
        title="The terms", in_force_from=IN_FORCE, change_note="First.", **fields
    )
    cited = quotation(source(), "Some members' data trains models.", "s1-1")
    fill(made, cited)
    publish(made)
    return made


def fill(draft, cited):
    factories.entry(draft, models.Effect, code="training", standing="view")
    for code, countries in (("uk", ["GB"]), ("other", [])):
        factories.entry(
            draft, models.Region, code=code, countries=countries, standing="view"
        )
        factories.entry(
            draft,
            models.RegionTerm,
            code=f"{code}.training",
            region=code,
            effect="training",
            answer="not-stated",
            standing="unsaid",
            title="",
        )
    for number in range(3):
        factories.entry(draft, models.Headline, code=f"h{number}", standing="view")
    clause = factories.entry(draft, code="clause", title="Training", words="It trains.")
    models.Citation.objects.create(entry=clause, quotation=cited)


def publish(draft):
    last = models.Edition.objects.aggregate(last=Max("number"))["last"] or 0
    models.Edition.objects.filter(pk=draft.pk).update(
        number=last + 1, sha256=facts_of(draft).sha256, published_at=AT
    )
    draft.refresh_from_db()


def change(author, *, on=LATER, note="Something is new."):
    """A draft of the edition in force, with a change note."""
    made = workflow.open_change(title="A change", in_force_from=on, by=author, at=AT)
    models.Edition.objects.filter(pk=made.edition_id).update(change_note=note)
    return models.Change.objects.get(pk=made.pk)


def change_in(state, *, author, approver):
    """A change brought to a state by the moves that lead there."""
    made = change(author)
    moves = {
        ChangeState.DRAFT: [],
        ChangeState.IN_REVIEW: ["submit"],
        ChangeState.APPROVED: ["submit", "approve"],
        ChangeState.PUBLISHED: ["submit", "approve", "publish"],
    }
    if state == ChangeState.WITHDRAWN:
        workflow.withdraw(made, reason="Not needed.", by=author, at=AT)
        moves[state] = []
    for name in moves[state]:
        person = author if name == "submit" else approver
        getattr(workflow, name)(made, by=person, at=AT)
    return models.Change.objects.get(pk=made.pk)


def page(change, tail=""):
    """The address of a change at the desk, or of something of it."""
    return f"/desk/changes/{change.pk}/{tail}"
