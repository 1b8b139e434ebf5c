"""Whether the record is still what was recorded: every row against its hash."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError
from django.db.models import F, QuerySet
from django.db.models.functions import Substr

from policyguide.policy.captures import hash_of
from policyguide.policy.models import (
    Capture,
    Edition,
    Quotation,
    Seal,
    TechnicalVersion,
)
from policyguide.policy.rows import facts_of
from policyguide.policy.seals import seal_before, seal_of

UNREADABLE = (DatabaseError, LookupError, ObjectDoesNotExist, TypeError, ValueError)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Rows of one kind, and what is wrong with one of them: "" if nothing is."""

    name: str
    rows: "QuerySet[Any]"
    fault: Callable[[Any], str]

    def faults(self) -> Iterator[str]:
        """An answer for every row: "", or which one it is and what is wrong with it.

        Rows are read one by one: any number of them fits in the memory, and one that
        cannot even be read hides none of the others.
        """
        for key in self.rows.order_by("pk").values_list("pk", flat=True).iterator():
            try:
                row = self.rows.get(pk=key)
                fault = self.fault(row)
            except UNREADABLE as error:
                yield f"number {key} cannot be read: {error}"
            else:
                yield f"{row}: {fault}" if fault else ""


def kinds() -> tuple[Kind, ...]:
    """All of the record of the terms that is known by a hash."""
    start, end = F("start"), F("end")
    piece = Substr("capture__text", start + 1, end - start)
    return (
        Kind(name="captures", rows=Capture.objects.defer("raw"), fault=_of_text),
        Kind(
            name="technical versions",
            rows=TechnicalVersion.objects.select_related("capture"),
            fault=_of_text,
        ),
        Kind(
            name="quotations",
            rows=Quotation.objects.annotate(piece=piece),
            fault=_of_quotation,
        ),
        Kind(name="editions", rows=Edition.objects.published(), fault=_of_edition),
        Kind(
            name="sealed log lines",
            rows=Seal.objects.select_related("line"),
            fault=_of_seal,
        ),
    )


def _of_text(row: Capture | TechnicalVersion) -> str:
    whole = hash_of(row.text) == row.sha256
    return "" if whole else "its text does not have the hash it was recorded with"


def _of_quotation(quotation: Any) -> str:
    whole = quotation.piece == quotation.text
    return "" if whole else "it is not the piece of its capture that it names"


def _of_edition(edition: Edition) -> str:
    whole = facts_of(edition).sha256 == edition.sha256
    return "" if whole else "its content does not have the hash it was published with"


def _of_seal(seal: Seal) -> str:
    whole = seal_of(seal.line, after=seal_before(seal)) == seal.sha256
    return "" if whole else "it, or what came before it, is not what was sealed"
