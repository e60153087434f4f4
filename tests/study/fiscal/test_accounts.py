from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.fiscal import AccountsMixed, BudgetAccount, ClusterAccount, FundAccount, total

amount = st.floats(0, 1e6)
funds = st.builds(FundAccount, amount, amount, amount)


@pytest.mark.parametrize(("left", "right"), list(permutations((FundAccount, BudgetAccount, ClusterAccount), 2)))
def test_different_accounts_are_never_added(left, right):
    with pytest.raises(AccountsMixed, match="never added"):
        left() + right()


def test_an_account_is_not_added_to_a_number():
    with pytest.raises(AccountsMixed):
        FundAccount(1.0, 0.0, 0.0) + 5.0
    with pytest.raises(AccountsMixed):
        sum([FundAccount(1.0, 0.0, 0.0)])


@given(st.lists(funds, min_size=1, max_size=5))
def test_the_net_of_a_total_is_the_total_of_the_nets(accounts):
    assert total(accounts).net == pytest.approx(sum(a.net for a in accounts), abs=1e-6)


def test_a_gap_stays_a_gap_in_a_sum():
    both = BudgetAccount(10.0, 5.0, None) + BudgetAccount(1.0, 1.0, 2.0)
    assert (both.paid, both.returned, both.tax, both.net) == (11.0, 6.0, None, None)
    assert both.gaps() == ("tax",)
    assert ClusterAccount().gaps() == ("jobs", "output")


def test_a_total_of_two_kinds_or_of_nothing_is_refused():
    with pytest.raises(AccountsMixed):
        total([FundAccount(), BudgetAccount()])
    with pytest.raises(ValueError, match="at least one"):
        total([])


def test_the_net_is_what_came_back_and_is_held_less_what_was_paid():
    assert FundAccount(paid=10.0, received=7.0, stake=4.0).net == 1.0
    assert BudgetAccount(paid=10.0, returned=7.0, tax=4.0).net == 1.0


@pytest.mark.parametrize("missing", ["paid", "received", "stake"])
def test_a_gap_in_the_return_to_the_fund_leaves_its_net_open(missing):
    assert FundAccount(**({"paid": 1.0, "received": 1.0, "stake": 1.0} | {missing: None})).net is None


@pytest.mark.parametrize("missing", ["paid", "returned", "tax"])
def test_a_gap_in_the_budget_leaves_its_net_open(missing):
    assert BudgetAccount(**({"paid": 1.0, "returned": 1.0, "tax": 1.0} | {missing: None})).net is None
