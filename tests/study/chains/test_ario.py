"""ARIO: an economy at rest stays at rest, stocks buffer, and the course is that of BoARIO where it is installed."""

import logging
import warnings

import numpy as np
import pytest
from tests.study.chains.economies import random_inputs

from guanzi.intake.inputoutput import find_table
from guanzi.study.chains.disruption import ShockSettings, Stop, ario, local_flows


def economy(n=5, seed=1):
    inputs = random_inputs(n, seed, density=1.0)
    final = np.random.default_rng(seed).uniform(50.0, 200.0, n)
    output = np.linalg.solve(np.eye(n) - inputs, final)
    return inputs * output, final, output


def test_without_a_stop_nothing_happens():
    flows, final, output = economy()
    course = ario(flows, final, output, [], 200)
    assert course.output == pytest.approx(np.repeat(course.usual[None, :], 200, axis=0), rel=1e-9)
    assert course.unserved == pytest.approx(np.zeros(200), abs=1e-9)
    assert course.lost_days == pytest.approx(0.0, abs=1e-6)


def test_the_sector_that_stops_makes_nothing_and_the_others_live_on_stocks_for_a_while():
    flows, final, output = economy()
    course = ario(flows, final, output, [Stop(0, 1.0, 10, 60)], days=120)
    assert course.output[9, 0] == pytest.approx(course.usual[0])
    assert course.output[10, 0] == 0.0
    assert course.output[10, 1:] == pytest.approx(course.usual[1:])  # stocks, and orders of the day before
    assert course.output[60, 1:].sum() < course.output[11, 1:].sum()


def test_less_stock_is_felt_sooner_and_costs_more():
    flows, final, output = economy()
    stop = [Stop(0, 1.0, 0, 60)]
    lean = ario(flows, final, output, stop, settings=ShockSettings(stock_days=15.0))
    full = ario(flows, final, output, stop, settings=ShockSettings(stock_days=120.0))
    assert lean.part[:60].mean() < full.part[:60].mean()
    assert lean.lost_days > full.lost_days


def test_the_longer_and_the_deeper_the_stop_the_more_is_lost_and_all_comes_back():
    flows, final, output = economy()
    lost = [
        ario(flows, final, output, [Stop(0, part, 0, days)], 900).lost_days
        for part, days in ((0.3, 20), (0.6, 20), (0.6, 60))
    ]
    assert lost == sorted(lost)
    assert ario(flows, final, output, [Stop(0, 0.6, 0, 60)], 1500).part[-1] == pytest.approx(1.0, abs=0.01)


def test_capacity_comes_back_in_a_straight_line():
    stop = Stop(0, 0.8, 5, 10, 4)
    assert [stop.gone(day) for day in (4, 5, 14, 15, 17, 19)] == pytest.approx([0.0, 0.8, 0.8, 0.8, 0.4, 0.0])


def test_of_a_table_the_flows_at_home_and_what_is_left_of_output_are_taken():
    table = find_table("invented")
    flows, final = local_flows(table)
    assert (flows <= table.flows + 1e-12).all()
    assert flows.sum(axis=1) + final == pytest.approx(table.output)
    assert ario(flows, final, table.output, [], days=30).part == pytest.approx(np.ones(30))


@pytest.mark.parametrize(("sector", "part", "days"), [(1, 0.6, 40), (3, 0.999, 15), (0, 0.2, 120)])
def test_the_course_is_that_of_boario(sector, part, days):
    """The oracle of others (GPL, hence never a dependency of the product): group ``oracles`` of pyproject.toml.

    At a part of exactly 1 BoARIO leaves its own limit: the day after such a stop it makes less than after one of 0.999.
    """
    extended = pytest.importorskip("boario.extended_models", reason="boario is not installed: group `oracles`")
    event, simulation = pytest.importorskip("boario.event"), pytest.importorskip("boario.simulation")
    pandas, pymrio = pytest.importorskip("pandas"), pytest.importorskip("pymrio")
    flows, final, output = economy()
    index = pandas.MultiIndex.from_product([["r"], [f"s{i}" for i in range(5)]], names=["region", "sector"])
    demand = pandas.MultiIndex.from_product([["r"], ["f"]], names=["region", "category"])
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tables = pymrio.IOSystem(
                Z=pandas.DataFrame(flows, index, index), Y=pandas.DataFrame(final[:, None], index, demand)
            )
            tables.calc_all()
            model = extended.ARIOPsiModel(tables, order_type="alt", monetary_factor=1)
            run = simulation.Simulation(model, n_temporal_units_to_sim=250)
            hit = pandas.Series({("r", f"s{sector}"): part})
            run.add_event(
                event.from_series(
                    hit,
                    event_type="arbitrary",
                    occurrence=5,
                    duration=days,
                    recovery_tau=1,
                    recovery_function="linear",
                )
            )
            run.loop()
    finally:
        logging.disable(logging.NOTSET)
    # BoARIO hits on the day after that of the event, and lets one day of recovery pass without any.
    ours = ario(flows, final, output, [Stop(sector, part, 6, days + 2)], 250)
    theirs = run.production_realised.to_numpy()
    assert ours.output / ours.usual == pytest.approx(theirs / ours.usual, abs=5e-5)
