from django.db import migrations

from tocsin.records.triggers import protect

TABLES = [
    "records_situation",
    "records_levelchange",
    "records_judgement",
    "records_rating",
    "records_alert",
    "records_ask",
    "records_signature",
    "records_dispatch",
    "records_acknowledgement",
    "records_decision",
    "records_release",
    "records_auditentry",
    "records_citation",
]


def forwards(apps, schema_editor):
    protect(schema_editor, TABLES)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
