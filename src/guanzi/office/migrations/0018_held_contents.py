"""What counts for the quota of each organisation, counted from what there is."""

import json

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def count(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    version, run, blob, held = (
        apps.get_model("office", name) for name in ("CaseVersion", "AppraisalRun", "Blob", "HeldContent")
    )
    sizes = dict(blob.objects.values_list("sha256", "size"))
    found = {}
    for organisation, sha256, tree in version.objects.values_list("case__organisation", "sha256", "tree").iterator():
        found[organisation, sha256] = len(json.dumps(tree))
        found |= {(organisation, hash): sizes.get(hash, 0) for hash in tree.values()}
    for organisation, files in run.objects.values_list("case__organisation", "files").iterator():
        found |= {(organisation, hash): sizes.get(hash, 0) for hash in files.values()}
    held.objects.bulk_create(
        (held(organisation_id=of, sha256=hash, size=size) for (of, hash), size in found.items()), batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0017_uncounted"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldContent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held_contents",
                        to="office.organisation",
                    ),
                ),
            ],
            options={
                "constraints": (models.UniqueConstraint(fields=("organisation", "sha256"), name="held_content_once"),),
            },
        ),
        migrations.RunPython(count, migrations.RunPython.noop),
    ]
