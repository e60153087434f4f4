"""Whoever is killed while he writes leaves an action whole or not at all, on either database, and it is done once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.record.ledger.server import running

REPO = Path(__file__).parents[2]
KILLS, ROUNDS = 200, 4


def kill(folder, kills, seed, address=""):
    """Kill writers in the middle of their actions, on an office of their own."""
    env = dict(os.environ) | {"GUANZI_OFFICE_DATA": str(folder), "PYTHONPATH": f"{REPO / 'src'}:{REPO}"}
    env |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "guanzi.office.settings"}
    command = [sys.executable, "-m", "tests.office.killed_writers", str(kills), str(seed)]
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, timeout=3_600)
    assert done.returncode == 0, done.stderr[-4_000:]
    assert "killed in the middle" in done.stdout


def test_a_killed_writer_leaves_no_action_half_done(tmp_path):
    kill(tmp_path, 6, 1)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_hundred_killed_writers_leave_no_action_half_done(tmp_path, database, seed):
    if database == "sqlite":
        kill(tmp_path, KILLS // ROUNDS, 10 + seed)
    else:
        with running() as address:
            kill(tmp_path, KILLS // ROUNDS, 20 + seed, address)
