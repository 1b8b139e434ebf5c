import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("memos", "0002_guards"), ("policy", "0006_schedule")]

    operations = [
        *(
            migrations.AlterModelManagers(
                name=name, managers=[("across_firms", models.Manager())]
            )
            for name in ("memo", "original", "ruling")
        ),
        migrations.AlterField(
            model_name="memo",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="policy.edition",
            ),
        ),
    ]
