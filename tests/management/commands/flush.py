"""Django's own flush, which ends every transactional test, around the guards.

The guards refuse it, as they should, and the next test wants the record back.
"""

from django.core.management.commands import flush
from django.db import connections

from policyguide.policy.immutability import install, remove
from tests import record
from tests.refusing import every_guard


class Command(flush.Command):
    def handle(self, **options):
        connection = connections[options["database"]]
        guards = every_guard(connection)
        remove(connection, guards)
        super().handle(**options)
        install(connection, guards)
        record.fill()
