"""Settings out of the environment; a bad value is refused with what would be right."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    """The variable, or what the file that `<name>_FILE` names holds; empty is unset."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: {error}") from error
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is “{value}”; use 1 or 0.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is “{value}”; use a whole number.")
    return int(value)


def choice(name: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first unless another is named."""
    value = text(name, choices[0])
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is “{value}”; use {' or '.join(choices)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """The variable split at commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
