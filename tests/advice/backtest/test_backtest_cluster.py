"""A backtest on several workers has the bytes of threads, also where one of them is killed."""

import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.advice.backtest.library import CASES, small_library
from tests.sampling import examples

from guanzi.advice.backtest import backtest, backtest_json, load_library, replay, work
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.engine.simulation import Cluster, Running
from guanzi.record.evidence import Case
from guanzi.record.playbooks import load_playbook

pytest.importorskip("distributed")

HEFEI = load_playbook("hefei")
PATHS = 200
WORKERS = examples(4, 2)
FOUR = CASES[1:]


def told(cases: list[Case], running: Running) -> str:
    return backtest_json(backtest(cases, HEFEI, PATHS, running=running))


def library(folder: Path) -> list[Case]:
    """A small library, and a case on which every replay breaks."""
    cases = list(load_library(small_library(folder, FOUR))[0])
    unreadable: Any = None
    return [*cases, replace(cases[0], id="broken", sheets=unreadable, folder=folder / "broken")]


def test_workers_give_the_bytes_of_threads_and_a_killed_one_costs_only_repetition(tmp_path):
    cases = library(tmp_path / "library")
    local = told(cases, Running())
    assert local.count("backtest.broken.replay") == 1
    done: list[int] = []
    with Cluster(workers=WORKERS) as cluster:
        cluster.client.wait_for_workers(WORKERS)
        pids = set(cluster.client.run(os.getpid).values())
        assert len(pids) == WORKERS

        def kill_one(steps: int) -> None:
            if not done:
                os.kill(min(pids), signal.SIGKILL)
            done.append(steps)

        assert told(cases, Running(progress=kill_one, engine=cluster)) == local
        cluster.client.wait_for_workers(WORKERS)
        assert min(pids) not in set(cluster.client.run(os.getpid).values())
    assert sum(done) == work(cases, doubtful=False)


def test_a_replay_reads_nothing_of_the_folder_of_its_case_so_that_a_worker_needs_none(tmp_path):
    case = load_library(small_library(tmp_path / "library", FOUR[:1]))[0][0]
    moved = replay(replace(case, folder=tmp_path / "elsewhere"), HEFEI, PATHS)
    assert moved == replay(case, HEFEI, PATHS)


@pytest.mark.parametrize("of", ["replays", "contracts"])
def test_workers_that_are_gone_are_refused_and_not_told_as_faults_of_cases(tmp_path, monkeypatch, of):
    cases = list(load_library(small_library(tmp_path / "library", FOUR[:1]))[0])
    engine = Cluster()
    gone = InvalidInput(Problem(Message.of("simulation.cluster.lost", address="dask"), Place("--engine")))

    def each(work, items):
        if ("replay" in work.args[0].func.__name__) == (of == "replays"):
            raise gone
        return map(work, items)

    monkeypatch.setattr(engine, "each", each)
    with pytest.raises(InvalidInput) as refused:
        backtest(cases, HEFEI, PATHS, running=Running(engine=engine))
    assert refused.value is gone
