"""Check everything that is known by a hash against its hash."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from policyguide.memos import integrity as of_memos
from policyguide.policy import integrity as of_policy
from policyguide.policy.integrity import Kind
from policyguide.policy.seals import last_seal


class Command(BaseCommand):
    help = (
        "Checks every capture, quotation, edition, sealed log line and memo against "
        "its hash. Names the first of each kind that is not what was recorded."
    )

    def handle(self, **options: Any) -> None:
        kinds = [*of_policy.kinds(), *of_memos.kinds()]
        if sum(self._check(kind) for kind in kinds):
            raise CommandError(
                "The record has been altered or damaged. Keep the database as it is, "
                "and compare it with a backup from before."
            )
        self.stdout.write(f"All is as it was recorded. Last seal: {last_seal()}")

    def _check(self, kind: Kind) -> int:
        """How many rows are not what was recorded. The first is named."""
        rows, first, bad = 0, "", 0
        for fault in kind.faults():
            rows += 1
            bad += bool(fault)
            first = first or fault
        self.stdout.write(f"{rows - bad:>9} of {rows} {kind.name} are whole")
        if bad:
            self.stderr.write(f"  {first}")
        return bad
