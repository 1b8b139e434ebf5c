"""Whoever runs it can see under which licences."""

from importlib.metadata import distributions
from io import StringIO

from django.core.management import call_command

from policyguide.web.management.commands.licences import canonical, pinned


def test_every_package_an_installation_runs_on_is_listed_with_its_licence():
    said = StringIO()
    call_command("licences", stdout=said)
    told = dict(line.split(": ", 1) for line in said.getvalue().splitlines())

    listed = {line.rpartition(" ")[0] for line in told} & pinned()
    installed = {canonical(found.name) for found in distributions()}
    assert listed == pinned() & installed
    assert len(listed) > 30
    assert all(licence.strip() for licence in told.values())
