"""The record that tests start from: the edition and the demo firms that are shipped."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

TESTS = Path(__file__).parent
FIXTURES = TESTS.parent / "fixtures"
SMALL_EDITION = TESTS / "policy/small-edition.yaml"
SMALL_DEMO = TESTS / "firms/small-demo.yaml"
EDITION = FIXTURES / "linkedin-2025-11.yaml"
DEMO = FIXTURES / "demo_firms.yaml"


def fill():
    """Load the edition and the firms into an empty database."""
    edition = EDITION if EDITION.exists() else SMALL_EDITION
    demo = DEMO if DEMO.exists() else SMALL_DEMO
    call_command("load_edition", edition, stdout=StringIO())
    with override_settings(DEBUG=True):
        call_command("load_demo", demo, stdout=StringIO())
