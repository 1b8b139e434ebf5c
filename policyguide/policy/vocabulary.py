"""What people call the things they share: read for the guidance, loaded from a file.

    things:  name → words, entries, advice

What is there already is left as it was made in the admin.
"""

from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from policyguide.guidance import vocabulary
from policyguide.policy.checked_yaml import Fields, Mistakes, Refused, read_table
from policyguide.policy.models import Thing


@dataclass(frozen=True, kw_only=True)
class Written:
    """A thing as it stands in the file."""

    words: tuple[str, ...] = ()
    entries: tuple[str, ...]
    advice: tuple[str, ...] = ()


def things() -> tuple[vocabulary.Thing, ...]:
    """All things people share, in the order they are offered in."""
    return tuple(row.as_known() for row in Thing.objects.all())


@transaction.atomic
def load_vocabulary(path: Path) -> int:
    """Add the things that are missing; returns how many.

    Raises `Refused` and adds nothing if anything is wrong with the file.
    """
    mistakes = Mistakes()
    top = Fields(read_table(path), code="", mistakes=mistakes)
    known = set(Thing.objects.values_list("name", flat=True))
    rows = [
        _thing(fields, position)
        for position, fields in enumerate(top.things("things"))
        if fields.code not in known
    ]
    top.end()
    if mistakes:
        raise Refused(path, mistakes)
    return len(Thing.objects.bulk_create(rows))


def _thing(fields: Fields, position: int) -> Thing:
    """The thing as a row, its mistakes noted."""
    written = fields.take(Written)
    fields.end()
    lists = {name: list(codes) for name, codes in vars(written).items()}
    row = Thing(name=fields.code, position=position, **lists)
    try:
        row.full_clean()
    except ValidationError as error:
        for name, reasons in error.message_dict.items():
            fields.wrong(name, " ".join(reasons))
    return row
