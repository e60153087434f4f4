"""The two kinds of pages, as the framework writes them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Their tables."""

    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeerCase",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("company", models.CharField(max_length=200)),
                ("region", models.CharField(max_length=200)),
                ("industry", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=20)),
                ("stage", models.CharField(max_length=40)),
                ("due", models.DateField()),
                ("planned", models.FloatField()),
                ("bound", models.FloatField()),
            ],
            options={
                "abstract": False,
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="PeerFact",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("value", models.CharField(max_length=200)),
                ("unit", models.CharField(max_length=60)),
                ("period", models.CharField(max_length=60)),
                ("grade", models.CharField(max_length=2)),
            ],
            options={
                "abstract": False,
            },
            bases=("wagtailcore.page",),
        ),
    ]
