"""All provinces together: balances, the dense inverse, the province's own table, and every choice of sellers."""

from itertools import product

import numpy as np
import pytest

from guanzi.base.core import Bilingual
from guanzi.intake.inputoutput import ProvinceTables, find_table, province_tables
from guanzi.study.chains.multipliers import SPILL_MEASURES, spill_over, study, together
from guanzi.study.chains.multipliers.economy import home_part
from guanzi.study.chains.multipliers.leontief import NotProductive, coefficients, factor
from guanzi.study.chains.multipliers.together import bounds


@pytest.fixture(scope="module")
def tables():
    return province_tables()


@pytest.fixture(scope="module")
def system(tables):
    return together(tables)


def dense(found, origin=None):
    """The whole system as one matrix: who buys what from which sector of which province, per unit of output.

    ``origin``: (seller, buyer, product) parts of what is bought from other provinces; None: by the pool.
    """
    m, n = found.part.shape
    if origin is None:
        sold = np.repeat(found.part[:, None, :], m, axis=1)
        sold[np.arange(m), np.arange(m)] = 0.0
        total = sold.sum(axis=0)
        origin = np.divide(sold, total, out=np.zeros_like(sold), where=total > 0.0)
    whole = np.einsum("rsi,sij->risj", origin, found.inflow)
    for s in range(m):
        whole[s, :, s, :] += found.local[s]
    return whole.reshape(m * n, m * n)


def invented(seed, provinces=3, sectors=2):
    """Provinces with made-up figures, in which every product is sold by two provinces at least."""
    random = np.random.default_rng(seed)
    shape = (provinces, sectors)
    output = random.uniform(50.0, 100.0, shape)
    flows = random.uniform(0.05, 0.35, (*shape, sectors)) * output[:, None, :]
    inflow, outflow, nothing = random.uniform(2.0, 30.0, shape), random.uniform(2.0, 20.0, shape), np.zeros(shape)
    wages = output - flows.sum(axis=1)
    names, codes = tuple(map(Bilingual, "abc"[:provinces])), tuple("12"[:sectors])
    earned = {"wages": 0.6 * wages, "taxes": 0.4 * wages}
    return ProvinceTables(names, codes, flows, output, earned, nothing, nothing, nothing, outflow, inflow, nothing)


def test_every_table_balances_by_row_and_by_column(tables):
    rows = tables.flows.sum(axis=2) + tables.used + tables.exports + tables.outflow + tables.residual
    assert np.abs(rows - tables.imports - tables.inflow - tables.output).max() < 1.0  # of 10,000 yuan
    assert np.abs(tables.flows.sum(axis=1) + tables.value_added - tables.output).max() < 1.0
    assert len(tables.names) == 31
    assert tables.output.sum() == pytest.approx(246.309e8, rel=1e-5)  # 10,000 yuan, all provinces


def test_the_sparse_system_has_the_multipliers_and_outputs_of_the_dense_inverse(system):
    inverse = np.linalg.inv(np.eye(system.part.size) - dense(system))
    assert inverse.min() > -1e-9
    for direct in system.direct.values():
        assert system.multipliers(direct).ravel() == pytest.approx(direct.ravel() @ inverse, rel=1e-9, abs=1e-12)
    demand = np.random.default_rng(7).uniform(0.0, 1.0, system.part.shape)
    assert system.output(demand).ravel() == pytest.approx(inverse @ demand.ravel(), rel=1e-9)


def test_what_a_sector_buys_at_home_outside_and_abroad_and_what_it_earns_is_its_output(system, tables):
    bought = system.local + system.inflow
    inputs = np.array([coefficients(f, x) for f, x in zip(tables.flows, tables.output, strict=True)])
    assert (system.local > -1e-15).all()
    assert (system.inflow > -1e-15).all()
    assert (bought <= inputs * (1.0 + 1e-12)).all()
    at = tables.output > 0.0
    whole = inputs.sum(axis=1) + system.direct["value_added"]
    assert whole[at] == pytest.approx(1.0, abs=1e-3)


def test_each_province_alone_makes_what_it_uses_and_sells(system, tables):
    """Where no more is sold than made, home use at home and sales outside call for the output of the table."""
    sold, bought = tables.exports + tables.outflow, tables.imports + tables.inflow
    at_home = tables.output + bought - sold
    held = (bought <= at_home) & (np.abs(tables.residual) < 1.0)
    part = 1.0 - np.divide(bought, at_home, out=np.zeros_like(bought), where=at_home > 0.0)
    called = np.einsum("sij,sj->si", system.local, tables.output) + part * tables.used + sold
    assert held.mean() > 0.8
    assert called[held] == pytest.approx(tables.output[held], rel=1e-6, abs=1.0)


def test_alone_is_the_multiplier_of_the_provinces_own_table(system, tables):
    own = find_table("anhui-2017")
    at = list(map(str, tables.names)).index("Anhui")
    assert system.local[at] == pytest.approx(home_part(own)[:, None] * coefficients(own.flows, own.output), abs=1e-6)
    for code in ("14", "18", "20"):
        told = {m.measure: m for m in spill_over(system, tables.names[at], code).measures}
        assert tuple(told) == SPILL_MEASURES
        for measure, found in told.items():
            assert found.alone == pytest.approx(study(own, code).answer(measure).sector.low, rel=1e-5)
            assert found.here >= found.alone
            assert found.bounds.low <= found.elsewhere <= found.bounds.high


def test_all_provinces_together_pull_about_as_much_as_the_table_of_the_nation(system, tables):
    """The mean over provinces beside the national table of 2020, which another bureau made three years later."""
    nation = find_table("china-2020-42")
    published = factor(coefficients(nation.flows, nation.output)).multipliers(np.ones(42))
    ours = system.multipliers(system.direct["output"])
    mean = (ours * tables.output).sum(axis=0) / tables.output.sum(axis=0)
    big = tables.output.sum(axis=0) > 0.01 * tables.output.sum()
    assert np.abs(mean[big] / published[big] - 1.0).mean() < 0.15
    assert np.corrcoef(mean[big], published[big])[0, 1] > 0.85


@pytest.mark.parametrize("seed", range(5))
def test_the_bounds_are_those_of_all_choices_of_sellers(seed):
    found = together(invented(seed))
    m, n = found.part.shape
    direct = np.random.default_rng(seed).uniform(0.0, 1.0, (m, n, 1))
    choices = [[r for r in range(m) if r != s] for s in range(m) for _ in range(n)]
    every = []
    for chosen in product(*choices):
        origin = np.zeros((m, m, n))
        for at, seller in enumerate(chosen):
            origin[seller, at // n, at % n] = 1.0
        whole = np.eye(m * n) - dense(found, origin)
        every.append(np.linalg.solve(whole.T, direct.ravel()).reshape(m, n))
    low, high = bounds(found, direct)
    assert low[:, :, 0] == pytest.approx(np.min(every, axis=0), rel=1e-9)
    assert high[:, :, 0] == pytest.approx(np.max(every, axis=0), rel=1e-9)


def test_a_product_that_no_other_province_sells_comes_from_nobody():
    lonely = invented(1)
    lonely.outflow[1:, 0] = 0.0  # only the first sells product 1 to others
    found = together(lonely)
    assert (found.inflow[0, 0] == 0.0).all()
    assert (found.inflow[1, 0] > 0.0).all()
    inverse = np.linalg.inv(np.eye(found.part.size) - dense(found))
    assert found.multipliers(found.direct["output"]).ravel() == pytest.approx(inverse.sum(axis=0))


def test_a_sector_that_the_province_does_not_have_is_not_told(system, tables):
    at = list(map(str, tables.names)).index("Tibet")
    assert tables.output[at, tables.codes.index("18")] == 0.0
    assert spill_over(system, tables.names[at], "18").measures == ()


def test_provinces_that_use_up_more_than_they_make_are_refused():
    greedy = invented(2)
    greedy.flows[:] *= 4.0
    with pytest.raises(NotProductive):
        together(greedy)
