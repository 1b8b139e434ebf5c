from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("firms", "0001_initial")]

    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
