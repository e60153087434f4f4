"""What is verified by a document has a table of its own, for milestones and figures; what was verified is carried over."""

from collections.abc import Iterable

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import guanzi.office.models.numbers


def carry_over(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Every milestone that was verified has its verification."""
    report, verification = (apps.get_model("office", name) for name in ("MilestoneReport", "Verification"))
    for row in report.objects.select_related("case__head"):
        subject = row.milestone.replace("_", "-")
        tree = row.case.head.tree if row.case.head is not None else {}
        row.fact = _newest(tree, f"office-reported-{subject}-")
        if row.verified_by_id is not None:
            file = _newest(tree, f"office-verified-{subject}-")
            row.verification = verification.objects.create(
                id=guanzi.office.models.numbers.timely(),
                case=row.case,
                fact=row.fact,
                proof=row.proof,
                path=f"monitoring/{file}.yaml",
                person_id=row.verified_by_id,
                at=row.verified_at,
            )
        row.save()
    editor.connection.check_constraints()  # before the table is changed


def _newest(tree: Iterable[str], start: str) -> str:
    """Name of the newest file of ``monitoring/`` that begins so; their ends are the numbers of versions."""
    names = [path.removeprefix("monitoring/").removesuffix(".yaml") for path in tree if path.startswith("monitoring/")]
    numbers = [
        int(name.removeprefix(start)) for name in names if name.startswith(start) and name[len(start) :].isdigit()
    ]
    return f"{start}{max(numbers)}" if numbers else ""


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0011_watched_facts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=guanzi.office.models.numbers.timely, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fact", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("document", models.CharField(max_length=200)),
                ("proof", models.CharField(max_length=64)),
                ("page", models.IntegerField(null=True)),
                ("quote", models.TextField(blank=True)),
                ("path", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("fell_at", models.DateTimeField(null=True)),
                ("fell_because", models.CharField(blank=True, max_length=60)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verifications",
                        to="office.officecase",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.UniqueConstraint(
                condition=models.Q(("fell_at", None)), fields=("case", "fact", "digest"), name="verified_once"
            ),
        ),
        migrations.CreateModel(
            name="FigureOwed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fact", models.CharField(max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("period", models.CharField(max_length=60)),
                ("tranches", models.JSONField(default=list)),
                ("writers", models.JSONField(default=list)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures_owed",
                        to="office.officecase",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="figureowed",
            constraint=models.UniqueConstraint(fields=("case", "fact"), name="figure_owed_once"),
        ),
        migrations.AddField(
            model_name="milestonereport",
            name="fact",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="milestonereport",
            name="verification",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="office.verification",
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="milestonereport", name="proof"),
        migrations.RemoveField(model_name="milestonereport", name="verified_at"),
        migrations.RemoveField(model_name="milestonereport", name="verified_by"),
        migrations.AddField(
            model_name="trancherelease",
            name="fell_because",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="trancherelease",
            name="rests_on",
            field=models.JSONField(default=list),
        ),
        migrations.RemoveConstraint(model_name="trancherelease", name="released_once"),
        migrations.AddConstraint(
            model_name="trancherelease",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("asked", "released"))),
                fields=("case", "tranche"),
                name="released_once",
            ),
        ),
    ]
