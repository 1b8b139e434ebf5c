"""Technical versions: captures' texts made anew when the rules that make texts change.

What was captured, and what is quoted from it, stays to the letter. But texts that
different rules made may differ though LinkedIn changed nothing. So captures are
compared by their technical versions, all made by the rules of today.
"""

from datetime import datetime

from django.db import transaction

from policyguide.policy import normalise
from policyguide.policy.captures import hash_of
from policyguide.policy.drafts import Deed
from policyguide.policy.models import Capture, LogLine, Quotation, TechnicalVersion
from policyguide.policy.normalise import folded
from policyguide.policy.saved_pages import Unreadable, text_of

TYPED_AS_IS = 0


def make_technical_versions(*, at: datetime) -> None:
    """Make anew, once, every text that other rules than those of today have made."""
    by_rules = Capture.objects.exclude(normaliser__in=[TYPED_AS_IS, normalise.VERSION])
    made = TechnicalVersion.objects.filter(normaliser=normalise.VERSION)
    for capture in by_rules.exclude(pk__in=made.values("capture")):
        _make(capture, at=at)


def text_today(capture: Capture) -> str:
    """The text of a capture as the rules of today make it."""
    if capture.normaliser == normalise.VERSION:
        return capture.text
    versions = capture.technical_versions.filter(normaliser=normalise.VERSION)
    made = versions.first()
    return made.text if made else _made_anew(capture)


def is_left_out_today(quotation: Quotation) -> bool:
    """Whether the rules leave the wording out of the very text it was taken from."""
    return folded(quotation.text) not in folded(text_today(quotation.capture))


@transaction.atomic
def _make(capture: Capture, *, at: datetime) -> None:
    """Keep the technical version, unless another worker has just done so."""
    text = _made_anew(capture)
    sha256 = hash_of(text)
    _, is_new = TechnicalVersion.objects.get_or_create(
        capture=capture,
        normaliser=normalise.VERSION,
        defaults={"text": text, "sha256": sha256, "made_at": at},
    )
    if is_new:
        LogLine.objects.create(
            at=at,
            what=Deed.MAKE_ANEW,
            subject=capture.code,
            why=f"Technical: version {normalise.VERSION} of the rules made it.",
            sha256_before=capture.sha256,
            sha256_after=sha256,
        )


def _made_anew(capture: Capture) -> str:
    """What can be read no longer stays as it was read."""
    try:
        read = text_of(bytes(capture.raw)) if capture.raw else capture.text
    except Unreadable:
        return capture.text
    return normalise.normalised(read)
