from django.db import migrations

from policyguide.notices.guards import guards
from policyguide.policy.immutability import install, remove


def put_up(apps, schema_editor):
    install(schema_editor.connection, guards(schema_editor.connection))


def take_down(apps, schema_editor):
    remove(schema_editor.connection, guards(schema_editor.connection))


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
