"""The filters of lists that a person saves for himself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column of people, empty for everybody."""

    dependencies = [("office", "0028_log_tables")]
    operations = [migrations.AddField("person", "filters", models.JSONField(default=dict))]
