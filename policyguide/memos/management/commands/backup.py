"""Keep all of the installation's data in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from policyguide.backups import BackupFailed, write_backup
from policyguide.policy.seals import last_seal


class Command(BaseCommand):
    help = "Writes all data to DEST, a new file, while others go on working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dest", type=Path, metavar="DEST")

    def handle(self, *, dest: Path, **options: Any) -> None:
        try:
            seal = last_seal()
            write_backup(connection, dest)
        except (BackupFailed, DatabaseError) as error:
            raise CommandError(f"There is no backup. {error}") from error
        megabytes = dest.stat().st_size / 1_000_000
        self.stdout.write(
            f"{dest} holds all data ({megabytes:.1f} MB) and was read back whole. "
            f"Last seal: {seal or 'none'}\n"
            "The settings are not in it: keep POLICYGUIDE_SECRET_KEY elsewhere too."
        )
