"""Which memos somebody may see. A stranger is told that there is no such memo."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from policyguide.firms.access import firm_for, works_at_the_desk
from policyguide.firms.models import Firm, Person
from policyguide.memos.models import Batch, BatchFirm, Memo, Original, OriginalQuerySet


def memo_of(firm: Firm, number: int) -> Memo:
    """A memo of the firm, issued or not."""
    memo = firm.memos.listed().filter(number=number).first()
    if memo is None:
        raise Http404("No such page.")
    return memo


def issued_memo_of(firm: Firm, number: int) -> Memo:
    memo = memo_of(firm, number)
    if not memo.is_issued:
        raise Http404("No such page.")
    return memo


def original_for(person: Person | AnonymousUser, slug: str, number: int) -> Original:
    """What was issued, for who may read it; for members right and row in one query."""
    originals = Original.across_firms.select_related("memo").only(
        "firm", "pdf", "sha256", "memo__number", "memo__issued_at"
    )
    originals = originals.filter(memo__number=number, memo__firm__slug=slug)
    if works_at_the_desk(person):
        original = originals.filter(firm=firm_for(person, slug)).first()
    else:
        theirs = originals.filter(memo__firm__memberships__person=person.pk or 0)
        original = theirs.first()
    if original is None:
        raise Http404("No such page.")
    return original


def originals_of(firm: Firm) -> OriginalQuerySet:
    """All that was issued to the firm, the first memo first."""
    return Original.across_firms.to_archive().filter(firm=firm)


def originals_in_batch_for(person: Person, batch: Batch) -> OriginalQuerySet:
    """What a batch issued to the firms that the person is a member of."""
    theirs = {"firm__memberships__person": person}
    parts = BatchFirm.across_firms.of(batch).issued().filter(**theirs)
    originals = Original.across_firms.to_archive().filter(**theirs)
    return originals.filter(memo__in=list(parts.values_list("memo", flat=True)))


def belongs_to(memo: Memo, person: Person | AnonymousUser) -> bool:
    """Whether the memo is of a firm that the person is a member of."""
    return memo.firm.memberships.filter(person=person.pk or 0).exists()
