"""Editing an entry: its fields and its quotations, saved together or not at all."""

from datetime import datetime

from django.http import QueryDict
from django.urls import reverse

from policyguide.policy import drafts
from policyguide.policy.differences import FieldDifference, between, texts
from policyguide.policy.drafts import ChangedMeanwhile, Person
from policyguide.policy.kinds import KIND_OF, Kind, entry_of
from policyguide.policy.models import Change, Entry, RegionTerm
from policyguide.policy.quotations import cited_by
from policyguide.policy.states import ChangeState, NotAllowed
from policyguide.web.desk_forms.changes import MEANWHILE
from policyguide.web.desk_forms.entries import FORMS
from policyguide.web.desk_forms.quotations import QuotationsForm
from policyguide.web.desk_forms.typed import put


class Editing:
    """The two forms of an entry; `meanwhile` is what somebody else saved first."""

    def __init__(
        self, change: Change, entry: Entry, data: QueryDict | None = None
    ) -> None:
        self.change = change
        self.entry = entry
        self.form = FORMS[type(entry)](data, instance=entry)
        self.quotations = QuotationsForm(data, entry=entry)
        self.meanwhile: tuple[FieldDifference, ...] = ()

    @property
    def kind(self) -> Kind:
        return KIND_OF[type(self.entry)]

    @property
    def is_new(self) -> bool:
        return self.entry.pk is None

    @property
    def name(self) -> str:
        """What the entry was called when it was read; a cell, by its code."""
        return str(self.form.initial.get("title") or self.entry.code)

    @property
    def may_write(self) -> bool:
        return self.change.state == ChangeState.DRAFT

    @property
    def may_remove(self) -> bool:
        """Cells come and go with their region."""
        return self.may_write and not self.is_new and self.kind.rows is not RegionTerm

    @property
    def url(self) -> str:
        if self.is_new:
            return reverse("desk-add", args=[self.change.pk, self.kind.code])
        return reverse("desk-entry", args=[self.change.pk, self.entry.code])

    @property
    def quotations_url(self) -> str:
        """Where quotations are searched and quoted without saving the entry."""
        return f"{self.url}quotations/"

    def save(self, *, by: Person, at: datetime) -> bool:
        """Save both, if both are right; False, with everything as typed, if not."""
        are_right = self.form.is_valid() & self.quotations.is_valid()
        if not are_right or not self.quotations.quote(by=by, at=at):
            return False
        try:
            self._write(by=by, at=at)
        except NotAllowed as refusal:
            self.form.add_error(None, str(refusal))
        except ChangedMeanwhile:
            self._show_both()
        return self.form.is_valid()

    def _write(self, *, by: Person, at: datetime) -> None:
        quotations = self.quotations.chosen
        if self.is_new:
            drafts.add_entry(
                self.change, self.entry, quotations=quotations, by=by, at=at
            )
        else:
            version = self.form.cleaned_data["version"]
            drafts.reword_entry(
                self.change,
                self.entry,
                quotations=quotations,
                version=version,
                by=by,
                at=at,
            )

    def _show_both(self) -> None:
        saved = entry_of(self.change.edition, self.entry.code)
        self.form.add_error(None, MEANWHILE)
        self.meanwhile = between(
            texts(saved, cited_by(saved)), texts(self.entry, self.quotations.chosen)
        )
        put(self.form, "version", str(saved.version))
