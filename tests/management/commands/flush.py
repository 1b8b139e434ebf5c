"""Django's own flush, which ends every transactional test, around the guards.

The guards refuse it, as they should, and the next test wants the record back.
"""

from django.core.management.commands import flush
from django.db import connections

from policyguide.firms.guards import guards as firm_guards
from policyguide.memos.guards import guards as memo_guards
from policyguide.notices.guards import guards as notice_guards
from policyguide.policy.guards import guards as policy_guards
from policyguide.policy.immutability import install, remove
from tests import record


class Command(flush.Command):
    def handle(self, **options):
        connection = connections[options["database"]]
        guards = [
            *policy_guards(connection),
            *firm_guards(connection),
            *memo_guards(connection),
            *notice_guards(connection),
        ]
        remove(connection, guards)
        super().handle(**options)
        install(connection, guards)
        record.fill()
