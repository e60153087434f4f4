"""Whoever acts at once, and whoever is killed meanwhile: an instalment is released once, by two, on either database."""

import pytest
from tests.office.forks import run_apart
from tests.record.ledger.server import running


def play(folder, examples, steps, address=""):
    """The state machine in a process of its own, on an office of its own."""
    assert "released" in run_apart("actors_at_once", folder, (examples, steps), address)


def test_people_at_once_release_an_instalment_once_on_sqlite(tmp_path, tables):
    play(tables.into(tmp_path / "apart"), 1, 2)


@pytest.mark.prove
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
