"""Firms, people and memberships: look-up tables for whoever runs the installation."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from policyguide.firms.models import Firm, Membership, Office, Person
from policyguide.firms.profiles import count_change


class NewPersonForm(forms.ModelForm[Person]):
    """A new person: the password is optional, and hashed."""

    password = forms.CharField(
        label=_("Password"),
        required=False,
        widget=forms.PasswordInput,
        help_text=_("Leave empty to let them set one by “Forgot your password?”."),
    )

    class Meta:
        model = Person
        fields = ["email", "name", "desk_role"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.instance)
        return password

    def save(self, commit: bool = True) -> Person:  # noqa: FBT001, FBT002 - Django's own
        self.instance.set_password(self.cleaned_data["password"] or None)
        return super().save(commit)


class PersonForm(forms.ModelForm[Person]):
    """A known person: the password is shown only as a hash."""

    password = ReadOnlyPasswordHashField(label=_("Password"))

    class Meta:
        model = Person
        fields = ["email", "name", "desk_role", "is_active", "is_staff", "is_superuser"]


class MembershipInline(admin.TabularInline[Membership, Person]):
    model = Membership
    extra = 0
    autocomplete_fields = ["firm", "person"]


class MembershipOfPersonInline(MembershipInline):
    def has_change_permission(
        self, request: HttpRequest, obj: Person | None = None
    ) -> bool:
        """Ended and begun, never moved to another firm."""
        return False


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin[Person]):
    form = PersonForm
    list_display = ["email", "name", "desk_role", "is_active", "last_login"]
    list_filter = ["desk_role", "is_active"]
    search_fields = ["email", "name"]
    inlines = [MembershipOfPersonInline]

    def get_form(
        self,
        request: HttpRequest,
        obj: Person | None = None,
        change: bool = False,  # noqa: FBT001, FBT002 - Django's own signature
        **kwargs: Any,
    ) -> type[forms.ModelForm[Person]]:
        kwargs["form"] = PersonForm if obj else NewPersonForm
        return super().get_form(request, obj, change, **kwargs)


class OfficeInline(admin.TabularInline[Office, Firm]):
    model = Office
    extra = 0


@admin.register(Firm)
class FirmAdmin(admin.ModelAdmin[Firm]):
    list_display = ["name", "slug", "headcount", "profile_version"]
    search_fields = ["name", "slug"]
    readonly_fields = ["logo_sha256", "profile_version"]
    inlines = [OfficeInline, MembershipInline]
    prepopulated_fields = {"slug": ["name"]}

    def save_related(self, request: Any, form: Any, formsets: Any, change: Any) -> None:
        """Count the change, since pages of the firm are kept by `profile_version`."""
        super().save_related(request, form, formsets, change)
        count_change(form.instance)
