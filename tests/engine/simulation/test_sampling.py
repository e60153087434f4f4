"""Outputs path by path: the same bits as a whole run, whatever is pruned, and whatever program is used again."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.simulation.examples import POLICY, model, sheet
from tests.holding import holding
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.deal.terms import Equity
from guanzi.engine.machine import shelf
from guanzi.engine.machine.assembler import assemble, with_constants
from guanzi.engine.simulation import Sampler, compose, programs, simulate
from guanzi.engine.simulation.programs import structure_of
from guanzi.engine.simulation.pruning import prune
from guanzi.engine.simulation.run import ThreadRecords, run_leaf

OUTPUTS = ("public.npv", "fund.npv", "holders.npv", "with.failed_step", "budget.worst_year")


def test_pruned_outputs_are_the_same_bits():
    program = compose(sheet(), model(), POLICY)
    whole = assemble(program)
    cut = assemble(prune(program, OUTPUTS))
    assert len(cut.code) < 0.8 * len(whole.code)
    all_rows = run_leaf(whole, ThreadRecords(whole), 3, 0, 300)
    rows = run_leaf(cut, ThreadRecords(cut), 3, 0, 300)
    for name, row in zip(OUTPUTS, rows, strict=True):
        assert np.array_equal(row, all_rows[whole.outputs.index(name)])


def test_a_rate_of_return_keeps_its_flows():
    program = compose(sheet(), model(), POLICY)
    whole, cut = assemble(program), assemble(prune(program, ("fund.irr", "fund.irr_status")))
    a = run_leaf(whole, ThreadRecords(whole), 3, 0, 300)
    b = run_leaf(cut, ThreadRecords(cut), 3, 0, 300)
    assert np.array_equal(
        b, a[[whole.outputs.index("fund.irr"), whole.outputs.index("fund.irr_status")]], equal_nan=True
    )


SHEETS = sheets(tuple(sorted(model().provides()))).map(lambda terms: replace(terms, step=3))


@settings(max_examples=examples(6), suppress_health_check=list(HealthCheck))
@given(SHEETS, st.integers(0, 2**32))
def test_any_sheet_can_be_pruned(drawn, seed):
    program = compose(drawn, model(), POLICY)
    whole, cut = assemble(program), assemble(prune(program, OUTPUTS))
    a, b = run_leaf(whole, ThreadRecords(whole), seed, 0, 128), run_leaf(cut, ThreadRecords(cut), seed, 0, 128)
    for name, row in zip(OUTPUTS, b, strict=True):
        assert np.array_equal(row, a[whole.outputs.index(name)], equal_nan=True)


def test_an_output_that_is_not_there_is_named():
    with pytest.raises(KeyError, match=r"fund\.luck"):
        prune(compose(sheet(), model(), POLICY), ("fund.luck",))


def test_other_numbers_use_the_same_program_and_give_what_assembling_anew_gives(monkeypatch, tmp_path):
    monkeypatch.setattr(shelf, "folder_of", lambda _function: tmp_path)  # what earlier tests assembled counts as none
    programs.clear()
    base = sheet()
    stake = base.of(Equity)[0]
    first = replace(stake.tranches[0], amounts=dict(stake.tranches[0].amounts) | {"city": 1234.5})
    other = holding(base, equities=(replace(stake, tranches=(first, *stake.tranches[1:])),))
    sampler = Sampler(OUTPUTS, paths=500, seed=5)
    sampler.draw(base, model(), POLICY)
    again = sampler.draw(other, model(), POLICY)
    fresh = Sampler(OUTPUTS, paths=500, seed=5).draw(other, model(), POLICY)
    assert (sampler.assembled, sampler.reused) == (1, 1)
    assert all(np.array_equal(again[name], fresh[name]) for name in OUTPUTS)


def test_another_day_is_another_program():
    base = sheet()
    stake = base.of(Equity)[0]
    late = replace(stake.tranches[2], due=date(2022, 3, 31))
    other = holding(base, equities=(replace(stake, tranches=(*stake.tranches[:2], late)),))
    assert structure_of(compose(base, model(), POLICY)) != structure_of(compose(other, model(), POLICY))


def test_exchanging_constants_is_assembling_anew():
    a, b = compose(sheet(), model(), POLICY), compose(sheet(), model(growth=("normal", (0.07, 0.05))), POLICY)
    assert structure_of(a) == structure_of(b)
    assert np.array_equal(with_constants(assemble(a), b).constants, assemble(b).constants)


def test_paths_and_threads_do_not_change_a_path():
    long = Sampler(OUTPUTS, paths=5000, seed=2, threads=2).draw(sheet(), model(), POLICY)
    short = Sampler(OUTPUTS, paths=700, seed=2, threads=1).draw(sheet(), model(), POLICY)
    assert all(np.array_equal(long[name][:700], short[name]) for name in OUTPUTS)


def test_what_is_drawn_is_what_a_run_summarises():
    drawn = Sampler(("fund.npv", "public.npv"), paths=3000, seed=8).draw(sheet(), model(), POLICY)
    run = simulate(sheet(), model(), POLICY, paths=3000, seed=8)
    assert run.scalars["fund.npv"].mean == pytest.approx(float(drawn["fund.npv"].mean()), rel=1e-12)
    # the example gives no incentives: the public side is the fund
    assert np.array_equal(drawn["fund.npv"], drawn["public.npv"])
