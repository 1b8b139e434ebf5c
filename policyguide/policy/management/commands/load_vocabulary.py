"""Load what people call the things they share."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policyguide.policy.checked_yaml import Refused
from policyguide.policy.vocabulary import load_vocabulary


class Command(BaseCommand):
    help = (
        "Adds the things in FILE that are missing; all of them or, with reasons, none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            added = load_vocabulary(file)
        except Refused as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        self.stdout.write(f"Things people share: {added} added.")
