"""What a file holds: its tables beside the sections of entries, and the whole of it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policyguide.guidance import facts
from policyguide.guidance.facts import Provenance
from policyguide.policy import models
from policyguide.policy.checked_yaml import Fields, Mistakes, Refused


@dataclass(frozen=True, kw_only=True)
class EditionFile:
    """What a file holds. `recorded` and `entries` are its things, by their codes."""

    path: Path
    edition: facts.Edition
    severity: models.Edition.Severity
    sources: tuple[models.Source, ...]
    captures: tuple[models.Capture, ...]
    quotations: tuple[models.Quotation, ...]
    recorded: dict[str, Fields]
    entries: dict[str, Fields]
    mistakes: Mistakes

    def refuse_if_wrong(self) -> None:
        if self.mistakes:
            raise Refused(self.path, self.mistakes)


@dataclass(frozen=True, kw_only=True)
class Head:
    """The fields under “edition”."""

    number: int
    title: str
    in_force_from: date
    change_note: str = ""
    severity: models.Edition.Severity = models.Edition.Severity.MATERIAL


@dataclass(frozen=True, kw_only=True)
class HowRead:
    """The fields of a capture, but for its text."""

    captured_on: date
    how: models.Capture.How
    extent: models.Capture.Extent
    copy_dated: str = ""
    language: str = "en"
    country: str = ""
    signed_in: bool | None = None
    normaliser: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """The fields of a quotation."""

    text: str
    provenance: Provenance
    quoted_by: int = 0
