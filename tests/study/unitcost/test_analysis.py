"""Bands, quantiles, conflicts and tornado."""

import csv
import math
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from tests.study.diligence.views import fact, view_of
from tests.study.unitcost.cases import CAR, STATION

from guanzi.intake.inputs import read_inputs
from guanzi.record.evidence import find_case, load_case
from guanzi.study import unitcost
from guanzi.study.unitcost.analysis import analyse
from guanzi.study.unitcost.spread import Interval, Lognormal, SingleValue, TriangularSpread, hull

CAR_MODEL, STATION_MODEL = unitcost.MODELS["vehicle"], unitcost.MODELS["swap-station"]


def points(values):
    return {name: SingleValue(value) for name, value in values.items()}


def test_without_spread_all_quantiles_are_the_result():
    found = analyse(CAR_MODEL, points(CAR))
    assert found.draws == 1
    assert {q.value for q in found.outcome("break_even").curve} == {found.base}
    assert found.tornado == ()


def test_quantiles_of_a_linear_result_are_those_of_its_input():
    # break-even is linear in the fixed costs: 20 vehicles per million
    spread = TriangularSpread(500.0, 900.0, 2_000.0)
    found = analyse(CAR_MODEL, points(CAR) | {"fixed": spread}).outcome("break_even")
    for quantile in found.quantiles:
        assert quantile.value == pytest.approx(20 * float(spread.quantile(np.array([quantile.level]))[0]), rel=2e-3)
        assert quantile.low == quantile.high == quantile.value


def test_a_lognormal_has_the_stated_median_and_quantile():
    spread = Lognormal(100.0, 150.0)
    assert spread.quantile(np.array([0.5, 0.9])) == pytest.approx([100.0, 150.0])


def test_the_band_is_reached_at_the_ends_of_the_intervals():
    held = points(CAR) | {"fixed": Interval(800.0, 1_200.0), "price": Interval(190_000.0, 210_000.0)}
    found = analyse(CAR_MODEL, held).outcome("break_even").quantiles[2]
    assert found.low == pytest.approx(800e6 / 60_000)
    assert found.high == pytest.approx(1_200e6 / 40_000)
    assert found.low < found.value < found.high


def test_no_choice_within_the_intervals_leaves_the_band():
    held = points(STATION) | {
        "capex": Interval(1.5, 4.0),
        "tariff": Interval(0.9, 1.6),
        "pack_price": Interval(0.0, 1_000.0),
        "energy_per_swap": TriangularSpread(35.0, 45.0, 60.0),
    }
    band = analyse(STATION_MODEL, held)
    rng = np.random.default_rng(7)
    for _ in range(40):
        inside = {n: SingleValue(rng.uniform(*s.ends)) if isinstance(s, Interval) else s for n, s in held.items()}
        one = analyse(STATION_MODEL, inside)
        for name in unitcost.RESULTS:
            for q, b in zip(one.outcome(name).quantiles, band.outcome(name).quantiles, strict=True):
                # the points of the two runs differ, as they fill cubes of other dimensions
                assert b.low * 0.99 - 0.01 <= q.value <= b.high * 1.01 + 0.01 or math.isinf(b.high)


def test_never_is_a_share_and_not_a_large_number():
    found = analyse(CAR_MODEL, points(CAR) | {"price": Interval(100_000.0, 200_000.0)}).outcome("break_even")
    assert found.never is not None
    assert list(found.never) == pytest.approx([0.5, 0.0, 1.0], abs=0.01)
    assert found.quantiles[-1].value == math.inf
    assert found.beyond == found.never


def test_a_station_that_cannot_do_as_many_swaps_is_beyond_its_capacity():
    found = analyse(STATION_MODEL, points(STATION) | {"most_swaps": SingleValue(10.0)}).outcome("break_even")
    assert found.never == (0.0, 0.0, 0.0)
    assert found.beyond == (1.0, 1.0, 1.0)


def test_the_tornado_puts_the_longest_bar_first_and_knows_its_ends():
    held = points(CAR) | {"fixed": Interval(990.0, 1_010.0), "price": Interval(190_000.0, 210_000.0)}
    first, second = analyse(CAR_MODEL, held).tornado
    assert (first.name, second.name) == ("price", "fixed")
    assert first.at_low == pytest.approx(1_000e6 / 40_000)
    assert first.at_high == pytest.approx(1_000e6 / 60_000)
    assert first.disputed


def test_where_the_middle_never_pays_the_tornado_moves_the_margin():
    found = analyse(CAR_MODEL, points(CAR) | {"price": Interval(100_000.0, 160_000.0)})
    assert found.tornado_of == "unit_margin"
    assert math.isfinite(found.base)


def test_the_same_seed_gives_the_same_result():
    held = points(CAR) | {"fixed": TriangularSpread(800.0, 1_000.0, 1_200.0)}
    assert analyse(CAR_MODEL, held, seed=3).outcomes == analyse(CAR_MODEL, held, seed=3).outcomes
    assert analyse(CAR_MODEL, held, seed=3).outcomes != analyse(CAR_MODEL, held, seed=4).outcomes


@pytest.mark.parametrize(
    ("spreads", "together"),
    [
        ((SingleValue(3.0), SingleValue(3.0)), SingleValue(3.0)),
        ((SingleValue(3.0), SingleValue(1.5)), Interval(1.5, 3.0)),
        ((SingleValue(3.0), Interval(3.0, 4.0)), Interval(3.0, 4.0)),
        ((TriangularSpread(1.0, 2.0, 3.0),), TriangularSpread(1.0, 2.0, 3.0)),
        ((TriangularSpread(1.0, 2.0, 3.0), SingleValue(5.0)), Interval(1.0, 5.0)),
    ],
)
def test_statements_that_disagree_become_an_interval(spreads, together):
    assert hull(spreads) == together


# The shipped example


@pytest.fixture(scope="module")
def shipped():
    return files("guanzi.library").joinpath("unitcost", "swap-station.yaml")


def test_the_shipped_station_has_every_input_and_names_its_conflicts(shipped):
    held = unitcost.prepare(STATION_MODEL, read_inputs(shipped))
    assert held.missing == ()
    assert {h.name for h in held.held if h.conflict} == {"capex", "pack_price", "electricity_price", "swaps_per_day"}
    assert all((s.source is None) != (not s.reason) for h in held.held for s in h.statements)


def test_nothing_of_the_shipped_station_but_judgements_was_known_in_april_2020(shipped):
    file = read_inputs(shipped, as_of=date(2020, 4, 29))
    assert file.inputs
    assert all(stated.source is None for stated in file.inputs)
    assert file.published == ()
    assert set(unitcost.prepare(STATION_MODEL, file).missing) >= {"capex", "packs", "most_swaps"}


def test_the_figures_of_the_shipped_station_are_those_of_the_collection(shipped):
    path = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "diligence" / "battery_swap_params.csv"
    if not path.is_file():
        pytest.skip("the collection of parameters is not here")
    with path.open(encoding="utf-8") as lines:
        collected = {row["parameter"]: row["value"] for row in csv.DictReader(lines)}
    file = read_inputs(shipped)
    said: dict[str, list[tuple[float, ...]]] = {}
    for stated in (*file.inputs, *file.published):
        if stated.source is not None:
            said.setdefault(stated.name, []).append(stated.numbers)
    low, high = (float(x) / 1000 for x in collected["annual_programme_cost_1000_stations"].split("-"))
    assert {(float(collected["station_capex_gen2"]),), (low, high)} <= set(said["capex"])
    assert said["packs"] == [(float(collected["batteries_per_station_gen2"]),)]
    assert said["most_swaps"] == [(float(collected["max_swaps_per_day_gen2"]),)]
    assert said["electricity_price"] == [(float(collected["electricity_cost"]),)]
    assert (float(collected["actual_swaps_per_station_day"]),) in said["swaps_per_day"]
    stated_elsewhere = {float(collected[f"breakeven_swaps_per_day{year}"]) for year in ("", "_2026")}
    assert stated_elsewhere <= {numbers[0] for numbers in said["break_even"]}


# Facts of a case


def test_nio_on_the_day_has_a_car_but_no_station():
    view = load_case(find_case("nio-hefei-2020")).view(date(2020, 4, 29))
    car, station = unitcost.prepare_case(CAR_MODEL, view), unitcost.prepare_case(STATION_MODEL, view)
    assert car.missing == ()
    assert len(station.missing) == 18
    price = car.spreads["price"]
    assert isinstance(price, SingleValue)
    assert price.value == pytest.approx(7367.1e6 / 20565)
    assert isinstance(car.spreads["undivided"], Interval)
    assert car.spreads["undivided"].ends == pytest.approx((price.value * 1.06, price.value * 1.099))
    known = [view.fact(id).known_on for h in car.held for s in h.statements for id in s.facts]
    assert known
    assert max(known) <= view.as_of


def test_facts_of_one_period_that_differ_become_an_interval_and_older_ones_do_not_count():
    view = view_of(
        fact("swap_station_capex", 2018, 9.0),
        fact("swap_station_capex", 2019, 3.0),
        fact("swap_station_capex", 2019, 1.5, id="other"),
        fact("swap_station_packs", 2019, "five", "text"),
        fact("electricity_price", 2019, 0.1, "USD per kWh"),
    )
    held = unitcost.prepare_case(STATION_MODEL, view)
    assert held.spreads == {"capex": Interval(1.5, 3.0)}
    assert held.held[0].conflict
    assert "packs" in held.missing
