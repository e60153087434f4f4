"""Ballots are told of sittings that were counted alone; new evidence waits for the chair while a sitting is open."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COUNTED = ("back", "back_with_conditions", "decline", "defer")


def tell_counted(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Name the entries of the ballots that were counted before there was a list of them."""
    sitting, run = (apps.get_model("office", name) for name in ("Sitting", "ActionRun"))
    newest = {}
    for row in run.objects.filter(action="vote.cast").order_by("entry"):
        newest[row.answer.get("sitting"), row.person_id] = row.entry
    for row in sitting.objects.filter(result__in=COUNTED).exclude(closed_at=None):
        counted = row.ballots.exclude(person__in=row.tally.get("recused", [])).values_list("person", flat=True)
        row.told_entries = sorted(newest[row.pk, person] for person in counted if (row.pk, person) in newest)
        row.save(update_fields=["told_entries"])


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0015_secrets"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitting",
            name="evidence_since",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="sitting",
            name="told_entries",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="sitting",
            name="upheld",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="office.caseversion",
            ),
        ),
        migrations.RunPython(tell_counted, migrations.RunPython.noop),
    ]
