"""The record that tests start from: the edition and the demo firms that are shipped."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.test import override_settings

FIXTURES = Path(__file__).parent.parent / "fixtures"
EDITION = FIXTURES / "linkedin-2025-11.yaml"
VOCABULARY = FIXTURES / "vocabulary.yaml"
DEMO = FIXTURES / "demo_firms.yaml"


def fill():
    """Load the edition and the firms into an empty database."""
    call_command("load_edition", EDITION, stdout=StringIO())
    call_command("load_vocabulary", VOCABULARY, stdout=StringIO())
    with override_settings(DEBUG=True):
        call_command("load_demo", DEMO, stdout=StringIO())
