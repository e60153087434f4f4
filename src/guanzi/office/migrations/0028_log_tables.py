"""The tables of the log, beside those of the office; where they stand, they stay."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make them; they are kept by the log itself and know nothing of Django."""
    from guanzi.office.auditlog.log import make_log_tables

    make_log_tables()


class Migration(migrations.Migration):
    """The log."""

    atomic = False
    dependencies = [("office", "0001_release")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
