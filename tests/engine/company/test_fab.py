"""The fab: the price cycle, the project as far as money goes, generations, and what a glut does."""

import numpy as np
import pytest
from tests.engine.simulation.alone import slots_over_time
from tests.engine.simulation.examples import OWN, company, known

from guanzi.engine.company import Distribution

GLUT = {"hot_at_start": known(0.0), "cycle_at_start": known(0.9), "glut_floor": known(0.0)}
STILL = {"price_shock": known(0.0), "industry_decline": known(0.05), "hot_ends": known(0.0), "cold_ends": known(0.0)}


def fab(**changes):
    return company("capacity-cycle-fab", OWN, **changes)


def test_in_a_shortage_the_price_stays_flat_until_it_meets_the_cap():
    model = fab(**STILL, hot_at_start=known(1.0), cycle_at_start=known(0.0), shortage_cap=known(0.4), price=known(0.01))
    found = slots_over_time(model, 12, "m.price", "m.cycle", paths=8)
    assert found["m.price"][:8] == pytest.approx(0.01)
    assert found["m.cycle"][8:] == pytest.approx(0.4)
    assert (np.diff(found["m.price"][8:], axis=0) < 0).all()


def test_in_a_glut_the_price_falls_towards_its_floor_at_the_speed_given():
    model = fab(
        **STILL, hot_at_start=known(0.0), cycle_at_start=known(0.9), glut_floor=known(0.0), glut_speed=known(0.3)
    )
    cycle = slots_over_time(model, 6, "m.cycle", paths=8)["m.cycle"]
    expected = 0.9 * 0.3 ** np.arange(1, 7)
    assert cycle == pytest.approx(np.repeat(expected[:, None], 8, axis=1))


def test_the_published_fall_of_sixty_per_cent_in_two_quarters_is_within_reach():
    """Handy: when a glut begins memory falls by typically 60 % in two quarters, until it reaches cost."""
    model = fab(
        **STILL, hot_at_start=known(0.0), cycle_at_start=known(0.9), glut_floor=known(0.0), glut_speed=known(0.25)
    )
    price = slots_over_time(model, 2, "m.price", paths=8)["m.price"]
    start = fab().parameters["price"].distribution
    assert start.kind == "lognormal"
    drawn = slots_over_time(model, 1, "p.price", paths=8)["p.price"][0]
    assert (1.0 - price[1] / drawn).mean() == pytest.approx(0.6, abs=0.05)


def test_a_project_without_its_money_stands_unfinished():
    plan = {"project_capex": known(10_000.0), "project_loan": known(0.5), "build_quarters": known(8.0),
            "plant_kept": known(1.0), "plant_late": known(0.0),
            "window_opens": known(0.0), "window_open_at_start": known(0.0), "opex": known(1.0),
            "equity": known(1e9), "urgent_quarters": known(0.0), "debt_due": known(0.0)}  # fmt: skip
    poor = slots_over_time(fab(**plan, cash=known(2_000.0)), 16, "without.m.progress", paths=16)["without.m.progress"]
    rich = slots_over_time(fab(**plan, cash=known(50_000.0)), 16, "without.m.progress", paths=16)["without.m.progress"]
    assert poor.max() < 0.5
    assert rich[7:].min() == pytest.approx(1.0)
    assert (np.diff(rich[:8], axis=0) > 0).all()


def test_yield_is_learnt_and_never_exceeds_that_of_a_mature_line():
    found = slots_over_time(fab(cash=known(1e6)), 30, "without.m.yield", "p.yield_mature", "p.yield_start", paths=64)
    grown = found["without.m.yield"]
    assert (np.diff(grown, axis=0) >= 0).all()
    assert (grown <= found["p.yield_mature"]).all()
    assert grown[-1].mean() > grown[0].mean()


def test_a_start_holds_more_only_where_tools_are_renewed():
    rich = {"cash": known(1e7), "project_capex": known(0.0), "assets": known(1_000.0), "capacity": known(1_000.0),
            "equity": known(1e9), "other_failure": known(0.0)}  # fmt: skip
    growing = slots_over_time(fab(**rich), 20, "without.m.density", paths=16)["without.m.density"]
    assert (np.diff(growing, axis=0) > 0).all()
    broke = {**rich, "cash": known(0.0), "price": known(1e-9), "equity": known(1.0), "takeover": known(0.0),
             "exchange": known(0.0)}  # fmt: skip
    still = slots_over_time(fab(**broke), 20, "without.m.density", paths=16)["without.m.density"]
    assert still.max() == pytest.approx(1.0)


def test_lenders_pay_their_share_and_are_owed_it():
    plan = {"project_capex": known(8_000.0), "project_loan": known(0.5), "build_quarters": known(8.0),
            "cash": known(1e5), "amortisation": known(0.0), "debt": known(0.0), "debt_due": known(0.0),
            "plant_kept": known(1.0), "plant_late": known(0.0)}  # fmt: skip
    debt = slots_over_time(fab(**plan), 12, "without.debt", paths=16)["without.debt"]
    assert debt[7] == pytest.approx(4_000.0)
    assert debt[-1] == pytest.approx(4_000.0)


def test_a_longer_glut_leaves_less_revenue():
    base = {"cash": known(1e6), "capacity": known(10_000.0), "project_capex": known(0.0), "assets": known(500.0),
            "hot_at_start": known(0.0), "hot_ends": known(0.15)}  # fmt: skip

    def sold(ends: Distribution) -> float:
        return float(slots_over_time(fab(**base, cold_ends=ends), 20, "without.revenue")["without.revenue"].mean())

    assert sold(known(0.05)) < sold(known(0.4))
