"""One factorisation answers everything that is asked of an economy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples
from tests.study.chains import germany
from tests.study.chains.economies import random_inputs

from guanzi.study.chains.multipliers.leontief import (
    NotProductive,
    coefficients,
    extraction,
    factor,
    linkages,
    with_households,
)


@pytest.fixture
def german():
    return factor(coefficients(germany.FLOWS, germany.OUTPUT))


def test_the_multipliers_of_germany_1995_are_those_that_the_eurostat_manual_prints(german):
    direct = np.column_stack([np.ones(6), germany.VALUE_ADDED / germany.OUTPUT, germany.EMPLOYMENT / germany.OUTPUT])
    output, value_added, employment = german.multipliers(direct).T
    assert output == pytest.approx(germany.BACKWARD, abs=2e-4)
    assert value_added == pytest.approx(germany.VALUE_ADDED_MULTIPLIERS, abs=1e-4)
    assert employment == pytest.approx(germany.EMPLOYMENT_MULTIPLIERS, abs=1e-4)


def test_the_diagonal_and_the_forward_linkages_of_germany_1995_are_those_of_the_manual(german):
    assert german.diagonal()[:3] == pytest.approx(germany.DIAGONAL, abs=1e-4)
    # The manual prints 1.6691 for industry, where the table that it prints makes 1.6910, and the others as here.
    assert np.delete(linkages(german, germany.OUTPUT).forward, 1) == pytest.approx(
        np.delete(germany.FORWARD, 1), abs=2e-4
    )


@given(st.integers(2, 25), st.integers(0, 10_000))
@settings(max_examples=examples(40), deadline=None)
def test_the_diagonal_of_the_inverse_is_that_of_the_inverse(n, seed):
    inputs = random_inputs(n, seed)
    assert factor(inputs).diagonal() == pytest.approx(np.diag(np.linalg.inv(np.eye(n) - inputs)), rel=1e-10)


def test_the_diagonal_is_right_where_rows_were_exchanged():
    inputs = np.array([[0.0, 0.0, 0.9], [2.0, 0.0, 0.0], [0.0, 0.3, 0.0]])
    system = factor(inputs)
    assert list(system.pivots) != [0, 1, 2]
    assert system.diagonal() == pytest.approx(np.diag(np.linalg.inv(np.eye(3) - inputs)), rel=1e-12)


@given(st.integers(2, 12), st.integers(0, 10_000))
@settings(max_examples=examples(25), deadline=None)
def test_an_extraction_in_closed_form_is_the_economy_solved_again_without_the_sector(n, seed):
    inputs, rng = random_inputs(n, seed), np.random.default_rng(seed)
    system, demand, jobs = factor(inputs), rng.uniform(0.1, 5.0, n), rng.random(n)
    output = system.output(demand)
    lost = extraction(system, output, np.column_stack([np.ones(n), jobs]))
    for j in range(n):
        without, left = inputs.copy(), demand.copy()
        without[j], without[:, j], left[j] = 0.0, 0.0, 0.0
        again = np.linalg.solve(np.eye(n) - without, left)
        assert lost[j] == pytest.approx([output.sum() - again.sum(), jobs @ output - jobs @ again], rel=1e-9)


@given(st.integers(2, 12), st.integers(0, 10_000))
@settings(max_examples=examples(25), deadline=None)
def test_households_in_closed_form_are_the_system_with_a_row_and_a_column_more(n, seed):
    inputs, rng = random_inputs(n, seed), np.random.default_rng(seed)
    wages, direct = 0.5 * (1.0 - inputs.sum(axis=0)), rng.random((n, 2))
    spending = rng.dirichlet(np.ones(n)) * 0.8
    bordered = np.block([[inputs, spending[:, None]], [wages[None, :], np.zeros((1, 1))]])
    whole = np.linalg.inv(np.eye(n + 1) - bordered)[:n, :n]
    found = with_households(factor(inputs), direct, wages, spending)
    assert found.closed == pytest.approx(whole.T @ direct, rel=1e-9)
    assert (found.closed >= found.open - 1e-12).all()


def test_an_economy_that_uses_up_more_than_it_makes_is_refused():
    with pytest.raises(NotProductive):
        factor(np.array([[0.6, 0.9], [0.8, 0.5]]))
    with pytest.raises(NotProductive):
        factor(np.array([[1.0]]))


def test_households_that_earn_more_by_each_round_than_they_spend_are_refused():
    with pytest.raises(NotProductive):
        with_households(factor(np.array([[0.5]])), np.ones((1, 1)), np.array([0.6]), np.array([0.9]))
