"""Lists of codes, as entries keep them."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from policyguide.guidance.facts import Use

COUNTRY_CODE = RegexValidator(r"\A[A-Z]{2}\Z")


def are_codes(value: object) -> None:
    """Refuse anything but a list of different strings."""
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ValidationError("Give a list of codes.")
    if len(set(value)) != len(value):
        raise ValidationError("Name each code once.")


def are_countries(value: Iterable[str]) -> None:
    """Refuse what is not an ISO 3166-1 alpha-2 code in capitals."""
    for code in value:
        try:
            COUNTRY_CODE(code)
        except ValidationError:
            message = "“%(code)s” is not a two-letter country code such as IE."
            raise ValidationError(message, params={"code": code}) from None


def are_uses(value: Iterable[str]) -> None:
    """Refuse what is not a `Use`."""
    for code in value:
        if code not in set(Use):
            message = "“%(code)s” is not a use; known are %(known)s."
            raise ValidationError(
                message, params={"code": code, "known": ", ".join(Use)}
            )


class CodesField(models.JSONField):
    """A list of codes, in no order that matters."""

    default_validators = [are_codes]

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"default": list, "blank": True, **kwargs})  # type: ignore[arg-type]
