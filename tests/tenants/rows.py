"""The kinds of rows that belong to firms, as Django knows them."""

from django.apps import apps

from policyguide.firms.models import Firm

OWNED = [
    kind
    for kind in apps.get_models()
    if any(field.related_model is Firm for field in kind._meta.concrete_fields)
]
CHILDREN = [
    (kind, field)
    for kind in OWNED
    for field in kind._meta.concrete_fields
    if field.related_model in OWNED
]
