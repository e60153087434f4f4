"""The outside view: shrinkage, intervals, and what never counts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.record.evidence import Precedent
from guanzi.study.precedents import Profile, class_rate, outside_view


def bet(case, success, *, region="r1", company=None, model="scale-up-manufacturer", industry="cars", settled=2020):
    return Precedent(
        case=case,
        company=company or f"{case}-co",
        region=region,
        country="CN",
        industry=industry,
        model=model,
        instruments=("equity",),
        decided=date(settled - 5, 1, 1),
        settled=date(settled, 1, 1),
        success=success,
    )


ME = Profile("me", "me-co", "home", "CN", "cars", "scale-up-manufacturer", ("equity",))


def test_without_precedents_the_view_is_even_and_wide():
    view = outside_view(ME, [])
    assert view.rate == 0.5
    assert view.nested[-1].high - view.nested[-1].low > 0.6


def test_a_class_is_the_posterior_mean_of_the_beta_binomial_model():
    found = class_rate("all", "", [bet("a", 1.0), bet("b", 0.0), bet("c", 0.5)], 0.25)
    assert found.rate == pytest.approx((1.5 + 4 * 0.25) / (3 + 4))
    assert found.low < found.rate < found.high


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=30), st.floats(0.01, 0.99))
def test_a_rate_lies_between_its_centre_and_what_was_seen(successes, centre):
    found = class_rate("all", "", [bet(f"c{i}", s) for i, s in enumerate(successes)], centre)
    seen = sum(successes) / len(successes)
    assert min(seen, centre) - 1e-12 <= found.rate <= max(seen, centre) + 1e-12


@given(st.integers(1, 200))
def test_the_interval_narrows_as_bets_are_added(n):
    few = class_rate("all", "", [bet(f"c{i}", i % 2) for i in range(2)], 0.5)
    many = class_rate("all", "", [bet(f"c{i}", i % 2) for i in range(2 + 2 * n)], 0.5)
    assert many.high - many.low < few.high - few.low


def test_a_bet_never_counts_for_itself_its_company_or_its_city():
    others = [
        bet("me", 1.0),
        bet("again", 1.0, company="me-co", region="elsewhere"),
        bet("neighbour", 1.0, region="home"),
        bet("stranger", 0.0, region="far"),
    ]
    view = outside_view(ME, others)
    assert view.nested[0].cases == ("stranger",)
    assert outside_view(ME, others, hold_out="company").nested[0].cases == ("neighbour", "stranger")


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=8), st.sampled_from([0.0, 0.5, 1.0]))
def test_its_own_outcome_changes_nothing(successes, own):
    others = [bet(f"c{i}", s, region=f"r{i}") for i, s in enumerate(successes)]
    assert outside_view(ME, others) == outside_view(ME, [*others, bet("me", own, region="home")])


def test_what_was_settled_later_does_not_count():
    view = outside_view(ME, [bet("old", 1.0, settled=2012), bet("new", 0.0, settled=2022)], as_of=date(2015, 1, 1))
    assert view.nested[0].cases == ("old",)


def test_narrow_classes_shrink_towards_the_wide_ones():
    bets = [bet(f"fab{i}", 1.0, model="capacity-cycle-fab", industry="panels", region=f"f{i}") for i in range(10)]
    bets += [bet(f"car{i}", 0.0, region=f"c{i}") for i in range(10)]
    everything, model, industry = outside_view(ME, bets).nested
    assert everything.rate == pytest.approx(0.5)
    assert model.rate < 0.3
    assert industry.rate < model.rate
    assert {c.kind for c in outside_view(ME, bets).beside} == {"country", "instrument"}
