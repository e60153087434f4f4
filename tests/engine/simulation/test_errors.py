"""Sampling errors by batches say what independent runs differ by, and a path that stands twice counts once."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from guanzi.engine.machine import HISTOGRAM_BINS
from guanzi.engine.simulation.errors import PathValues, joined, quantile_error, repeats_of
from guanzi.engine.simulation.resampling import resample
from guanzi.engine.simulation.summaries import bins_of

RUNS, PATHS = 200, 4_096

FIGURES: dict[str, tuple[Callable[[PathValues], float | None], Callable[[PathValues], float]]] = {
    "mean": (lambda p: p.mean("x"), lambda p: float(p.outputs["x"].mean())),
    "mean on a condition": (lambda p: p.mean("x|failed"), lambda p: float(np.nanmean(p.outputs["x|failed"]))),
    "share": (lambda p: p.share("failed"), lambda p: float(p.events["failed"].mean())),
    "share of some": (
        lambda p: p.share("failed", given="paid"),
        lambda p: float(p.events["failed"][p.events["paid"]].mean()),
    ),
    "difference": (lambda p: p.gap("x", "y"), lambda p: float((p.outputs["x"] - p.outputs["y"]).mean())),
    "difference of shares": (
        lambda p: p.share_gap("failed", "paid"),
        lambda p: float(p.events["failed"].mean() - p.events["paid"].mean()),
    ),
    "ratio": (
        lambda p: p.ratio({"x": 1.0}, {"y": 2.0}),
        lambda p: float(p.outputs["x"].mean() / p.outputs["y"].mean() / 2),
    ),
    "quantile": (lambda p: p.quantile("x", 0.05), lambda p: float(np.quantile(p.outputs["x"], 0.05))),
    "tail": (lambda p: p.tail("x"), lambda p: float(np.sort(p.outputs["x"])[: PATHS // 20].mean())),
}


def _paths(seed: int, paths: int = PATHS) -> PathValues:
    rng = np.random.default_rng(seed)
    y = rng.gamma(2.0, size=paths) + 1.0
    x = y + rng.normal(size=paths) * 2.0
    failed, paid = x < 1.5, rng.random(paths) < 0.7
    return PathValues(
        {"x": x, "y": y, "x|failed": np.where(failed, x, math.nan)}, {"failed": failed, "paid": paid}, paths
    )


@pytest.fixture(scope="module")
def runs() -> list[PathValues]:
    """Independent runs of the same figures."""
    return [_paths(seed) for seed in range(RUNS)]


@pytest.mark.parametrize("figure", FIGURES)
def test_an_error_is_what_independent_runs_differ_by(figure: str, runs: list[PathValues]) -> None:
    estimated, value = FIGURES[figure]
    apart = float(np.std([value(run) for run in runs], ddof=1))
    errors = [estimated(run) for run in runs]
    assert np.mean([error for error in errors if error is not None]) == pytest.approx(apart, rel=0.2)


@pytest.mark.parametrize("figure", FIGURES)
def test_19_of_20_runs_lie_within_196_errors(figure: str, runs: list[PathValues]) -> None:
    estimated, value = FIGURES[figure]
    truth = float(np.mean([value(run) for run in runs]))
    inside = [abs(value(run) - truth) <= 1.96 * (estimated(run) or 0.0) for run in runs]
    assert 0.89 <= np.mean(inside) <= 0.99


def test_a_path_that_stands_several_times_counts_once() -> None:
    few = _paths(1, 2_048)
    ids = resample(np.ones(2_048), 8_192).astype(int)
    again = PathValues({name: x[ids] for name, x in few.outputs.items()}, {}, 8_192)
    alone, repeated = few.mean("x"), again.mean("x")
    assert alone is not None
    assert repeated == pytest.approx(alone, rel=1e-6)
    assert repeats_of(ids.astype(np.uint64)) == pytest.approx(4.0)


def test_values_of_the_first_paths_stand_for_a_longer_run() -> None:
    part = _paths(2)
    whole = joined([part, _paths(3)], 4 * PATHS)
    short, long = joined([part, _paths(3)], 2 * PATHS).mean("x"), whole.mean("x")
    assert short is not None
    assert long == pytest.approx(short / math.sqrt(2))


def test_an_error_of_a_histogram_is_that_of_its_values() -> None:
    x = _paths(5, 32_768)
    counts = np.bincount(bins_of(x.outputs["y"]), minlength=HISTOGRAM_BINS)
    held = np.flatnonzero(counts)
    assert quantile_error(counts[held], 0.95, held, 1.0) == pytest.approx(x.quantile("y", 0.95), rel=0.25)
    assert math.isnan(quantile_error(counts[:0], 0.95, held[:0], 1.0))


def test_what_was_not_kept_has_no_error() -> None:
    paths = _paths(4)
    assert paths.mean("z") is None
    assert paths.share("z") is None
    assert paths.ratio({"x": 1.0}, {"z": 1.0}) is None
    assert PathValues({"x": np.array([1.0])}, {}, 1).mean("x") is None
