"""What the database refuses to change in what people were told."""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from policyguide.firms.guards import keeps_its_firm
from policyguide.policy.immutability import Guard


def guards(connection: BaseDatabaseWrapper) -> Iterator[Guard]:
    """All guards of the tables of notices."""
    yield keeps_its_firm("notices_notice")
