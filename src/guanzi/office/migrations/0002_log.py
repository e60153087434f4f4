"""The tables of the log, beside those of the office."""

from django.db import migrations


def make(apps, schema_editor):
    """Make them; they are kept by the log itself and know nothing of Django."""
    from guanzi.office.keeping.log import make_log_tables

    make_log_tables()


class Migration(migrations.Migration):
    """The log."""

    atomic = False
    dependencies = [("office", "0001_first")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
