"""The project's settings, and the views that it is measured against."""

from policyguide.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
