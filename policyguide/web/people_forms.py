"""How people are invited, given another role, and come in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Firm, Invitation, Membership, Person, Visit


class InvitationForm(forms.ModelForm[Invitation]):
    """Whom to invite, and as what."""

    class Meta:
        model = Invitation
        fields = ["email", "role"]
        labels = {"email": _("E-mail address"), "role": _("As")}

    def __init__(self, data: Any, *, firm: Firm) -> None:
        super().__init__(data)
        self.firm = firm

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if self.firm.memberships.filter(person__email__iexact=email).exists():
            raise forms.ValidationError(_("Somebody with this address is a member."))
        return email


class RoleForm(forms.Form):
    """What a member is to be from now on; nothing, once removed."""

    REMOVE = "remove"

    do = forms.ChoiceField(
        choices=[*Membership.Role.choices, (REMOVE, _("Remove"))], label=_("Role")
    )


class NewcomerForm(forms.Form):
    """Somebody invited who has no account yet. The address is the invitation's."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
    )

    def __init__(self, data: Any, *, email: str) -> None:
        super().__init__(data)
        self.person = Person(email=email)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        Person._meta.get_field("name").run_validators(name)
        self.person.name = name
        return name

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class VisitForm(forms.ModelForm[Visit]):
    """Why somebody of the desk wants to see a firm's pages."""

    class Meta:
        model = Visit
        fields = ["because"]
        labels = {"because": _("Reason")}
        help_texts = {
            "because": _("The firm's admins read it. You may then look for an hour.")
        }
