"""Choosing what an entry rests on: quotations there are, or one quoted anew."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from policyguide.policy.captures import NotExact
from policyguide.policy.drafts import Person
from policyguide.policy.models import Capture, Entry, Quotation
from policyguide.policy.quotations import cited_by, found_by, named, quote_anew
from policyguide.policy.rechecks import found_gone
from policyguide.web.desk_forms.typed import put

MOST_FOUND = 30


class QuotationsForm(forms.Form):
    """The quotations `chosen`, a search for others, and a passage to quote anew."""

    search = forms.CharField(
        label=_("Find a quotation"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text=_("Words of it, its source or its code."),
    )
    capture = forms.ModelChoiceField(
        Capture.objects.select_related("source").order_by("code"),
        label=_("Capture"),
        to_field_name="code",
        required=False,
    )
    passage = forms.CharField(
        label=_("The passage, to the letter"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    provenance = forms.ChoiceField(
        label=_("How its wording is known"), choices=Quotation.Known, required=False
    )
    quoted_by = forms.IntegerField(
        label=_("In how many independent pages"),
        help_text=_("Only for what was read as quoted by others."),
        min_value=1,
        max_value=999,
        required=False,
    )

    def __init__(self, data: Any = None, *, entry: Entry) -> None:
        super().__init__(data, prefix="quote")
        self.chosen = named(data.getlist("quotation")) if data else cited_by(entry)

    def found(self) -> list[Quotation]:
        """What the search brings beside the quotations chosen."""
        words = self["search"].value() or ""
        chosen = [quotation.pk for quotation in self.chosen]
        return list(found_by(words).exclude(pk__in=chosen)[: MOST_FOUND + 1])

    @cached_property
    def doubts(self) -> dict[str, date]:
        """By code, since when a quotation is known to be gone from its source."""
        return found_gone()

    def text(self) -> str:
        """The text of the capture to quote from, if one is picked."""
        code = self["capture"].value() or ""
        return (
            Capture.objects.filter(code=code).values_list("text", flat=True).first()
            or ""
        )

    def clean_passage(self) -> str:
        """The passage with its lines broken as captures break them."""
        passage: str = self.cleaned_data["passage"]
        return passage.replace("\r\n", "\n")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("passage"):
            if not given.get("capture"):
                self.add_error("capture", _("Choose the capture the passage is from."))
            if bool(given.get("quoted_by")) != (given.get("provenance") == "quoted"):
                self.add_error(
                    "quoted_by",
                    _("Give a number for what others quote, and only for that."),
                )
        return given

    def quote(self, *, by: Person, at: datetime) -> bool:
        """Quote the passage, if any, and choose it; False if it is not exact."""
        given = self.cleaned_data
        if not given["passage"]:
            return True
        try:
            quotation = quote_anew(
                given["capture"],
                given["passage"],
                provenance=given["provenance"],
                quoted_by=given["quoted_by"] or 0,
                by=by,
                at=at,
            )
        except NotExact as refusal:
            self.add_error("passage", str(refusal))
            return False
        self._choose(quotation)
        return True

    def _choose(self, quotation: Quotation) -> None:
        """Tick it, and leave the passage empty for the next one."""
        if quotation not in self.chosen:
            self.chosen.append(quotation)
        put(self, "passage", "")
