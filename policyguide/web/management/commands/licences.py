"""List what policyguide is built on, and under which licence each part is used."""

import re
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
# Beside Python packages: what static/fonts holds.
FONTS = (
    "Noto Naskh Arabic, Noto Serif Hebrew, Public Sans, STIX Two Text: OFL-1.1, see "
    "static/fonts"
)


class Command(BaseCommand):
    help = "Lists every package that an installation runs on, with version and licence."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        wanted = pinned()
        installed = {canonical(found.name): found for found in distributions()}
        for name in sorted(wanted & set(installed)):
            found = installed[name]
            self.stdout.write(f"{name} {found.version}: {licence_of(found)}")
        self.stdout.write(FONTS)


def pinned() -> set[str]:
    """The packages that requirements.txt locks. Some are for other systems only."""
    locked = Path(settings.BASE_DIR, "requirements.txt").read_text()
    return {canonical(name) for name in PINNED.findall(locked)}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence_of(distribution: Distribution) -> str:
    """As the package itself says: by expression, by classifier, or in words."""
    told = distribution.metadata
    if expression := told.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in told.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    return ", ".join(classifiers) or str(told.get("License") or "").partition("\n")[0]
