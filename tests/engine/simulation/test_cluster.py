"""A simulation on a cluster: the same bits as on threads, whoever did the work and whoever died at it."""

import os
import signal
from collections.abc import Iterator
from functools import cache

import pytest
from tests.engine.simulation.examples import POLICY, model, sheet

from guanzi.base.core import InvalidInput, format_problems
from guanzi.deal.program import grid_of
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.simulation import Cluster, Engine, Running, cluster, simulate
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.run import Job, Threads, result_of

pytest.importorskip("distributed")

PATHS = 9 * 4096 + 17
SEED = 11


@cache
def job() -> Job:
    return Job(assemble(compose(sheet(), model(), POLICY)), grid_of(sheet()), PATHS, SEED)


def result(engine: Engine, progress=None):
    return result_of(job(), engine.run(job(), progress))


@pytest.fixture(scope="module")
def local():
    """The result of one thread, which two threads repeat."""
    one = result(Threads(1))
    assert one == result(Threads(2))
    return one


@pytest.fixture(scope="module")
def three() -> Iterator[Cluster]:
    with Cluster(workers=3) as running:
        yield running


@pytest.mark.prove
@pytest.mark.parametrize("workers", [1, 2])
def test_any_number_of_workers_yields_the_bits_of_threads(local, workers):
    with Cluster(workers=workers) as running:
        assert len(running.client.scheduler_info()["workers"]) == workers
        assert result(running) == local


def test_three_workers_yield_the_bits_of_threads_and_blocks_of_any_size_do(local, three, monkeypatch):
    assert result(three) == local
    monkeypatch.setattr(cluster, "BLOCKS", 2)
    assert result(three) == local


def test_a_worker_that_is_killed_costs_only_repetition(local, three):
    before = set(three.client.run(os.getpid).values())
    done: list[int] = []

    def kill_one(paths: int) -> None:
        if not done:
            os.kill(min(before), signal.SIGKILL)
        done.append(paths)

    assert result(three, kill_one) == local
    assert sum(done) == PATHS
    three.client.wait_for_workers(3)
    assert min(before) not in set(three.client.run(os.getpid).values())


def test_a_simulation_takes_the_engine_and_counts_the_cpu_time_of_its_workers(local, three):
    found = simulate(sheet(), model(), POLICY, paths=PATHS, seed=SEED, running=Running(engine=three))
    assert found == local
    assert 0.0 < found.cpu_seconds < 60.0


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no-such-host.invalid", "nonsense://x"])
def test_an_address_where_nobody_answers_is_refused_with_a_sentence(address, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1.0)
    with pytest.raises(InvalidInput) as refused, Cluster(address):
        pass
    told = format_problems(refused.value.problems)
    assert f"no Dask scheduler answers at “{address}”" in told
    assert "dask scheduler" in told


def test_workers_with_other_code_are_refused(three, monkeypatch):
    monkeypatch.setattr(cluster, "package_sha256", lambda: str(os.getpid()))
    with pytest.raises(InvalidInput) as refused, Cluster(three.client.scheduler.address):
        pass
    assert "a different version" in format_problems(refused.value.problems)


def test_a_file_of_data_that_differs_is_another_version_and_compiled_files_are_none(tmp_path):
    for part in ("library", "__pycache__"):
        (tmp_path / part).mkdir()
    (tmp_path / "library" / "priors.yaml").write_text("mean: 1\n")
    before = cluster.package_sha256(tmp_path)
    (tmp_path / "__pycache__" / "code.pyc").write_bytes(b"x")
    assert cluster.package_sha256(tmp_path) == before
    (tmp_path / "library" / "priors.yaml").write_text("mean: 2\n")
    assert cluster.package_sha256(tmp_path) != before


def test_a_cluster_without_workers_is_refused(monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(cluster, "WAIT_SECONDS", 0.5)
    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=None) as empty,
        pytest.raises(InvalidInput) as refused,
        Cluster(empty.scheduler_address),
    ):
        pass
    assert "has no worker" in format_problems(refused.value.problems)


def test_without_the_package_the_extra_is_named(monkeypatch):
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(InvalidInput) as refused, Cluster():
        pass
    assert "guanzi[cluster]" in format_problems(refused.value.problems)
