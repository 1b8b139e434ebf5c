import pytest


@pytest.fixture(autouse=True)
def queued(settings):
    """Tasks wait in the database, as in a real installation, until a test runs them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
