"""Give a person a copy of what is kept about them."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from policyguide.firms.models import Person
from policyguide.web.personal_data import copy_for


class Command(BaseCommand):
    help = "Writes all that is kept about the person with this address, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *, email: str, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {email}.")
        copy = copy_for(person)
        self.stdout.write(json.dumps(copy, cls=DjangoJSONEncoder, indent=2))
