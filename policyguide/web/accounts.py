"""How people come in: by invitation, never by signing themselves up."""

from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from policyguide.firms.models import Firm, Person


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the desk, for who works there; to their firm, or the first of several."""
        person = cast(Person, request.user)
        if person.is_editor:
            return reverse("desk")
        firm = Firm.objects.for_person(person).order_by("name").first()
        return firm.get_absolute_url() if firm else reverse("home")
