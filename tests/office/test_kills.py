"""Whoever is killed while he writes leaves an action whole or not at all, on either database, and it is done once.

One kill took three quarters of a minute: `make test` kills writers of the ledger alone.
"""

import pytest
from tests.office.forks import run_apart
from tests.record.ledger.server import running

KILLS, ROUNDS = 200, 4


def kill(folder, kills, seed, address=""):
    """Kill writers in the middle of their actions, on an office of their own."""
    assert "killed in the middle" in run_apart("killed_writers", folder, (kills, seed), address)


@pytest.mark.prove
def test_a_killed_writer_leaves_no_action_half_done(tmp_path):
    kill(tmp_path, 3, 1)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_hundred_killed_writers_leave_no_action_half_done(tmp_path, database, seed):
    if database == "sqlite":
        kill(tmp_path, KILLS // ROUNDS, 10 + seed)
    else:
        with running() as address:
            kill(tmp_path, KILLS // ROUNDS, 20 + seed, address)
