from django.db import migrations

from plan.triggers import protect, release

TABLES = [
    "indicators_submission",
    "indicators_reportedvalue",
    "indicators_breakdownrow",
    "indicators_submissionevidence",
    "indicators_endorsement",
    "indicators_decision",
    "indicators_meansverdict",
    "indicators_struckevidence",
    "indicators_validatedvalue",
    "indicators_validatedrow",
    "indicators_observation",
    "indicators_transition",
]


def forwards(apps, schema_editor):
    for table in TABLES:
        protect(schema_editor, table)


def backwards(apps, schema_editor):
    for table in TABLES:
        release(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
