"""A form for each kind of entry. What may be chosen comes out of the draft itself."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models as db
from django.utils.translation import gettext_lazy as _

from policyguide.guidance.facts import Use
from policyguide.policy import models
from policyguide.policy.kinds import KINDS
from policyguide.policy.labels import label
from policyguide.policy.markup import UnfitWords, check_words
from policyguide.policy.models import Edition, Entry

MARKDOWN = {"words", "resolution", "note"}

type Choices = list[tuple[str, Any]]


class DayInput(forms.DateInput):
    """A date as browsers pick it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TickedCodes(forms.MultipleChoiceField):
    """Codes to tick, out of those the draft has."""

    widget = forms.CheckboxSelectMultiple


class CountriesField(forms.CharField):
    """Country codes in one line, however they are separated."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(sorted(value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        codes = super().clean(value).upper().replace(",", " ").split()
        return sorted(set(codes))


def form_field(field: db.Field[Any, Any], **options: Any) -> forms.Field | None:
    """The form's field for a model's: days are picked, text has room."""
    if isinstance(field, db.DateField):
        options["widget"] = DayInput
    if isinstance(field, db.TextField):
        options["widget"] = forms.Textarea(attrs={"rows": 5})
    return field.formfield(**options)


class EntryForm(forms.ModelForm[Entry]):
    """What all kinds share. `version` is the one that was read: see `drafts`."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Entry
        fields = ["code", "title", "words", "standing", "position"]
        formfield_callback = form_field
        labels = {"position": _("Order"), "code": _("Code")}
        help_texts = {
            "words": _("Plain English in Markdown: short sentences, no headings."),
            "code": _("Names the same thing in every edition; it cannot be changed."),
            "position": _("Those with small numbers are read first."),
        }

    def __init__(self, data: Any = None, *, instance: Entry) -> None:
        super().__init__(data, instance=instance, initial={"version": instance.version})
        self.fields.pop("code" if instance.pk else "position", None)
        for name in self.fields.keys() & CHOICES.keys():
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = CHOICES[name](instance.edition)
        for name in self.fields.keys() & MARKDOWN:
            self.fields[name].validators.append(_is_fit)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.instance.edition.entries.filter(code=code).exists():
            raise ValidationError(
                _("The draft has an entry “%(code)s” already; choose another code."),
                params={"code": code},
            )
        return code


def _is_fit(text: str) -> None:
    """Refuse words too long to be shown."""
    try:
        check_words(text)
    except UnfitWords as unfit:
        raise ValidationError(str(unfit)) from unfit


# ── What may be chosen ──────────────────────────────────────────────────────────────


def _titles(rows: type[Entry]) -> Callable[[Edition], Choices]:
    def choices(draft: Edition) -> Choices:
        found = rows.objects.filter(edition=draft).order_by("position", "code")
        return list(found.values_list("code", "title"))

    return choices


def _or_none(choices: Callable[[Edition], Choices]) -> Callable[[Edition], Choices]:
    return lambda draft: [("", "—"), *choices(draft)]


def _all_by_kind(draft: Edition) -> Choices:
    """Every entry that a conflict can touch, under the name of its kind."""
    return [(str(kind.many), _titles(kind.rows)(draft)) for kind in KINDS]


def _sources(draft: Edition) -> Choices:
    rows = models.Source.objects.order_by("code").values_list("code", "title")
    return [(code, f"{code} · {title}") for code, title in rows]


def _uses(draft: Edition) -> Choices:
    return [(use.value, label(use)) for use in Use]


CHOICES: dict[str, Callable[[Edition], Choices]] = {
    "region": _or_none(_titles(models.Region)),
    "regions": _titles(models.Region),
    "effect": _or_none(_titles(models.Effect)),
    "control": _or_none(_titles(models.Control)),
    "conflict": _or_none(_titles(models.Conflict)),
    "touches": _all_by_kind,
    "looked_in": _sources,
    "uses": _uses,
}


def _regions() -> TickedCodes:
    return TickedCodes(
        label=_("Read in"), required=False, help_text=_("None ticked: everywhere.")
    )


def _used() -> TickedCodes:
    return TickedCodes(
        label=_("Uses of LinkedIn"),
        required=False,
        help_text=_("None ticked: whatever the firm does."),
    )


# ── The kinds ───────────────────────────────────────────────────────────────────────


class HeadlineForm(EntryForm):
    effect = forms.ChoiceField(label=_("When this effect"), required=False)
    uses = _used()

    class Meta(EntryForm.Meta):
        model = models.Headline
        fields = [*EntryForm.Meta.fields, "effect", "answer", "uses"]
        labels = {**EntryForm.Meta.labels, "answer": _("has this answer")}
        help_texts = {
            **EntryForm.Meta.help_texts,
            "answer": _("Neither chosen: read by everyone."),
        }


class EffectForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = models.Effect


class RegionForm(EntryForm):
    countries = CountriesField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Two-letter codes. Empty only for the rest of the world."),
    )

    class Meta(EntryForm.Meta):
        model = models.Region
        fields = [*EntryForm.Meta.fields, "countries"]


class RegionTermForm(EntryForm):
    """A cell; its place in the grid is fixed."""

    control = forms.ChoiceField(label=_("Opting out by"), required=False)

    class Meta(EntryForm.Meta):
        model = models.RegionTerm
        fields = ["answer", "since", "words", "standing", "legal_basis", "control"]


class ClauseForm(EntryForm):
    regions = _regions()

    class Meta(EntryForm.Meta):
        model = models.Clause
        fields = [*EntryForm.Meta.fields, "topic", "since", "regions"]


class DataCategoryForm(EntryForm):
    effect = forms.ChoiceField()
    uses = TickedCodes(label=_("Uses that produce it"), required=False)
    regions = _regions()

    class Meta(EntryForm.Meta):
        model = models.DataCategory
        fields = [
            *EntryForm.Meta.fields,
            *("effect", "listing", "note", "uses", "regions"),
        ]


class AffiliateTermForm(EntryForm):
    effect = forms.ChoiceField()
    control = forms.ChoiceField(label=_("Opting out by"), required=False)
    regions = _regions()

    class Meta(EntryForm.Meta):
        model = models.AffiliateTerm
        fields = [
            *EntryForm.Meta.fields,
            *("recipient", "effect", "control", "regions"),
        ]


class ControlForm(EntryForm):
    regions = _regions()

    class Meta(EntryForm.Meta):
        model = models.Control
        fields = [
            *EntryForm.Meta.fields,
            *("where", "url", "default", "reaches", "does_not_reach", "regions"),
        ]
        labels = {
            **EntryForm.Meta.labels,
            "where": _("Steps"),
            "url": _("Address"),
            "default": _("Unless changed"),
        }


class ActionForm(EntryForm):
    uses = _used()
    regions = _regions()

    class Meta(EntryForm.Meta):
        model = models.Action
        fields = [*EntryForm.Meta.fields, "audience", "by_when", "uses", "regions"]


class ConflictForm(EntryForm):
    touches = forms.MultipleChoiceField(
        label=_("Entries that depend on it"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )

    class Meta(EntryForm.Meta):
        model = models.Conflict
        fields = [*EntryForm.Meta.fields, "resolution", "is_settled", "touches"]
        labels = {
            **EntryForm.Meta.labels,
            "title": _("The question"),
            "resolution": _("How we read it"),
            "is_settled": _("Settled"),
        }


class PositionForm(EntryForm):
    """A side has no title; its words say what it is."""

    conflict = forms.ChoiceField()

    class Meta(EntryForm.Meta):
        model = models.Position
        fields = ["code", "conflict", "words", "position"]


class SilenceForm(EntryForm):
    looked_in = TickedCodes(label=_("Looked in"), required=False)
    uses = _used()

    class Meta(EntryForm.Meta):
        model = models.Silence
        fields = [*EntryForm.Meta.fields, "looked_in", "uses"]
        labels = {**EntryForm.Meta.labels, "title": _("The question")}


class RumourForm(EntryForm):
    class Meta(EntryForm.Meta):
        model = models.Rumour
        labels = {
            **EntryForm.Meta.labels,
            "title": _("The claim, as heard"),
            "words": _("Why it is rejected"),
        }


class AuthorityForm(EntryForm):
    countries = CountriesField(help_text=_("Two-letter codes, such as IE, GB."))

    class Meta(EntryForm.Meta):
        model = models.Authority
        fields = [
            *EntryForm.Meta.fields,
            *("body", "is_regulator", "countries", "stated_on"),
        ]
        labels = {**EntryForm.Meta.labels, "is_regulator": _("A regulator")}


FORMS: dict[type[Entry], type[EntryForm]] = {
    models.Headline: HeadlineForm,
    models.Effect: EffectForm,
    models.Region: RegionForm,
    models.RegionTerm: RegionTermForm,
    models.Clause: ClauseForm,
    models.DataCategory: DataCategoryForm,
    models.AffiliateTerm: AffiliateTermForm,
    models.Control: ControlForm,
    models.Action: ActionForm,
    models.Conflict: ConflictForm,
    models.Position: PositionForm,
    models.Silence: SilenceForm,
    models.Rumour: RumourForm,
    models.Authority: AuthorityForm,
}
