"""The project's settings for tests: the same on every machine, and quick.

The database is the one that DATABASE_URL names, or SQLite's.
"""

import os

os.environ["POLICYGUIDE_SECRET_KEY"] = "for tests only"
os.environ["POLICYGUIDE_DEBUG"] = "1"  # plain http, and no gathered static files

from policyguide.settings import *  # noqa: F403
from policyguide.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests"]  # its `flush` knows the guards
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
