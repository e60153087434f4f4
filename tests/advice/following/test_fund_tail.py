"""The tail of a sum: together, apart, and on common draws."""

import numpy as np
import pytest

from guanzi.advice.following import fund_tail
from guanzi.advice.following.fund_tail import tail_of

N = 2000
EVEN = np.full(N, 1.0 / N)
RANDOM = np.random.default_rng(7)
A, B = RANDOM.normal(size=N), RANDOM.exponential(size=N)


def test_failing_together_loses_the_sum_of_what_each_loses_in_its_own_worst_futures():
    found = fund_tail(["a", "b"], [A, B], [EVEN, EVEN], shared=True, seed=1)
    assert found.together.worst == pytest.approx(tail_of(A).worst + tail_of(B).worst)
    assert found.apart.worst < found.together.worst
    assert found.common.worst <= found.together.worst


def test_deals_with_one_fate_lose_on_common_draws_what_they_lose_together():
    found = fund_tail(["a", "b"], [A, 2.0 * A], [EVEN, EVEN], shared=True, seed=1)
    assert found.common.worst == pytest.approx(found.together.worst)
    assert found.common.exceeded == pytest.approx(found.together.exceeded)


def test_two_hedged_deals_do_better_on_common_draws_than_apart_so_apart_is_no_bound():
    found = fund_tail(["a", "b"], [A, -A], [EVEN, EVEN], shared=True, seed=1)
    assert found.common.worst == pytest.approx(0.0)
    assert found.apart.worst > 1.0


def test_without_a_common_market_nothing_is_said_of_common_draws():
    assert fund_tail(["a", "b"], [A, B], [EVEN, EVEN], shared=False, seed=1).common is None


def test_reports_that_leave_too_few_paths_in_common_leave_only_the_bounds():
    first = np.where(np.arange(N) < 600, 1.0 / 600, 0.0)
    other = np.where(np.arange(N) >= 500, 1.0 / 1500, 0.0)
    found = fund_tail(["a", "b"], [A, B], [first, other], shared=True, seed=1)
    assert found.common is None
    assert found.together.worst >= found.apart.worst


def test_a_fund_without_simulated_deals_has_no_tail():
    assert fund_tail([], [], [], shared=True, seed=1) is None
