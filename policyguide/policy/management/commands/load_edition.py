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
        done = "loaded" if loaded.is_new else "is loaded already"
        new = f"{loaded.recorded} new sources, captures and quotations"
        if not (loaded.is_new or loaded.recorded):
            new = "nothing changed"
        self.stdout.write(f"{loaded.edition} {done}; {new}.")
