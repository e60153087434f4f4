"""The two back-ends agree exactly, path by path, and money is conserved in every step."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.simulation.examples import POLICY, model, sheet
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.deal.terms import TermSheet
from guanzi.engine.machine.assembler import Assembled, assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation import Running, simulate
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.pruning import prune
from guanzi.engine.simulation.run import ThreadRecords, run_leaf

SHEETS = sheets(tuple(sorted(model().provides()))).map(lambda terms: replace(terms, step=3))
"""Random term sheets on the grid of quarters, over the observables that the model provides."""


MONTHLY = sheets(tuple(sorted(model().provides())), ("month",))
"""The same on the grid of months."""


def both(program: Assembled, seed: int, paths: int) -> None:
    """Run the paths on both back-ends; every output, count and tally must be the same bits."""
    records = ThreadRecords(program)
    out = run_leaf(program, records, seed, 0, paths)
    histograms, tallies = np.zeros_like(records.histograms), np.zeros_like(records.tallies)
    for path in range(paths):
        result = run_path(program, seed, path)
        for row, index in result.hits:
            histograms[row, index] += 1
        for row, count in result.tallies.items():
            tallies[row] += np.uint64(count)
        slow = np.array([result.outputs[row] for row in range(len(program.outputs))])
        assert slow.tobytes() == np.ascontiguousarray(out[:, path]).tobytes() or np.array_equal(
            slow, out[:, path], equal_nan=True
        )
        sums = np.array(result.account_sums)
        assert np.abs(sums - sums[0]).max() < 1e-6
    assert (histograms == records.histograms).all()
    assert (tallies == records.tallies).all()


def test_the_example_runs_the_same_on_both_back_ends_and_conserves_cash():
    both(assemble(compose(sheet(), model(), POLICY)), seed=1, paths=24)


@pytest.mark.parametrize("seed", [0, 2**63 + 12345])
def test_any_seed_will_do(seed):
    both(assemble(compose(sheet(), model(), POLICY)), seed=seed, paths=4)


def agree(terms: TermSheet, paths: int) -> None:
    policy = replace(POLICY, payers=terms.public[:1])
    both(assemble(compose(terms, model(), policy)), seed=1, paths=paths)


@given(SHEETS)
@settings(max_examples=examples(20), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_random_term_sheets_run_the_same_on_both_back_ends_and_conserve_cash(terms):
    agree(terms, paths=3)


@given(MONTHLY)
@settings(max_examples=examples(4), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_random_term_sheets_on_months_run_the_same_on_both_back_ends(terms):
    agree(terms, paths=2)


@pytest.mark.prove
@given(SHEETS)
@settings(max_examples=1000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_thousand_term_sheets_agree_on_sixteen_paths_each(terms):
    agree(terms, paths=16)


def test_the_number_of_threads_does_not_change_a_bit():
    one = simulate(sheet(), model(), POLICY, paths=10_000, running=Running(threads=1))
    three = simulate(sheet(), model(), POLICY, paths=10_000, running=Running(threads=3))
    assert repr(one) == repr(three)


def test_a_path_is_the_same_in_any_leaf():
    program = assemble(compose(sheet(), model(), POLICY))
    whole = run_leaf(program, ThreadRecords(program), 1, 0, 300)
    part = run_leaf(program, ThreadRecords(program), 1, 200, 100)
    assert whole[:, 200:].tobytes() == part.tobytes()


def test_a_program_without_histograms_counts_nothing():
    program = assemble(prune(compose(sheet(), model(), POLICY), ("fund.npv",)))
    records = ThreadRecords(program)
    run_leaf(program, records, 1, 0, 300)
    assert records.histograms.shape[0] == 0
    assert records.space.bins.size == 0


def test_the_trace_tells_which_clause_paid():
    result = run_path(assemble(compose(sheet(), model(), POLICY)), 1, 0, trace=True)
    pays = [x for x in result.trace if x.clause == "stake.t1" and x.what == "pays"]
    assert {x.subject for x in pays} == {"acct.city", "acct.province"}
    assert {x.object for x in pays} == {"acct.company.with"}
    assert {x.amount for x in pays if x.subject == "acct.city"} == {2500.0}
