"""GRAS: totals are met, signs stay, and nothing else changes less."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from tests.sampling import examples

from guanzi.study.chains.multipliers.gras import CannotBalance, balance

# The problem with negative cells of Junius & Oosterhaven, Economic Systems Research 15(1), 2003.
MATRIX = np.array([[7.0, 3.0, 5.0, -3.0], [2.0, 9.0, 8.0, 1.0], [-2.0, 0.0, 2.0, 1.0]])
ROWS, COLUMNS = np.array([15.0, 26.0, -1.0]), np.array([9.0, 16.0, 17.0, -2.0])


def information_lost(ratios, weights):
    """What GRAS makes small, in the form of Lenzen, Wood & Gallego (2007): Σ |a| z ln(z / e)."""
    return float((weights * ratios * (np.log(np.maximum(ratios, 1e-300)) - 1.0)).sum())


def test_the_example_of_junius_and_oosterhaven_has_the_solution_that_a_general_solver_finds():
    held = MATRIX != 0.0
    weights, signed = np.abs(MATRIX[held]), MATRIX[held]

    def totals(ratios):
        matrix = np.zeros_like(MATRIX)
        matrix[held] = signed * ratios
        return np.concatenate([matrix.sum(axis=1) - ROWS, (matrix.sum(axis=0) - COLUMNS)[:-1]])

    oracle = minimize(
        information_lost,
        np.ones(len(weights)),
        (weights,),
        "SLSQP",
        bounds=[(1e-6, 10.0)] * len(weights),
        constraints={"type": "eq", "fun": totals},
        options={"maxiter": 500, "ftol": 1e-13},
    )
    found = balance(MATRIX, ROWS, COLUMNS)
    assert oracle.success
    assert found.matrix[held] == pytest.approx(signed * oracle.x, abs=2e-4)
    assert found.matrix[0] == pytest.approx([8.976, 3.743, 5.722, -3.441], abs=1e-3)
    assert found.error < 1e-10


@given(st.integers(2, 8), st.integers(2, 8), st.integers(0, 10_000))
@settings(max_examples=examples(40), deadline=None)
def test_totals_are_met_and_signs_and_noughts_stay(n, m, seed):
    rng = np.random.default_rng(seed)
    matrix = np.where(rng.random((n, m)) < 0.15, 0.0, rng.normal(2.0, 2.0, (n, m)))
    matrix[0, :], matrix[:, 0] = np.abs(matrix[0, :]) + 0.1, np.abs(matrix[:, 0]) + 0.1
    target = matrix * rng.uniform(0.7, 1.4, (n, m))  # there is at least this answer
    found = balance(matrix, target.sum(axis=1), target.sum(axis=0), error=1e-9).matrix
    assert found.sum(axis=1) == pytest.approx(target.sum(axis=1), abs=1e-6)
    assert found.sum(axis=0) == pytest.approx(target.sum(axis=0), abs=1e-6)
    assert (np.sign(found) == np.sign(matrix)).all()


def test_without_negative_cells_it_is_ras():
    matrix, rows, columns = np.array([[5.0, 1.0], [2.0, 4.0]]), np.array([8.0, 7.0]), np.array([9.0, 6.0])
    ras = matrix.copy()
    for _ in range(500):
        ras *= (rows / ras.sum(axis=1))[:, None]
        ras *= columns / ras.sum(axis=0)
    assert balance(matrix, rows, columns).matrix == pytest.approx(ras, rel=1e-9)


def test_totals_of_different_sums_and_a_row_of_noughts_with_a_total_cannot_be_balanced():
    with pytest.raises(CannotBalance):
        balance(np.ones((2, 2)), np.array([2.0, 2.0]), np.array([2.0, 3.0]))
    with pytest.raises(CannotBalance):
        balance(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([1.0, 2.0]), np.array([1.0, 2.0]), most=50)
