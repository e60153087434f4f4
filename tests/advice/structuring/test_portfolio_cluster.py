"""A portfolio on several workers has the bytes of threads, also where one of them is killed."""

import json
import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.engine.simulation.examples import POLICY, model, sheet
from tests.sampling import examples

from guanzi.advice.structuring import DealSetting, Holding, portfolio
from guanzi.base.core import InvalidInput
from guanzi.engine.company import Streams
from guanzi.engine.simulation import Cluster, Running

pytest.importorskip("distributed")

PATHS = 2000
WORKERS = examples(4, 2)


def holding(n: int) -> Holding:
    drawn = replace(model(), streams=Streams(f"company-{n}", f"track-{n % 3}"))
    setting = DealSetting(sheet(), drawn, POLICY)
    return Holding(f"deal-{n}", f"company-{n}", f"track-{n % 3}", f"city-{n % 7}", setting)


HOLDINGS = tuple(holding(n) for n in range(examples(85, 3)))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with Cluster(workers=WORKERS) as running:
        running.client.wait_for_workers(WORKERS)
        yield running


def told(running: Running) -> str:
    return json.dumps(portfolio(HOLDINGS, "CNY", paths=PATHS, seed=3, running=running).data())


def squared(n: int) -> int:
    if n < 0:
        raise InvalidInput([])
    return n * n


def test_workers_give_the_bytes_of_threads_and_so_do_those_that_are_left(cluster):
    local = told(Running(1))
    pids = set(cluster.client.run(os.getpid).values())
    assert len(pids) == WORKERS
    done: list[int] = []

    def kill_one(paths: int) -> None:
        if not done:
            os.kill(min(pids), signal.SIGKILL)
        done.append(paths)

    assert told(Running(progress=kill_one, engine=cluster)) == local
    assert sum(done) == PATHS * len(HOLDINGS)
    cluster.client.wait_for_workers(WORKERS)
    assert min(pids) not in set(cluster.client.run(os.getpid).values())
    assert told(Running(engine=cluster)) == local


def test_results_come_in_the_order_of_the_items_and_what_is_refused_stays_refused(cluster):
    assert list(cluster.each(squared, range(20))) == [n * n for n in range(20)]
    with pytest.raises(InvalidInput):
        list(cluster.each(squared, [1, -1]))
