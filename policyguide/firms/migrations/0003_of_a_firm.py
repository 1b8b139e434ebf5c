from django.db import migrations, models

from policyguide.firms.guards import guards
from policyguide.policy.immutability import install, remove


def put_up(apps, schema_editor):
    install(schema_editor.connection, guards(schema_editor.connection))


def take_down(apps, schema_editor):
    remove(schema_editor.connection, guards(schema_editor.connection))


class Migration(migrations.Migration):
    dependencies = [("firms", "0002_cache")]

    operations = [
        migrations.AlterModelManagers(
            name="membership", managers=[("across_firms", models.Manager())]
        ),
        migrations.AlterModelManagers(
            name="office", managers=[("across_firms", models.Manager())]
        ),
        migrations.RunPython(put_up, take_down),
    ]
