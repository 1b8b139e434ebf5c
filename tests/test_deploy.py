"""The production guide's files name every setting, and nothing that is not there."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SCRIPTS = [DEPLOY / "install", DEPLOY / "manage", DEPLOY / "try"]


def known_settings():
    """What is read from the environment."""
    code = "".join(path.read_text() for path in ROOT.glob("policyguide/*.py"))
    return set(re.findall(r'"(POLICYGUIDE_[A-Z_]+|DATABASE_URL)"', code))


def named(text):
    """The settings a text names, be it by the file that holds them."""
    found = re.findall(r"\b(?:POLICYGUIDE_[A-Z_]+|DATABASE_URL)\b", text)
    return {name.removesuffix("_FILE") for name in found}


def test_the_example_environment_names_every_setting_and_no_other():
    text = (DEPLOY / "policyguide.env").read_text()

    assert named(text) == known_settings()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_units_run_what_is_there(unit):
    for line in unit.read_text().splitlines():
        if line.startswith(("ExecStart=", "ExecStartPre=")) and "manage.py" in line:
            words = shlex.split(line.partition("=")[2].replace("'", ""))
            command = words[words.index("manage.py") + 1]
            apps = ROOT.glob(f"policyguide/*/management/commands/{command}.py")
            assert command == "check" or list(apps)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_scripts_are_shell(script):
    subprocess.run(["/bin/sh", "-n", script], check=True)  # noqa: S603


def test_nginx_takes_what_the_application_takes():
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024 // 1024

    assert f"client_max_body_size {limit}m;" in (DEPLOY / "nginx.conf").read_text()
