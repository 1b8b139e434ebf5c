"""The kinds of entry in the order in which they are read, and what they are called."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policyguide.policy import models


class Kind(NamedTuple):
    """A kind of entry: its table, and its name for one and for many."""

    rows: type[models.Entry]
    one: Promise
    many: Promise

    @property
    def code(self) -> str:
        """Its name in addresses."""
        return self.rows.__name__.lower()


KINDS = (
    Kind(models.Headline, _("Headline"), _("Bottom line")),
    Kind(models.Effect, _("Effect"), _("Effects")),
    Kind(models.Region, _("Region"), _("Regions")),
    Kind(models.RegionTerm, _("Cell of the grid"), _("Region by effect")),
    Kind(models.Clause, _("Clause"), _("Clauses")),
    Kind(models.DataCategory, _("Data category"), _("Data categories")),
    Kind(models.AffiliateTerm, _("Affiliate term"), _("Sharing with affiliates")),
    Kind(models.Control, _("Setting or form"), _("Settings and forms")),
    Kind(models.Action, _("Action"), _("What to do")),
    Kind(models.Conflict, _("Conflict"), _("Where sources disagree")),
    Kind(models.Position, _("Side of a conflict"), _("Sides of conflicts")),
    Kind(models.Silence, _("Silence"), _("Not stated")),
    Kind(models.Rumour, _("Rumour"), _("Heard and rejected")),
    Kind(models.Authority, _("Authority"), _("Regulators and duties")),
)
KIND_OF = {kind.rows: kind for kind in KINDS}
KIND_NAMED = {kind.code: kind for kind in KINDS}


def entry_of(edition: models.Edition, code: str) -> models.Entry:
    """The entry with this code, as the kind it is; raises `Entry.DoesNotExist`."""
    for kind in KINDS:
        row = kind.rows.objects.filter(edition=edition, code=code).first()
        if row:
            return row
    raise models.Entry.DoesNotExist(code)
