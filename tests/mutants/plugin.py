"""Instead of each test once: the tests that should catch a mutant, for each mutant."""

import pytest
from _pytest.runner import runtestprotocol
from pytest_django.plugin import blocking_manager_key


def pytest_addoption(parser):
    parser.addoption("--mutants", default="", help="Part of the names of the mutants.")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session):
    from tests.mutants.mutants import mutants  # Django is ready only now

    part = session.config.getoption("mutants")
    blocker = session.config.stash[blocking_manager_key]
    fails(next(item for item in session.items if "test_rows" in item.nodeid))
    with blocker.unblock():  # the database is there, for a test has run
        chosen = [mutant for mutant in mutants() if part in mutant.name]
    for mutant in chosen:
        by = catcher(mutant, session.items, blocker)
        session.testsfailed += by is None
        print(f"{mutant.name}: {by or 'NOT CAUGHT'}", flush=True)  # noqa: T201
    print(f"{len(chosen) - session.testsfailed} of {len(chosen)} are caught.")  # noqa: T201
    return True


def catcher(mutant, items, blocker):
    """The first test that passes without the mutant and fails with it."""
    for item in items:
        if mutant.catches(item.nodeid) and not fails(item):
            with blocker.unblock():
                mutant.make()
            is_caught = fails(item)
            with blocker.unblock():
                mutant.undo()
            if is_caught:
                return item.nodeid
    return None


def fails(item):
    """Run the test; another is said to be next, so that the database stays."""
    item._initrequest()
    other = next(another for another in item.session.items if another is not item)
    reports = runtestprotocol(item, log=False, nextitem=other)
    return any(report.failed for report in reports)
