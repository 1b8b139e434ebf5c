"""Django's own flush, which ends every transactional test, around the guards.

The guards refuse it as they should, and the next test wants the record back.
"""

from django.core.management.commands import flush


class Command(flush.Command):
    def handle(self, **options):
        super().handle(**options)
