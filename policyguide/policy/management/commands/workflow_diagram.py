"""Print the moves of a change as the Mermaid diagram that the README holds."""

from typing import Any

from django.core.management.base import BaseCommand

from policyguide.policy.states import mermaid


class Command(BaseCommand):
    help = "Print the states of a change and the moves between them as Mermaid."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(mermaid())
