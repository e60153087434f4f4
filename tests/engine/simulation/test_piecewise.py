"""Distributions with knots: the draw in the machine, the interpreter and SciPy's quantiles are one."""

import numpy as np
import pytest
from scipy import stats
from tests.engine.simulation.examples import ORIGIN

from guanzi.deal.program import Emitter
from guanzi.engine.company import Distribution, Parameter
from guanzi.engine.company.parameters import FIRST_STREAM, draw_parameters
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation.run import ThreadRecords, run_leaf


def test_the_quantiles_are_those_of_scipy():
    found = Distribution("piecewise", (0.0, 0.05, 0.5, 0.95, 1.0, 1.0, 2.0, 3.0, 7.0, 9.0))
    histogram = stats.rv_histogram(
        (np.array([0.05, 0.45, 0.45, 0.05]), np.array([1.0, 2.0, 3.0, 7.0, 9.0])), density=False
    )
    u = np.linspace(0.001, 0.999, 97)
    assert found.quantile(u) == pytest.approx(histogram.ppf(u))
    assert found.median == 3.0


@pytest.mark.parametrize(
    "values",
    [
        (0.0, 1.0, 1.0),
        (0.0, 0.9, 1.0, 2.0),
        (0.0, 0.5, 0.5, 1.0, 1.0, 2.0, 3.0, 4.0),
        (0.0, 1.0, 2.0, 1.0),
        (0.0, 1.0, 1.0, 1.0),
        (0.0, 1.0, 1.0, float("nan")),
    ],
)
def test_what_is_no_distribution_is_refused(values):
    with pytest.raises(ValueError, match="piecewise"):
        Distribution("piecewise", values)


def test_a_logarithmic_one_needs_positive_knots():
    with pytest.raises(ValueError, match="positive"):
        Distribution("log_piecewise", (0.0, 1.0, 0.0, 1.0))


KNOTS = (0.0, 0.05, 0.5, 0.6, 0.95, 1.0, 1.0, 2.0, 3.0, 3.0, 7.0, 9.0)


@pytest.mark.parametrize("kind", ["piecewise", "log_piecewise"])
def test_draws_follow_the_quantiles_and_are_the_same_on_both_back_ends(kind):
    distribution = Distribution(kind, KNOTS)
    e = Emitter()
    draw_parameters(e, {"x": Parameter("x", distribution, "x", ORIGIN)}, ("x",))
    e.output("x", "p.x")
    e.draw("UNIFORM", e.number("u"), FIRST_STREAM + 1, 0)
    e.output("u", "u")
    e.end_step()
    e.end_step()
    program = assemble(e.program)
    x, u = run_leaf(program, ThreadRecords(program), 7, 0, 200)
    assert x == pytest.approx(distribution.quantile(u), rel=1e-12)
    for path in range(20):
        assert run_path(program, 7, path).outputs[0] == x[path]
    assert len(np.unique(x)) > 150
