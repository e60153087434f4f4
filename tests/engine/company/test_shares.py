"""Shares: a fair game after the required return, whatever the company does; rounds at a price; distress by degrees."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.simulation.alone import slots_over_time
from tests.engine.simulation.examples import OWN, POLICY, company, known, sheet
from tests.sampling import examples

from guanzi.engine.company import MODELS
from guanzi.engine.simulation import simulate

KINDS = tuple(MODELS)
QUIET = {"volatility": known(0.0), "other_failure": known(0.0), "hot_issue": known(0.0)}
each_model = pytest.mark.parametrize("kind", KINDS)


def certain(kind):
    """No stage of development fails: that would end the company, too."""
    return {name: known(0.0) for name in MODELS[kind].UNITS if name.endswith("_fails")}


@given(
    st.sampled_from(KINDS),
    st.floats(500.0, 1e5),
    st.floats(0.0, 0.2),
    st.floats(0.05, 0.5),
    st.floats(0.0, 1.0),
    st.floats(0.0, 5000.0),
    st.integers(0, 2**32),
)
@settings(max_examples=examples(24), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_what_the_first_holders_have_is_worth_on_average_what_it_was_at_the_start(
    kind, equity, required, volatility, window, cash, seed
):
    """E[value of the shares held at the start, discounted] is that value, through rounds, rescues and failures."""
    model = company(
        kind, OWN, equity=known(equity), required_return=known(required), volatility=known(volatility),
        window_open_at_start=known(window), cash=known(cash), debt=known(equity / 2),
    )  # fmt: skip
    held = slots_over_time(model, 20, "without.held", paths=4096, seed=seed)["without.held"][-1]
    error = held.std() / np.sqrt(len(held))
    assert abs(held.mean() - equity) < 5 * error + 1e-6 * equity


@each_model
def test_without_news_and_without_need_the_value_earns_the_required_return(kind):
    rich = {**QUIET, "equity": known(1e6), "cash": known(1e9), "required_return": known(0.1), "debt": known(0.0)}
    value = slots_over_time(company(kind, OWN, **rich, **certain(kind)), 8, "without.mark", paths=16)["without.mark"]
    assert value[7] == pytest.approx(1e6 * 1.1**2)


@each_model
def test_new_money_adds_what_it_buys_and_the_old_holders_keep_their_value(kind):
    poor = {**QUIET, "equity": known(1e5), "cash": known(10.0), "window_open_at_start": known(1.0),
            "window_shuts": known(0.0), "required_return": known(0.0), "round_discount": known(0.1),
            "discount_slope": known(0.0), "debt": known(0.0), "round_half": known(1e9),
            "convertible": known(0.0)}  # fmt: skip
    found = slots_over_time(company(kind, OWN, **poor), 1, "without.raised", "without.mark", "without.shares", paths=64)
    raised, mark, shares = (found[f"without.{n}"][0] for n in ("raised", "mark", "shares"))
    assert (raised > 0).any()
    assert mark * shares == pytest.approx(1e5)
    only = found["without.raised"][0] > 0
    assert (mark[only] >= 1e5 + raised[only] / 0.9 - 1e-6).all()


@each_model
def test_the_dearer_the_shares_the_less_often_no_price_clears(kind):
    def distress(equity: float) -> int:
        result = simulate(sheet(), company(kind, OWN, equity=known(equity), cash=known(0.0)), POLICY, paths=1024)
        return result.shares["company.distress_5y_without"][0]

    cheap, fair, dear = (distress(equity) for equity in (1e3, 1e4, 1e6))
    assert cheap > fair > dear


@each_model
def test_distress_ends_in_one_of_three_ways_and_only_liquidation_ends_the_company(kind):
    names = ("rescued", "taken_over", "restructured", "distress", "solvent", "control_changed")
    harsh = {"cash": known(0.0), "equity": known(2000.0), "takeover": known(0.3), "exchange": known(0.4)}
    found = slots_over_time(
        company(kind, OWN, **harsh, **certain(kind)), 12, *(f"without.{n}" for n in names), paths=2048
    )
    taken, exchanged = (found[f"without.{n}"] > 0 for n in ("taken_over", "restructured"))
    solvent, distress = found["without.solvent"] > 0, found["without.distress"] > 0
    first = np.argmax(distress, axis=0)
    hit = distress.any(axis=0)
    assert hit.sum() > 0
    ends = {(bool(taken[t, i]), bool(exchanged[t, i]), bool(solvent[t, i])) for i, t in enumerate(first) if hit[i]}
    assert ends == {(True, False, True), (False, True, True), (False, False, False)}
    assert (found["without.control_changed"][taken] > 0).all()
    share = np.mean([taken[t, i] for i, t in enumerate(first) if hit[i]])
    assert share == pytest.approx(0.3, abs=0.06)


def test_an_exchange_takes_debt_away_and_leaves_the_old_holders_their_part():
    terms = {"cash": known(0.0), "equity": known(1.0), "exchange": known(1.0), "takeover": known(0.0),
             "debt": known(1e4), "exchange_cut": known(0.5), "exchange_kept": known(0.1), "debt_due": known(0.0),
             **QUIET}  # fmt: skip
    model = company(KINDS[0], OWN, **terms, convertible=known(0.0), required_return=known(0.0), round_half=known(1e-9))
    found = slots_over_time(model, 1, "without.debt", "without.distress", "without.shares", paths=256)
    hit = found["without.distress"][0] > 0
    assert hit.any()
    assert found["without.debt"][0][hit] == pytest.approx(5e3)
    assert (found["without.shares"][0][hit] < 0.1).all()


def test_volatility_is_that_of_the_day_at_the_start_and_falls_as_debt_weighs_less():
    calm = {"other_failure": known(0.0), "cash": known(1000.0), "debt": known(2000.0), "debt_due": known(0.0),
            "convertible": known(0.0), "interest": known(0.0), "hot_issue": known(0.0), "opex": known(1.0),
            "opex_share": known(0.0), "round_half": known(1e9), "burn_ahead": known(0.0), "margin": known(0.1),
            "capex_share": known(0.0), "trade_credit": known(0.0), "units": known(1.0)}  # fmt: skip
    model = company(KINDS[0], OWN, **calm, equity=known(1000.0), volatility=known(0.6))
    value = slots_over_time(model, 2, "without.mark", paths=4096)["without.mark"]
    first = np.log(value[0] / 1000.0)
    assert first.std() == pytest.approx(0.3, rel=0.05)
    then = np.log(value[1] / value[0])
    rose, fell = then[value[0] > 1300.0], then[value[0] < 770.0]
    assert rose.std() < 0.3 < fell.std()


@each_model
def test_lenders_keep_less_where_the_shares_stand_behind_less(kind):
    def repaid(equity: float) -> float:
        debt = {"debt": known(1e4), "debt_due": known(0.1), "cash": known(1e6), "convertible": known(0.0)}
        if kind == "capacity-cycle-fab":
            debt |= {"project_capex": known(0.0), "amortisation": known(0.0)}
        model = company(kind, OWN, **QUIET, **debt, equity=known(equity))
        return 1e4 - float(slots_over_time(model, 1, "without.debt", paths=16)["without.debt"][0].mean())

    assert repaid(1e4) == pytest.approx(500.0, rel=0.05)
    assert repaid(1e6) < 20.0
