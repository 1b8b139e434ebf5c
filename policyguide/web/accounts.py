"""How people come in: by invitation, never by signing themselves up."""

from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest
from django.urls import reverse

from policyguide.firms.models import Firm, Person


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the desk, for who works there; to their firm, or to choose of several."""
        person = cast(Person, request.user)
        if person.is_editor:
            return reverse("desk")
        firms = Firm.objects.for_person(person)[:2]
        if len(firms) > 1:
            return reverse("firms")
        return firms[0].get_absolute_url() if firms else reverse("home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)


@reauthentication_required  # type: ignore[untyped-decorator]
def require_fresh_proof(request: HttpRequest) -> None:
    """Ask them to prove again who they are, unless they did so in the last minutes.

    What was posted is kept, and done once they have.
    """
