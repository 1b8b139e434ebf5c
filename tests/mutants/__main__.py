"""Run the mutants; the exit status is 1 if any of them was not caught."""

import sys

import pytest

sys.exit(
    pytest.main(
        [
            "-q",
            "-p",
            "tests.mutants.plugin",
            "-p",
            "no:cacheprovider",
            "-m",
            "not browser",
            "--mutants",
            "".join(sys.argv[1:2]),
            "tests/firms",
            "tests/memos",
            "tests/tenants",
            "tests/web",
        ]
    )
)
