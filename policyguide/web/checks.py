"""Settings under which nothing starts: each would lose data or let strangers in."""

import os
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import Error, register

OWN = "policyguide"
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
SHORTEST_KEY = 32


@register(OWN)
def settings_are_safe(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[Error]:
    return [*_database(), *_debug(), *_secret_key(), *_cache(), *_data_folder()]


def _database() -> Iterator[Error]:
    told = settings.DATABASES["default"]
    if "sqlite3" in told["ENGINE"]:
        mode = told.get("OPTIONS", {}).get("transaction_mode")
        if mode != "IMMEDIATE":
            yield Error(
                "SQLite is used without IMMEDIATE transactions, and fails under load.",
                hint="Set OPTIONS['transaction_mode'] to 'IMMEDIATE'.",
                id=f"{OWN}.E001",
            )


def _debug() -> Iterator[Error]:
    public = sorted(set(settings.ALLOWED_HOSTS) - LOCAL_HOSTS)
    if settings.DEBUG and public:
        yield Error(
            f"DEBUG is on, and the server answers to {', '.join(public)}.",
            hint="Set POLICYGUIDE_DEBUG=0, or take those names from POLICYGUIDE_HOSTS.",
            id=f"{OWN}.E002",
        )


def _secret_key() -> Iterator[Error]:
    development = os.environ.get("POLICYGUIDE_SECRET_KEY_FILE", "").endswith(
        "development-key"
    )
    if settings.DEBUG or (len(settings.SECRET_KEY) >= SHORTEST_KEY and not development):
        return
    yield Error(
        "POLICYGUIDE_SECRET_KEY is short, or the one of development.",
        hint="Make one: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'",
        id=f"{OWN}.E003",
    )


def _cache() -> Iterator[Error]:
    if "locmem" in settings.CACHES["default"]["BACKEND"]:
        yield Error(
            "Limits on sign-in are counted for each process by itself.",
            hint="Use a cache that processes share, such as the database's.",
            id=f"{OWN}.E004",
        )


def _data_folder() -> Iterator[Error]:
    folder = settings.DATA_DIR
    there = folder if folder.exists() else folder.parent
    if not os.access(there, os.W_OK | os.X_OK):
        yield Error(
            f"The data folder {folder} cannot be written to.",
            hint="Give it to the user that runs this, or set POLICYGUIDE_DATA_DIR.",
            id=f"{OWN}.E005",
        )
