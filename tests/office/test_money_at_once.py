"""Whoever acts at once, and whoever is killed meanwhile: an instalment is released once, by two, on either database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.record.ledger.server import running

REPO = Path(__file__).parents[2]


def play(folder, examples, steps, address=""):
    """The state machine in a process of its own, on an office of its own."""
    env = dict(os.environ) | {"GUANZI_OFFICE_DATA": str(folder), "PYTHONPATH": f"{REPO / 'src'}:{REPO}"}
    env |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "guanzi.office.settings"}
    command = [sys.executable, "-m", "tests.office.actors_at_once", str(examples), str(steps)]
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, timeout=1_800)
    assert done.returncode == 0, done.stderr[-4_000:]
    assert "released" in done.stdout


def test_people_at_once_release_an_instalment_once_on_sqlite(tmp_path):
    play(tmp_path, 2, 2)


def test_people_at_once_release_an_instalment_once_on_postgresql(tmp_path):
    with running() as address:
        play(tmp_path, 1, 2, address)


@pytest.mark.prove
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_whatever_people_do_at_once_an_instalment_is_released_once_after_its_milestone(tmp_path, database):
    if database == "sqlite":
        play(tmp_path, 40, 8)
    else:
        with running() as address:
            play(tmp_path, 40, 8, address)
