"""A mixture of places finds an effect that was put in, finds none where there is none, and says when it cannot tell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.effects import FEWEST_BEFORE, FEWEST_DONORS, judge_effect, mixture

YEARS = tuple(range(2000, 2020))
SINCE = 2014


def world(seed, donors=20, noise=0.02):
    """A place and others that share three trends; the place is a mixture of three of them with a noise of its own."""
    rng = np.random.default_rng(seed)
    trends = np.cumsum(rng.normal(0, 0.05, (len(YEARS), 3)), axis=0)
    others = np.exp(trends @ rng.dirichlet(np.ones(3), donors).T) * rng.uniform(0.5, 2, donors)
    shares = np.zeros(donors)
    shares[rng.choice(donors, 3, replace=False)] = rng.dirichlet(np.ones(3))
    place = others @ shares
    return place * np.exp(rng.normal(0, noise, len(YEARS))), others * np.exp(rng.normal(0, noise, others.shape))


def judged(place, others, **how):
    names = [f"d{n}" for n in range(others.shape[1])]
    return judge_effect(YEARS, place, names, others, how.get("since", SINCE), how.get("until", YEARS[-1]))


@given(st.integers(0, 2**31))
def test_the_mixture_is_shares_that_no_pair_of_donors_betters(seed):
    place, others = world(seed)
    shares = mixture(place, others)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()
    missed = ((place - others @ shares) ** 2).sum()
    rng = np.random.default_rng(seed)
    for _ in range(30):
        other = rng.dirichlet(np.ones(others.shape[1]) * 0.2)
        toward = shares + 0.05 * (other - shares)
        assert missed <= ((place - others @ toward) ** 2).sum() * (1 + 1e-6) + 1e-9


def test_intervals_hold_an_effect_that_was_put_in_as_often_as_they_say():
    held, told = 0, 0
    for seed in range(120):
        place, others = world(seed)
        added = 0.4 * place.mean() * (np.array(YEARS) >= SINCE)
        found = judged(place + added, others)
        if not found.obstacle:
            told += 1
            last = found.years[-1]
            held += last.low <= added[-1] <= last.high
            assert found.chance == pytest.approx((found.extreme + 1) / (found.placebos + 1))
    assert told > 90
    assert 0.8 <= held / told <= 0.98


def test_without_an_effect_nought_is_left_out_as_rarely_as_it_should_be():
    found = [judged(*world(seed)) for seed in range(200, 320)]
    told = [(one.chance, one.years[-1]) for one in found if not one.obstacle]
    assert len(told) > 90
    assert sum(y.low > 0 or y.high < 0 for _, y in told) / len(told) <= 0.2
    assert all(y.low > 0 or y.high < 0 for chance, y in told if chance < 0.06)


def test_a_large_effect_is_seen():
    place, others = world(3)
    last = judged(place * np.where(np.array(YEARS) >= SINCE, 4, 1), others).years[-1]
    assert last.low > 0
    assert last.effect == pytest.approx(last.came - last.without)


def test_what_cannot_be_told_is_named():
    place, others = world(1)
    assert judged(place, others, since=2030).obstacle == "no_later"
    assert judged(place, others[:, : FEWEST_DONORS - 1]).obstacle == "few_donors"
    assert judged(place, others, since=YEARS[FEWEST_BEFORE - 1]).obstacle == "few_before"
    assert judged(100 * place, others).obstacle == "no_fit"
    assert (
        judged(place, np.hstack([others, 9 * np.random.default_rng(0).random((20, 9))])[:, 6:]).obstacle
        == "few_placebos"
    )
    lacking = others.copy()
    lacking[-1, FEWEST_DONORS - 1 :] = np.nan
    assert judged(place, lacking).obstacle == "few_donors"
    assert judged(place, lacking, until=YEARS[-2]).obstacle == ""
