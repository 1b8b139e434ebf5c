"""Load firms and people to try the product with."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from policyguide.firms.demo import PASSWORD, load_demo
from policyguide.policy.checked_yaml import Refused


class Command(BaseCommand):
    help = "Adds the demo firms and people of FILE that are missing. Only under DEBUG."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "Everybody knows the password of the demo people, so they are loaded "
                "only where DEBUG is on (POLICYGUIDE_DEBUG=1)."
            )
        try:
            people = load_demo(file)
        except Refused as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(
            f"Demo people; until they change it, their password is {PASSWORD}:"
        )
        for person in people:
            self.stdout.write(f"  {person.email:<28} {person.name}")
