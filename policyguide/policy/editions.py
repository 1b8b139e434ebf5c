"""Which edition is in force, and its facts: the only way it reaches the guidance."""

from datetime import date
from functools import lru_cache

from policyguide.guidance import facts
from policyguide.policy.models import Edition
from policyguide.policy.rows import facts_of

EDITIONS_KEPT = 16


class NoEditionInForce(LookupError):
    """Nothing has been published that is in force on the day asked about."""


def edition_in_force(on: date) -> facts.Edition:
    """The edition in force on a day. One query, once its facts are in the process."""
    return edition_numbered(*named_in_force(on))


def named_in_force(on: date) -> tuple[int, str]:
    """Number and hash of the edition in force on a day, or `NoEditionInForce`."""
    row = Edition.objects.in_force(on).values_list("number", "sha256").first()
    if row is None:
        raise NoEditionInForce(on)
    number, sha256 = row
    return number or 0, sha256


@lru_cache(maxsize=EDITIONS_KEPT)
def edition_numbered(number: int, sha256: str) -> facts.Edition:
    """A published edition. It cannot change, so the process keeps it, by its hash."""
    return facts_of(Edition.objects.get(number=number, sha256=sha256))
