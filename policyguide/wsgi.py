import os

from django.core.management import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "policyguide.settings")

application = get_wsgi_application()
BaseCommand().check(tags=["policyguide"])
