"""What people ask and what firms say of themselves."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from policyguide.firms.logos import LARGEST_FILE, NotALogo, logo_of
from policyguide.firms.models import Firm
from policyguide.guidance.facts import Edition, FirmProfile, Office, Use
from policyguide.guidance.vocabulary import MOST_CHARACTERS
from policyguide.notices.models import Preference
from policyguide.policy import models, search
from policyguide.policy.labels import label
from policyguide.policy.models.sources import NO_CONTROL_CHARACTERS

MOST_OFFICES = 200

EDITIONS = models.Edition.objects.published().order_by("-number")
USES = [(use.value, label(use)) for use in Use]


class TickedField(forms.MultipleChoiceField):
    """Boxes to tick. `known` keeps what was rightly ticked beside what was not."""

    widget = forms.CheckboxSelectMultiple

    def known(self, values: Iterable[str]) -> frozenset[str]:
        return frozenset(value for value in values if self.valid_value(value))


class QuestionForm(forms.Form):
    """What anybody may ask: places by region, and uses."""

    region = TickedField(label=_("Where are your people?"), required=False)
    use = TickedField(
        label=_("What do they do on LinkedIn?"), choices=USES, required=False
    )

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data, auto_id="id_%s")
        choices = [(region.code, region.title) for region in edition.regions]
        self.ticked("region").choices = choices

    def ticked(self, name: str) -> TickedField:
        return cast(TickedField, self.fields[name])

    def profile(self) -> FirmProfile:
        """What was asked, without what is not known."""
        regions = self.ticked("region").known(self["region"].data)
        uses = self.ticked("use").known(self["use"].data)
        return FirmProfile(regions=regions, uses=frozenset(map(Use, uses)))


class WhatIfForm(forms.Form):
    """Uses and countries to try beside those of the profile. It saves nothing."""

    use = TickedField(label=_("Also do on LinkedIn"), choices=USES, required=False)
    country = forms.MultipleChoiceField(
        label=_("Also have people in"), choices=list(countries), required=False
    )

    def beside(self, profile: FirmProfile) -> FirmProfile:
        """The profile with what is to be tried."""
        tried = self.cleaned_data
        offices = tuple(
            Office(city=countries.name(code), country=code) for code in tried["country"]
        )
        return FirmProfile(
            name=profile.name,
            offices=profile.offices + offices,
            uses=profile.uses | frozenset(map(Use, tried["use"])),
            headcount=profile.headcount,
        )


class PostingForm(forms.Form):
    """What somebody is about to share, and where they are: a region or a country."""

    what = forms.CharField(
        label=_("What are you about to share?"),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.TextInput(attrs={"list": "things", "autocomplete": "off"}),
    )
    where = forms.ChoiceField(label=_("Where are you?"), required=False)

    def __init__(self, data: Any, *, edition: Edition) -> None:
        super().__init__(data, auto_id="id_%s")
        regions = [(region.code, region.title) for region in edition.regions]
        cast(forms.ChoiceField, self.fields["where"]).choices = [
            ("", _("Choose a place")),
            (_("Regions"), regions),
            (_("Countries"), list(countries)),
        ]

    def given(self, name: str) -> str:
        """What was given in a field, if it can be used."""
        self.full_clean()
        return str(self.cleaned_data.get(name, ""))


class SearchForm(forms.Form):
    """A question to the terms."""

    q = forms.CharField(
        label=_("Ask the terms"),
        max_length=search.MOST_CHARACTERS,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    @property
    def question(self) -> str:
        """What was asked, if it can be answered."""
        self.full_clean()
        return str(self.cleaned_data.get("q", ""))


class PaceForm(forms.Form):
    """How often a person wants to be told."""

    pace = forms.ChoiceField(
        label=_("Send me mail"),
        choices=Preference.Pace.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Messages for the day or the week come at seven in the morning, "
            "those for the week on Monday."
        ),
    )


class EditionField(forms.ModelChoiceField[models.Edition]):
    """A published edition, by its number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(EDITIONS, to_field_name="number", empty_label=None, **options)

    def label_from_instance(self, edition: models.Edition) -> str:
        day = date_format(edition.in_force_from)
        label = _("Edition %(number)s, in force from %(day)s")
        if edition.withdrawn_at:
            label = _("Edition %(number)s, from %(day)s, withdrawn")
        return label % {"number": edition.number, "day": day}


class BetweenForm(forms.Form):
    """Two editions to compare: the last two, unless others are picked."""

    before = EditionField(label=_("From"))
    after = EditionField(label=_("To"))

    def __init__(self, data: Any) -> None:
        super().__init__(data or _the_last_two(), auto_id="id_%s")


def _the_last_two() -> dict[str, int | None]:
    numbers = EDITIONS.filter(withdrawn_at=None).values_list("number", flat=True)
    last = list(numbers[:2])
    return {"before": last[-1], "after": last[0]} if last else {}


class ProfileForm(forms.ModelForm[Firm]):
    """What a firm says of itself. Its offices are in `OfficeFormSet`."""

    uses = TickedField(
        label=_("What your people do on LinkedIn"), choices=USES, required=False
    )

    class Meta:
        model = Firm
        fields = ["uses", "headcount"]
        labels = {"headcount": _("People with a LinkedIn profile")}


class LetterheadForm(forms.ModelForm[Firm]):
    """What a firm's memos look like. A logo comes out as the picture to keep."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG or JPEG, 2 MB at most. It stands in the place of the name."),
    )
    removes_logo = forms.BooleanField(
        label=_("Print the name in the place of the logo"), required=False
    )

    class Meta:
        model = Firm
        fields = ["postal_address", "accent", "prepared_by", "citation_style"]
        labels = {
            "postal_address": _("Postal address"),
            "accent": _("Accent colour"),
            "prepared_by": _("Prepared by"),
            "citation_style": _("How sources are cited"),
        }
        widgets = {"postal_address": forms.Textarea(attrs={"rows": 4})}

    def clean_postal_address(self) -> str:
        lines = self.cleaned_data["postal_address"].splitlines()
        return "\n".join(filter(None, map(str.strip, lines)))

    def clean_accent(self) -> str:
        accent: str = self.cleaned_data["accent"].lower()
        return accent

    def clean_logo(self) -> bytes | None:
        """The upload, drawn anew. It is read no further than it may be long."""
        upload = self.cleaned_data["logo"]
        try:
            return logo_of(upload.read(LARGEST_FILE + 1)) if upload else None
        except NotALogo as error:
            raise ValidationError(str(error)) from error


class OfficeForm(forms.Form):
    """An office; a row left empty is no office."""

    city = forms.CharField(
        label=_("City"),
        max_length=120,
        required=False,
        validators=[NO_CONTROL_CHARACTERS],
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=[("", "—"), *countries], required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        city, country = given.get("city"), given.get("country")
        if city and country == "":
            self.add_error("country", _("Choose the country of this office."))
        if country and city == "":
            self.add_error("city", _("Name the city of this office, or clear the row."))
        return given

    def office(self) -> Office | None:
        city = self.cleaned_data.get("city")
        country = self.cleaned_data.get("country")
        return Office(city=city, country=country) if city and country else None


class BaseOfficeFormSet(forms.BaseFormSet[OfficeForm]):
    def clean(self) -> None:
        seen = set[Office]()
        for office in self.offices():
            if office in seen:
                message = _("%(city)s is listed twice; keep one row.")
                raise ValidationError(message, params={"city": office.city})
            seen.add(office)

    def offices(self) -> tuple[Office, ...]:
        """The offices given, in the order of their rows."""
        rows = (form.office() for form in self.forms if hasattr(form, "cleaned_data"))
        return tuple(office for office in rows if office)


OfficeFormSet = forms.formset_factory(
    OfficeForm,
    formset=BaseOfficeFormSet,
    extra=3,
    max_num=MOST_OFFICES,
    absolute_max=250,
)
