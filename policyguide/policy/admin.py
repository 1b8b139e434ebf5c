"""The words people use: the one table of `policy` that is no record of the terms."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from policyguide.policy.models import Thing


class LinesField(forms.CharField):
    """A list, one to a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = (line.strip() for line in super().clean(value).splitlines())
        return [line for line in lines if line]


class ThingForm(forms.ModelForm[Thing]):
    words = LinesField(
        required=False, help_text=_("What else people call it, one to a line.")
    )
    entries = LinesField(
        help_text=_("Codes of data categories and silences, one to a line.")
    )
    advice = LinesField(
        required=False, help_text=_("Codes of actions, the one to show first on top.")
    )

    class Meta:
        model = Thing
        fields = ["name", "words", "entries", "advice", "position"]


@admin.register(Thing)
class ThingAdmin(admin.ModelAdmin[Thing]):
    form = ThingForm
    list_display = ["name", "words", "entries", "position"]
    search_fields = ["name"]
