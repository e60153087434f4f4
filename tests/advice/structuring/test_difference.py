"""The paired difference of two deals: the same draws, and an error that knows it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.engine.simulation.examples import POLICY, model, sheet
from tests.holding import holding
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.advice.structuring import DealSetting, difference
from guanzi.advice.structuring.measures import BY_ID, Estimate, tail
from guanzi.deal.terms import Equity
from guanzi.engine.simulation import simulate

SHEETS = sheets(tuple(sorted(model().provides()))).map(lambda terms: replace(terms, step=3))


def setting(terms=None, **changes):
    terms = terms or sheet()
    return DealSetting(holding(terms, **changes), model(), replace(POLICY, payers=terms.public[:1]))


def paying_more(by: float):
    stake = sheet().of(Equity)[0]
    first = replace(stake.tranches[1], amounts=dict(stake.tranches[1].amounts) | {"city": 1000.0 + by})
    return (replace(stake, tranches=(stake.tranches[0], first, stake.tranches[2])),)


@given(SHEETS.filter(lambda s: s.moves_money), st.integers(0, 2**40))
@settings(max_examples=examples(6), suppress_health_check=list(HealthCheck))
def test_a_deal_differs_from_itself_by_exactly_zero_with_zero_error(drawn, seed):
    found = difference(setting(drawn), setting(drawn), paths=128, seed=seed)
    assert found.clauses == ()
    assert len(found.results) >= 10
    assert all((p.difference.mean, p.difference.se, p.verdict) == (0.0, 0.0, "same") for p in found.results)


def test_the_paired_error_is_far_below_that_of_two_separate_runs():
    found = difference(setting(), setting(equities=paying_more(50.0)), paths=4000, seed=3)
    npv = next(p for p in found.results if p.measure.id == "fund.npv")
    separate = np.hypot(npv.before.se, npv.after.se)
    assert 0.0 < npv.difference.se < 0.2 * separate
    paid = next(p for p in found.results if p.measure.id == "fund.paid")
    # the money, and the third instalment where the company lives to see it
    assert 45.0 < paid.difference.mean < 60.0
    assert paid.verdict == "worse"


def test_the_difference_is_that_of_the_two_means():
    found = difference(setting(), setting(equities=paying_more(200.0)), paths=2000, seed=3)
    for p in found.results:
        assert p.difference.mean == pytest.approx(p.after.mean - p.before.mean, abs=1e-6 * (1 + abs(p.before.mean)))


def test_the_measures_are_those_of_a_run():
    found = difference(setting(), setting(), paths=4000, seed=9)
    run = simulate(sheet(), model(), POLICY, paths=4000, seed=9)
    by_id = {p.measure.id: p.before.mean for p in found.results}
    assert by_id["fund.npv"] == pytest.approx(run.scalars["fund.npv"].mean)
    assert by_id["fund.cvar"] == pytest.approx(-run.scalars["fund.npv"].worst, rel=0.01)
    assert by_id["company.survival"] == pytest.approx(1 - run.shares["company.failed"][0] / 4000)
    assert by_id["company.survival_5y"] == pytest.approx(1 - run.shares["company.failed_5y"][0] / 4000)
    assert by_id["fund.loss"] == pytest.approx(run.shares["fund.loss"][0] / 4000)


def test_amounts_in_thousands_and_in_millions_are_one_deal():
    """Only the second sheet's unit differs in name: its amounts are scaled before they are compared."""
    a = setting()
    b = DealSetting(replace(sheet(), unit=1e3), model(), POLICY)
    found = difference(a, b, paths=256, seed=1)
    npv = next(p for p in found.results if p.measure.id == "fund.npv")
    assert npv.after.mean == pytest.approx(npv.before.mean / 1000)


def test_deals_in_different_currencies_are_compared_in_words_only():
    found = difference(setting(), setting(currency="EUR"), paths=128, seed=1)
    assert found.results == ()
    assert [n.id for n in found.notes] == ["structuring.note.currency"]


def test_deals_that_begin_on_other_days_are_compared_with_a_warning():
    found = difference(setting(), setting(signed=date(2020, 3, 1)), paths=128, seed=1)
    assert "structuring.note.signed" in [n.id for n in found.notes]


def test_threads_do_not_change_the_difference():
    pair = setting(), setting(equities=paying_more(200.0))
    assert difference(*pair, paths=9000, threads=1).data() == difference(*pair, paths=9000, threads=2).data()


FINITE = hnp.arrays(np.float64, st.integers(1, 400), elements=st.floats(-1e6, 1e6))


@given(FINITE)
def test_the_tail_is_the_mean_of_the_worst_twentieth(losses):
    """Against sorting: the worst n/20 losses, the one on the edge counted in part."""
    share = 0.05 * len(losses)
    left, total = share, 0.0
    for loss in sorted(losses, reverse=True):
        take = min(left, 1.0)
        total += take * loss
        left -= take
        if left <= 0:
            break
    assert tail(losses).mean() == pytest.approx(total / share, rel=1e-9, abs=1e-6)


@given(FINITE, st.floats(-1e5, 1e5), st.floats(0.01, 100))
def test_the_tail_moves_and_scales_with_the_losses(losses, shift, factor):
    moved = tail(losses * factor + shift).mean()
    assert moved == pytest.approx(tail(losses).mean() * factor + shift, rel=1e-9, abs=1e-5)


@given(FINITE, FINITE)
def test_the_tail_of_a_sum_is_at_most_the_sum_of_the_tails(a, b):
    n = min(len(a), len(b))
    a, b = a[:n], b[:n]
    assert tail(a + b).mean() <= tail(a).mean() + tail(b).mean() + 1e-6


def test_the_error_of_a_tail_is_honest():
    """Over 400 samples of a normal, the tail lies within 1.96 errors of the truth about as often as 95 %."""
    rng = np.random.default_rng(7)
    truth = 2.0627128  # phi(1.6449) / 0.05
    hits = 0
    for _ in range(400):
        x = Estimate.of(tail(rng.standard_normal(2000)))
        hits += abs(x.mean - truth) < 1.96 * x.se
    assert 0.9 < hits / 400 < 0.99


def test_every_measure_says_whether_more_is_better():
    assert {m.sign for m in BY_ID.values()} == {1, -1}
    assert BY_ID["company.survival"].sign == 1
    assert BY_ID["public.cvar"].sign == -1
