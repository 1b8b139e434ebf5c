"""Identity providers of firms, as `POLICYGUIDE_PROVIDERS` lists them in JSON:

    [{"firm": "hale-marsh", "name": "Hale & Marsh", "domains": ["hale.example"],
      "server_url": "https://id.hale.example", "client_id": "…", "secret": "…",
      "joins": true}]

People then sign in at /accounts/oidc/hale-marsh/login/. The provider is believed about
addresses in its domains only; with `joins`, whoever it vouches for becomes a reader.
"""

import json
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from policyguide import env

NAME = "POLICYGUIDE_PROVIDERS"
NEEDED = {"firm", "name", "domains", "server_url", "client_id", "secret"}


def configured() -> list[dict[str, Any]]:
    """The providers as allauth takes them."""
    try:
        listed = json.loads(env.text(NAME, "[]"))
    except ValueError as error:
        raise ImproperlyConfigured(f"{NAME} is no JSON: {error}") from error
    return [_app(told) for told in listed]


def _app(told: dict[str, Any]) -> dict[str, Any]:
    if missing := NEEDED - told.keys():
        raise ImproperlyConfigured(f"{NAME} lacks {', '.join(sorted(missing))}.")
    return {
        "provider_id": told["firm"],
        "name": told["name"],
        "client_id": told["client_id"],
        "secret": told["secret"],
        "settings": {
            "server_url": told["server_url"],
            "domains": [domain.lower() for domain in told["domains"]],
            "joins": bool(told.get("joins")),
            "oauth_pkce_enabled": True,
        },
    }
