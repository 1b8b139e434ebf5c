"""Settings that would lose data or let strangers in: nothing starts under them."""

from copy import deepcopy
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import BaseCommand
from django.core.management.base import SystemCheckError


@pytest.fixture(autouse=True)
def as_in_production(settings, tmp_path):
    settings.DEBUG = False
    settings.SECRET_KEY = "k" * 50
    settings.DATA_DIR = tmp_path


def check():
    BaseCommand().check(tags=["policyguide"])


def test_production_settings_are_safe():
    check()


def deferred_sqlite(settings):
    databases = deepcopy(django_settings.DATABASES)
    databases["default"] |= {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {}}
    settings.DATABASES = databases
    return "E001"


def debug_for_the_public(settings):
    settings.DEBUG = True
    settings.ALLOWED_HOSTS = ["localhost", "policy.example"]
    return "E002"


def short_key(settings):
    settings.SECRET_KEY = "secret"
    return "E003"


def cache_of_one_process(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }
    return "E004"


def no_data_folder(settings):
    settings.DATA_DIR = Path("/no/such/folder")
    return "E005"


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
@pytest.mark.parametrize(
    "unsafe",
    [
        deferred_sqlite,
        debug_for_the_public,
        short_key,
        cache_of_one_process,
        no_data_folder,
    ],
    ids=lambda unsafe: unsafe.__name__,
)
def test_nothing_starts_under_unsafe_settings(settings, unsafe):
    known_by = unsafe(settings)

    with pytest.raises(SystemCheckError, match=known_by):
        check()


def test_the_key_of_development_is_not_one_for_production(settings, monkeypatch):
    monkeypatch.setenv("POLICYGUIDE_SECRET_KEY_FILE", "/srv/var/development-key")

    with pytest.raises(SystemCheckError, match="E003"):
        check()
