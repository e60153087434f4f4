"""A new office is made in one step, and one that began before comes to the same tables, from wherever it stands."""

import json
import os
import subprocess
import sys

import pytest

STEPS = """
import json, sys
import django
django.setup()
from pathlib import Path
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from guanzi.office.serving.preparing import _make_file

_make_file(settings.DATA, Path(connection.settings_dict["NAME"]))
stop = sys.argv[1]
if stop:
    earlier = MigrationExecutor(connection)
    earlier.loader.replace_migrations = False
    earlier.loader.build_graph()
    earlier.migrate([leaf for leaf in earlier.loader.graph.leaf_nodes() if leaf[0] != "office"] + [("office", stop)])
rest = MigrationExecutor(connection)
leaves = rest.loader.graph.leaf_nodes()
steps = [step.name for step, _ in rest.migration_plan(leaves) if step.app_label == "office"]
rest.migrate(leaves)
tables = {}
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        columns = connection.introspection.get_table_description(cursor, table)
        held = connection.introspection.get_constraints(cursor, table).values()
        tables[table] = [
            sorted(repr((c.name, c.type_code, c.display_size, c.null_ok, c.pk)) for c in columns),
            sorted(repr(sorted((key, value) for key, value in one.items() if key != "definition")) for one in held),
        ]
print(json.dumps([steps, tables]))
"""


def migrated(folder, stop=""):
    """Steps and tables of an office that is made anew, or that had stood at an earlier step."""
    environment = os.environ | {"GUANZI_OFFICE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "guanzi.office.settings"}
    environment.pop("DATABASE_URL", None)
    folder.mkdir()
    command = [sys.executable, "-c", STEPS, stop]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def new(tmp_path_factory):
    return migrated(tmp_path_factory.mktemp("new") / "before")


def test_a_new_office_is_made_in_one_step_one_for_the_log_and_what_came_after(new):
    steps, tables = new
    assert steps == ["0001_release", "0028_log_tables", "0029_saved_filters"]
    assert len(tables) > 60


@pytest.mark.parametrize("stop", ["0012_verified", "0027_identities"])
def test_an_office_of_an_earlier_step_comes_to_the_same_tables(new, stop, tmp_path):
    _, tables = migrated(tmp_path / "before", stop)
    assert tables == new[1]
