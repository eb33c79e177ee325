from django.db import migrations

from plan.triggers import protect, release

TABLES = ["plan_auditentry"]


def forwards(apps, schema_editor):
    for table in TABLES:
        protect(schema_editor, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        release(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("plan", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
