"""Load an edition from a YAML file, and publish it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from policyguide.policy.checked_yaml import Refused
from policyguide.policy.edition_file import load, read


class Command(BaseCommand):
    help = (
        "Loads and publishes the edition in FILE: all of it or, with reasons, nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            loaded = load(read(file), at=timezone.now())
        except Refused as error:
            raise CommandError(f"Nothing was loaded.\n{error}") from error
        recorded = f" {loaded.recorded} new in the record." if loaded.recorded else ""
        done = "loaded" if loaded.is_new else "is loaded already; nothing changed"
        self.stdout.write(f"{loaded.edition} {done}.{recorded}")
