"""Write an edition as the YAML file that loads it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from policyguide.policy.edition_file import write
from policyguide.policy.models import Edition


class Command(BaseCommand):
    help = "Writes edition N to the standard output, as a file for load_edition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="N")

    def handle(self, *, number: int, **options: Any) -> None:
        edition = Edition.objects.published().filter(number=number).first()
        if edition is None:
            rows = Edition.objects.published().order_by("number")
            known = ", ".join(map(str, rows.values_list("number", flat=True)))
            raise CommandError(
                f"There is no edition {number}. Published: {known or 'none'}."
            )
        self.stdout.write(write(edition), ending="")
