"""Capturing a source: pasted text or a saved page, and how it was read."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from policyguide.policy.drafts import Person
from policyguide.policy.models import Capture, Recheck, Source, SourceCheck
from policyguide.policy.rechecks import choose, dismiss
from policyguide.policy.recording import Reading, capture_source
from policyguide.policy.saved_pages import LARGEST, Unreadable, text_of
from policyguide.policy.states import NotAllowed
from policyguide.web.desk_forms.entries import DayInput
from policyguide.web.desk_forms.typed import put

LANGUAGE = r"\A[a-z]{2}(-[A-Z]{2})?\Z"
THE_PAGE = "page"


class SourceForm(forms.ModelForm[Source]):
    """A document to cite from now on. It cannot be changed once it is recorded."""

    class Meta:
        model = Source
        fields = ["code", "title", "publisher", "kind", "url", "state"]
        labels = {"url": _("Address"), "state": _("How much of it is read")}
        help_texts = {"code": _("As its publisher calls it, such as A8059228.")}


class CaptureForm(forms.Form):
    """What was read, and how. What was typed or uploaded stays until it is kept."""

    text = forms.CharField(
        label=_("Paste the text of the page"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    file = forms.FileField(
        label=_("Or upload the saved page"),
        required=False,
        allow_empty_file=True,
        help_text=_("HTML, PDF or plain text, 5 MB at most."),
    )
    captured_on = forms.DateField(label=_("Read on"), widget=DayInput)
    read = forms.ChoiceField(
        label=_("What was read"),
        choices=[
            (THE_PAGE, _("The page itself, as it is")),
            (Capture.How.ARCHIVED_COPY, _("An archived copy of it")),
            (Capture.How.QUOTED_BY_OTHERS, _("Other people's pages that quote it")),
        ],
    )
    extent = forms.ChoiceField(label=_("How much of it"), choices=Capture.Extent)
    language = forms.RegexField(
        LANGUAGE,
        label=_("Language"),
        help_text=_("Such as en or pt-BR."),
        max_length=10,
    )
    country = forms.ChoiceField(
        label=_("Read from"), choices=[("", "—"), *countries], required=False
    )
    signed_in = forms.NullBooleanField(label=_("Signed in to LinkedIn"), required=False)
    copy_dated = forms.CharField(
        label=_("What is known of the copy's own date"), required=False, max_length=120
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        known = {"captured_on": today, "language": "en"}
        super().__init__(data, files, initial=known)
        self.today = today

    def clean_captured_on(self) -> date:
        day: date = self.cleaned_data["captured_on"]
        if day > self.today:
            raise forms.ValidationError(_("Nothing has been read on a day to come."))
        return day

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                _("The file has more than 5 MB. Save the page without its pictures.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("text", "").strip()) == bool(given.get("file")):
            self.add_error("text", _("Paste the text or upload the page: one of them."))
        return given

    def keep(
        self, source: Source, *, by: Person, at: datetime
    ) -> Capture | SourceCheck | None:
        """Capture the source; nothing, with an error, if that cannot be read."""
        try:
            return capture_source(source, self._raw(), self._reading(), by=by, at=at)
        except (Unreadable, NotAllowed) as refusal:
            where = "file" if self.cleaned_data["file"] else "text"
            self.add_error(where, str(refusal))
        return None

    def show_upload(self) -> None:
        """Put what was uploaded where it can be seen and sent again.

        A browser forgets a file when the form comes back.
        """
        file = self.files.get("file") if self.files else None
        if file and (file.size or 0) <= LARGEST:
            file.seek(0)
            try:
                put(self, "text", text_of(file.read()))
            except Unreadable:
                return

    def _raw(self) -> bytes:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is None:
            return str(self.cleaned_data["text"]).encode()
        file.seek(0)
        return bytes(file.read())

    def _reading(self) -> Reading:
        given = dict(self.cleaned_data)
        file, read = given.pop("file"), given.pop("read")
        del given["text"]
        page = Capture.How.UPLOADED if file else Capture.How.PASTED
        return Reading(how=page if read == THE_PAGE else read, **given)


class SettleForm(forms.Form):
    """What a recheck means: dismissed with a reason, or its place chosen."""

    reason = forms.CharField(required=False)
    start = forms.IntegerField(required=False, min_value=0)

    def settle(self, row: Recheck, *, by: Person, at: datetime) -> bool:
        """Settle it; False, with an error, if that may not be done."""
        start = self.cleaned_data["start"]
        try:
            if start is None:
                dismiss(row, reason=self.cleaned_data["reason"], by=by, at=at)
            else:
                choose(row, start=start, by=by, at=at)
        except NotAllowed as refusal:
            self.add_error(None, str(refusal))
        return self.is_valid()
