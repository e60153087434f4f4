"""Sensitivity: shares of variance and swings of the assumptions."""

import math
import sys
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from tests.engine.simulation.examples import POLICY, VALUES, model, sheet

from guanzi.engine.company import Distribution
from guanzi.engine.machine import kept, lanes
from guanzi.engine.simulation import CHANCE, sensitivity
from guanzi.engine.simulation import given as given_program

FIXED = {name: ("fixed", (Distribution(*value).median,)) for name, value in VALUES.items()}
"""Every parameter at its median, so that only what a test frees can move the result."""


def shares(result="fund.loss", base=256, **free):
    found = sensitivity(
        given_program(sheet(), model(**(FIXED | free)), POLICY), model(**(FIXED | free)), result=result, base=base
    )
    return {s.parameter: s for s in found.bars}


def test_what_cannot_matter_has_no_share():
    found = shares(filing_sales=("uniform", (1e9, 2e9)), cash=("uniform", (0.0, 20000.0)))
    assert found["filing_sales"].total == pytest.approx(0.0, abs=1e-12)
    assert found["filing_sales"].at_low == found["filing_sales"].at_high
    assert found["cash"].total > 0.02


def test_the_share_of_chance_and_of_the_parameters_is_named():
    found = shares(growth=("normal", (0.08, 0.06)))
    assert set(found) == {"growth", CHANCE}
    assert 0.0 < found[CHANCE].total <= 1.2
    assert math.isnan(found[CHANCE].at_low)


def test_more_cash_at_signing_fails_less_often():
    cash = shares("company.failed", cash=("uniform", (0.0, 20000.0)))["cash"]
    assert (cash.low, cash.high) == pytest.approx((2000.0, 18000.0))
    assert cash.at_high < cash.at_low


def test_threads_do_not_change_a_bit():
    one = sensitivity(given_program(sheet(), model(), POLICY), model(), base=64, threads=1)
    three = sensitivity(given_program(sheet(), model(), POLICY), model(), base=64, threads=3)
    assert repr(one) == repr(three)


def test_the_base_sample_agrees_with_the_simulation():
    from guanzi.engine.simulation import simulate

    shares = simulate(sheet(), model(), POLICY, paths=20_000).shares
    expected = shares["fund.loss"][0] / shares["fund.invested"][0]
    assert sensitivity(given_program(sheet(), model(), POLICY), model(), base=1024).mean == pytest.approx(
        expected, abs=0.04
    )


def test_the_probability_of_loss_is_asked_only_where_something_is_paid():
    from guanzi.engine.simulation.sensitivity import RESULTS

    measure, net = RESULTS["fund.loss"], np.array([-5.0, 0.0, 7.0, -1.0])
    assert measure.of(net).tolist() == [1.0, 0.0, 0.0, 1.0]
    assert measure.among(net).tolist() == [1.0, 0.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("distribution", "reference"),
    [
        (Distribution("normal", (2.0, 3.0)), stats.norm(2.0, 3.0)),
        (Distribution("lognormal", (2.0, 0.5)), stats.lognorm(0.5, scale=2.0)),
        (Distribution("uniform", (1.0, 4.0)), stats.uniform(1.0, 3.0)),
        (Distribution("triangular", (1.0, 2.0, 5.0)), stats.triang(0.25, 1.0, 4.0)),
        (Distribution("triangular", (1.0, 1.0, 5.0)), stats.triang(0.0, 1.0, 4.0)),
    ],
)
def test_quantiles_are_those_of_the_distribution(distribution, reference):
    u = np.linspace(0.001, 0.999, 101)
    assert distribution.quantile(u) == pytest.approx(reference.ppf(u))
    assert distribution.median == pytest.approx(reference.ppf(0.5))


@given(st.sampled_from(["normal", "lognormal", "uniform", "triangular"]), st.lists(st.floats(), min_size=1, max_size=3))
def test_what_is_no_distribution_is_refused(kind, values):
    try:
        distribution = Distribution(kind, tuple(values))
    except ValueError:
        return
    assert np.isfinite(distribution.quantile(np.array([0.1, 0.9]))).all()


def test_a_program_is_compiled_once_however_many_threads_ask_for_it(monkeypatch):
    compiled: list[object] = []
    compile = lanes.lane_code

    def counted(program):
        compiled.append(program)
        return compile(program)

    monkeypatch.setattr(lanes, "lane_code", counted)
    monkeypatch.setattr(kept, "shelf_place", lambda _key, _kind: None)
    kept.clear()
    free = {"growth": ("normal", (0.08, 0.06)), "cash": ("uniform", (0.0, 20000.0))}
    sensitivity(given_program(sheet(), model(**(FIXED | free)), POLICY), model(**(FIXED | free)), base=16, threads=4)
    assert len(compiled) == 1


def test_the_standard_error_is_that_of_other_samples():
    program, kind = given_program(sheet(), model(), POLICY), model()
    found = [{s.parameter: s for s in sensitivity(program, kind, base=128, seed=seed).bars} for seed in range(1, 13)]
    for name in ("growth", CHANCE):
        totals, errors = ([getattr(one[name], field) for one in found] for field in ("total", "error"))
        assert np.std(totals) == pytest.approx(np.mean(errors), rel=0.7)  # the sequence is better than chance
    assert sensitivity(program, kind, base=512).bars[0].error < np.mean([e[CHANCE].error for e in found])


def test_the_parameters_of_a_block_are_made_when_it_is_run_and_not_held(monkeypatch):
    """They were all made before the first was run: 264 blocks of a real sheet took 220 MB."""
    module = sys.modules["guanzi.engine.simulation.sensitivity"]
    made, most = weakref.WeakSet[Held](), 0

    def counted(make):
        def held(*args):
            nonlocal most
            found = make(*args).view(Held)
            made.add(found)
            most = max(most, len(made))
            return found

        return held

    monkeypatch.setattr(module, "_mixed", counted(module._mixed))
    monkeypatch.setattr(module, "_at", counted(module._at))
    found = sensitivity(given_program(sheet(), model(), POLICY), model(), base=16, threads=2)
    assert len(found.bars) > 10
    assert 0 < most <= 4


class Held(np.ndarray):
    """An array that can be counted by identity."""

    __hash__ = object.__hash__  # type: ignore[assignment]
