"""The log, sealed: each seal is the hash of its line and of the seal before it.

So a line that is altered, taken out or put in between shows. What is cut off the end
shows only to whoever knows an older seal; `verify` prints the last one to keep.
"""

from contextlib import suppress

from django.db import IntegrityError, transaction

from policyguide.guidance.canonical import sha256_of
from policyguide.policy.models import LogLine, Seal

LINES_AT_ONCE = 1_000
# Named one by one: a column that the log gains later is no part of older seals.
SEALED = (
    "id",
    "at",
    "by_id",
    "what",
    "subject",
    "change_id",
    "why",
    "sha256_before",
    "sha256_after",
)


def seal_log() -> None:
    """Seal the lines that have no seal yet, in the order in which they are found.

    If two workers do so at once, one of them is refused: both read the lines before the
    last seal, and so they seal the same line.
    """
    unsealed = LogLine.objects.filter(seal=None).order_by("pk")[:LINES_AT_ONCE]
    with suppress(IntegrityError), transaction.atomic():
        lines = list(unsealed)
        sha256 = last_seal()
        for line in lines:
            sha256 = seal_of(line, after=sha256)
            Seal.objects.create(line=line, sha256=sha256)


def last_seal() -> str:
    """The hash that stands for the whole log so far; "" if none of it is sealed."""
    return seal_before(None)


def seal_before(seal: Seal | None) -> str:
    """The hash of the seal before this one, or of the last; "" before the first."""
    seals = Seal.objects.order_by("-pk")
    if seal is not None:
        seals = seals.filter(pk__lt=seal.pk)
    return seals.values_list("sha256", flat=True).first() or ""


def seal_of(line: LogLine, *, after: str) -> str:
    """The hash of all a line says, and of the seal before its own."""
    told = {name: getattr(line, name) for name in SEALED}
    return sha256_of({"after": after, **told})
