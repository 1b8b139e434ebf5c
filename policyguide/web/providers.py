"""What is believed of a firm's identity provider, and what is not."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from policyguide.firms.models import Firm, Membership, Person
from policyguide.web.views.errors import forbidden

MOST_LETTERS = 150


class FirmsProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider speaks for verified addresses in the domains of its firm, and for no
    others: else one firm's could let anybody in as another firm's partner."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        domains = sociallogin.provider.app.settings["domains"]
        addresses = sociallogin.email_addresses
        if not addresses or not all(
            address.verified and address.email.rpartition("@")[2].lower() in domains
            for address in addresses
        ):
            refusal = _("Your firm’s provider does not vouch for this e-mail address.")
            raise ImmediateHttpResponse(forbidden(request, PermissionDenied(refusal)))

    def is_open_for_signup(
        self, request: HttpRequest, sociallogin: SocialLogin
    ) -> bool:
        """Only where whoever the provider vouches for becomes a member."""
        joins: bool = sociallogin.provider.app.settings["joins"]
        return joins

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Person:
        person: Person = sociallogin.user
        person.email = data.get("email") or ""
        person.name = " ".join((data.get("name") or "").split())[:MOST_LETTERS]
        return person

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None
    ) -> Person:
        person: Person = super().save_user(request, sociallogin, form)
        firm = Firm.objects.get(slug=sociallogin.provider.app.provider_id)
        firm.memberships.create(person=person, role=Membership.Role.READER)
        return person
