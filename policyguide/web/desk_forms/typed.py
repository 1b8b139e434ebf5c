"""What was typed into a form."""

from typing import cast

from django.forms import BaseForm
from django.http import QueryDict


def put(form: BaseForm, name: str, value: str) -> None:
    """Show this in the place of what was typed into one field."""
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix(name)] = value
    form.data = data
