from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.fiscal import Triangular, but_for

share = st.floats(0, 1)
priors = st.tuples(share, share, share).map(lambda t: Triangular(*sorted(t)))
BARTIK = Triangular(0.02, 0.105, 0.25)


@given(priors, share)
def test_a_quantile_is_the_inverse_of_the_distribution_function(prior, p):
    stats = pytest.importorskip("scipy.stats")
    width = prior.high - prior.low
    if width < 1e-6:
        assert isclose(prior.quantile(p), prior.low, abs_tol=1e-6)
        return
    reference = stats.triang((prior.mode - prior.low) / width, loc=prior.low, scale=width)
    assert isclose(prior.quantile(p), float(reference.ppf(p)), abs_tol=1e-9)
    assert isclose(prior.mean, float(reference.mean()), abs_tol=1e-9)


@given(priors, st.floats(0.001, 1), share)
def test_the_share_due_to_the_deal_lies_between_its_bounds_and_is_never_below_the_prior(prior, survival, without):
    result = but_for(prior, survival, without)
    assert 0 <= result.low <= result.high <= 1 + 1e-12
    assert result.mean >= prior.mean - 1e-12
    assert isclose(result.quantile(0.05), result.low)


@given(share, share, share)
def test_the_more_companies_the_deal_saves_the_more_is_due_to_it(survival, less, more):
    less, more = sorted((less * survival, more * survival))
    assert but_for(BARTIK, survival, less).mean >= but_for(BARTIK, survival, more).mean - 1e-12


def test_a_company_that_would_surely_have_failed_is_wholly_due_to_the_deal():
    assert but_for(BARTIK, 0.6, 0.0).mean == pytest.approx(1.0)


def test_a_company_that_survives_either_way_leaves_the_prior():
    result = but_for(BARTIK, 0.6, 0.6)
    assert result.mean == pytest.approx(0.125)
    assert result.survival_share == 0.0
    assert but_for(BARTIK, 0.6, 0.8).survival_share == 0.0


def test_without_a_simulation_the_prior_stands_alone():
    result = but_for(BARTIK)
    assert result.survival_share is None
    assert result.low == BARTIK.quantile(0.05)


def test_no_survival_at_all_saves_nothing():
    assert but_for(BARTIK, 0.0, 0.0).survival_share == 0.0


@pytest.mark.parametrize("bad", [(1.2, 0.5), (0.5, -0.1)])
def test_what_is_no_probability_is_refused(bad):
    with pytest.raises(ValueError, match="between 0 and 1"):
        but_for(BARTIK, *bad)
    with pytest.raises(ValueError, match="ascend"):
        Triangular(0.3, 0.2, 0.1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        BARTIK.quantile(1.5)


def test_half_of_a_simulation_is_none():
    assert but_for(BARTIK, survival_with=0.6).survival_share is None
    assert but_for(BARTIK, survival_without=0.6).survival_share is None
    assert but_for(BARTIK, 1.0, 0.0).survival_share == 1.0
    assert but_for(BARTIK, 1.0, 1.0).survival_share == 0.0
