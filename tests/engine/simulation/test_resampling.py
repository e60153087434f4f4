"""Weights of paths as a list of numbers: who stands in it how often, and what a run of it yields."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engine.simulation.examples import POLICY, model, sheet

from guanzi.deal.program import grid_of
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.simulation import Cluster, Running, Sampler, forecast, resample, simulate
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.run import Job, Threads, result_of

PATHS = 3 * 4096 + 17
SEED = 11
WEIGHTS = np.exp(np.random.default_rng(5).normal(size=PATHS))
TILTED = resample(WEIGHTS)

weights = st.lists(st.floats(0.0, 1e3), min_size=1, max_size=40).filter(lambda w: max(w) > 1e-6)
offsets = st.floats(0.0, 1.0, exclude_max=True)


@cache
def assembled():
    return assemble(compose(sheet(), model(), POLICY))


def result(engine, ids=None):
    job = Job(assembled(), grid_of(sheet()), PATHS, SEED, ids)
    return result_of(job, engine.run(job))


@given(weights, st.integers(1, 200), offsets)
def test_a_path_stands_in_the_list_as_often_as_its_weight_says_rounded_up_or_down(w, n, offset):
    w = np.array(w)
    counts = np.bincount(resample(w, n, offset).astype(int), minlength=len(w))
    assert counts.sum() == n
    assert np.all(np.abs(counts - n * w / w.sum()) < 1.0 + 1e-6)
    assert not np.any(counts[w == 0.0])


@given(st.integers(1, 5000), st.floats(0.1, 1e6))
def test_equal_weights_take_every_path_once(n, weight):
    assert np.array_equal(resample(np.full(n, weight)), np.arange(n))


def test_with_a_drawn_offset_the_list_is_unbiased():
    w = np.array([0.07, 0.33, 0.21, 0.39])
    offsets = (np.arange(1000) + 0.5) / 1000
    counts = sum(np.bincount(resample(w, 5, u).astype(int), minlength=4) for u in offsets)
    assert counts / 1000 == pytest.approx(5 * w, abs=0.005)


@pytest.mark.parametrize("bad", [[], [0.0, 0.0], [1.0, -1.0], [1.0, np.nan], [np.inf]])
def test_what_is_no_weight_is_refused(bad):
    with pytest.raises(ValueError, match="weights"):
        resample(np.array(bad))
    with pytest.raises(ValueError, match="offset"):
        resample(np.ones(3), offset=1.0)


def test_equal_weights_reproduce_the_plain_run():
    plain = result(Threads(1))
    assert result(Threads(1), resample(np.ones(PATHS))) == plain


def test_a_weighted_run_has_the_same_bits_for_any_number_of_threads_and_is_another_one():
    one = result(Threads(1), TILTED)
    assert one == result(Threads(2), TILTED)
    assert one != result(Threads(1))
    assert one.scalars == simulate(sheet(), model(), POLICY, seed=SEED, running=Running(threads=1), ids=TILTED).scalars


@pytest.mark.prove
def test_workers_yield_the_bits_of_threads_for_a_weighted_run():
    pytest.importorskip("distributed")
    with Cluster(workers=2) as two:
        assert result(two, TILTED) == result(Threads(1), TILTED)


def test_the_mean_of_a_weighted_run_is_the_weighted_mean_of_the_plain_one_within_the_error_of_resampling():
    names = ("fund.npv", "with.failed_step")
    plain = Sampler(names, paths=PATHS, seed=SEED).draw(sheet(), model(), POLICY)
    tilted = Sampler(names, paths=1, seed=SEED, ids=TILTED).draw(sheet(), model(), POLICY)
    share = WEIGHTS / WEIGHTS.sum()
    for name in names:
        x = plain[name]
        # Rounding a weight moves it by less than one place, in a direction that is as good as chance.
        fraction = np.modf(PATHS * share)[0]
        error = np.sqrt(np.sum(fraction * (1.0 - fraction) * (x - share @ x) ** 2)) / PATHS
        assert tilted[name].mean() == pytest.approx(share @ x, abs=4.0 * error)
        assert abs(x.mean() - share @ x) > 0.0
    run = simulate(sheet(), model(), POLICY, seed=SEED, ids=TILTED)
    assert run.paths == PATHS
    assert run.scalars["fund.npv"].mean == pytest.approx(float(tilted["fund.npv"].mean()), rel=1e-12)


def test_a_number_means_the_same_path_in_a_sample_in_a_forecast_and_in_any_place():
    ids = np.array([7, 7, 4100, 0], np.uint64)
    plain, chosen = (
        Sampler(("fund.npv",), paths=5000, seed=SEED, ids=x).draw(sheet(), model(), POLICY)["fund.npv"]
        for x in (None, ids)
    )
    assert np.array_equal(chosen, plain[ids])
    alone, some = forecast(model(), 4, paths=5000, seed=SEED), forecast(model(), 4, seed=SEED, ids=ids)
    assert all(np.array_equal(some.values[name], alone.values[name][:, ids]) for name in alone.values)


def test_a_list_of_another_length_than_the_paths_is_refused():
    with pytest.raises(ValueError, match="3 path numbers for 4 paths"):
        Job(assembled(), grid_of(sheet()), 4, SEED, np.arange(3, dtype=np.uint64))
