"""Fill a new installation from a backup."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from policyguide.backups import BackupFailed, read_backup


class Command(BaseCommand):
    help = (
        "Fills an empty database from SRC, which `backup` made, brings it up to this "
        "release and verifies it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("src", type=Path, metavar="SRC")

    def handle(self, *, src: Path, **options: Any) -> None:
        try:
            read_backup(connection, src)
        except BackupFailed as error:
            raise CommandError(f"Nothing was restored. {error}") from error
        self._require_known_migrations()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("verify", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write(f"Restored from {src}.")

    def _require_known_migrations(self) -> None:
        loader = MigrationLoader(connection)
        unknown = set(loader.applied_migrations) - set(loader.disk_migrations)
        if unknown:
            app, name = min(unknown)
            raise CommandError(
                "The data is restored, but a newer release made it: this one does not "
                f"know {app}.{name}. Install that release, then run `manage.py verify`."
            )
