"""Whoever is killed while entering a decision leaves all of it, or nothing: entry, trees, words, files, checkpoint."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from tests.record.ledger.sample_bundle import Ledger
from tests.record.ledger.server import running

from guanzi.record.ledger import check_log

WRITER = """
import sys
from tests.record.ledger.sample_bundle import Ledger
from guanzi.record.ledger import Signer
ledger = Ledger(None, Signer.parse(sys.argv[2]), sys.argv[1])
while True:
    ledger.decide()
    print("ready", flush=True)
"""
KILLS, AT_ONCE = 200, 20


@pytest.fixture(params=["sqlite", "postgres"])
def addresses(request, tmp_path):
    """Makes addresses of new ledgers, one after the other."""
    if request.param == "sqlite":
        yield lambda n: str(tmp_path / f"{n}.sqlite")
        return
    with running() as server:
        import psycopg

        def make(n):
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE kills{n}")
            return server.replace("/postgres?", f"/kills{n}?")

        yield make


def kill_writers(repository, ledger, times, dice):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(repository), os.environ.get("PYTHONPATH", "")])}
    for _ in range(times):
        words = [sys.executable, "-c", WRITER, ledger.path, ledger.signer.secret()]
        writer = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE)
        assert writer.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0.0, 0.1))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        with ledger.store.reading() as log:
            assert check_log(log) == ()


def test_a_killed_decision_is_whole_or_not_there(repository, addresses):
    ledger = Ledger(None, address=addresses(0))
    kill_writers(repository, ledger, 2, random.Random(1))
    with ledger.store.reading() as log:
        assert log.size >= 2


@pytest.mark.prove
def test_two_hundred_kills_leave_no_half_decision(repository, addresses):
    dice = random.Random(6)
    for n in range(KILLS // AT_ONCE):
        kill_writers(repository, Ledger(None, address=addresses(n)), AT_ONCE, dice)
