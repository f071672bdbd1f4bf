from django.db import migrations
from django.utils import timezone

from tocsin.records.accounts import NOTED, account_digest
from tocsin.records.history import canonical
from tocsin.records.models.audit import GENESIS, AuditEntry


def vouch(apps, editor):
    """Name the accounts that are here already in one audit entry; from now on each act on an account has its own."""
    users = apps.get_model("accounts", "User").objects.order_by("id")
    digests = {user.uid: account_digest(user) for user in users}
    if not digests:
        return
    entries = apps.get_model("records", "AuditEntry").objects
    last = entries.order_by("-sequence").first()
    entry = entries.model(
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        who="command-line",
        verb="note_accounts",
        subject=NOTED,
        payload=canonical({"evidence": [], "facts": {NOTED: digests}, "rows": {}}),
        previous=last.hash if last else GENESIS,
    )
    entry.hash = AuditEntry.computed_hash(entry)
    entry.save(force_insert=True)


class Migration(migrations.Migration):
    dependencies = [("records", "0002_append_only"), ("accounts", "0001_initial")]

    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
