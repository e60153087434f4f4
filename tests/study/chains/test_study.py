"""The multipliers of a plant: its bill of materials in exact intervals, the region, gross and net apart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.base.core import InvalidInput
from guanzi.intake.inputoutput import Span, find_bill, find_table, read_bill, read_region, region_of_size
from guanzi.study.chains.multipliers.anchor import split
from guanzi.study.chains.multipliers.economy import home_part, national
from guanzi.study.chains.multipliers.effects import effects
from guanzi.study.chains.multipliers.leontief import coefficients, factor
from guanzi.study.chains.multipliers.study import study

BILL = """\
format: 1
bill: car
title: A car
sector: vehicles
base: price
components:
  - {{id: battery, label: B, sector: batteries, low: {0}, high: {1}, judgement: tried}}
  - {{id: body, label: P, sector: vehicle-parts, low: {2}, high: {3}, judgement: tried}}
  - {{id: chips, of: battery, label: C, sector: electronics, low: {4}, high: {5}, judgement: tried}}
"""


@pytest.fixture(scope="module")
def table():
    return find_table("invented")


def bill_of(tmp_path, *shares):
    path = tmp_path / "bill.yaml"
    path.write_text(BILL.format(*shares), encoding="utf-8")
    return read_bill(path)


def by_hand(table, battery, body, chips):
    """Output set off by a car with these shares: the table with two sectors more, solved."""
    codes, n = list(table.codes), len(table.codes)
    local = home_part(table)[:, None] * coefficients(table.flows, table.output)
    total = coefficients(table.flows, table.output)
    inputs = np.zeros((n + 2, n + 2))
    inputs[:n, :n] = local
    part = home_part(table)
    for column, sector, shares in (
        (n, "vehicles", {"batteries": battery, "vehicle-parts": body}),
        (n + 1, "batteries", {"electronics": chips}),
    ):
        shape = total[:, codes.index(sector)].copy()
        added = 1.0 - shape.sum()
        shape[[codes.index(c) for c in shares]] = 0.0
        rest = 1.0 - sum(shares.values())
        inputs[:n, column] = rest * shape / (shape.sum() + added) * part
        for code, share in shares.items():
            inputs[codes.index(code), column] = share * part[codes.index(code)]
    # the battery of the car comes from the battery maker of the bill
    inputs[n + 1, n] = inputs[codes.index("batteries"), n]
    inputs[codes.index("batteries"), n] = 0.0
    return float(np.linalg.solve(np.eye(n + 2) - inputs, np.eye(n + 2)[n]).sum())


def test_a_bill_of_points_is_the_table_with_its_sectors_added_and_solved(table, tmp_path):
    found = study(table, "vehicles", bill_of(tmp_path, 0.3, 0.3, 0.25, 0.25, 0.4, 0.4)).answer("output")
    assert found.bill.low == pytest.approx(found.bill.high)
    assert found.bill.low == pytest.approx(by_hand(table, 0.3, 0.25, 0.4), rel=1e-10)


@given(st.integers(0, 10_000))
@settings(max_examples=examples(15), deadline=None)
def test_no_shares_within_their_bounds_leave_the_interval_and_its_ends_are_reached(tmp_path_factory, seed):
    rng, table = np.random.default_rng(seed), find_table("invented")
    lows = rng.uniform(0.0, 0.45, 3)
    highs = lows + rng.uniform(0.0, 0.5, 3)
    bounds = [v for pair in zip(lows, highs, strict=True) for v in pair]
    found = study(table, "vehicles", bill_of(tmp_path_factory.mktemp("bill"), *bounds)).answer("output").bill
    # the plane on which shares add up to all cuts the box: its corners count, too
    values = []
    for chips in (lows[2], highs[2]):
        for battery in (lows[0], highs[0], 1.0 - lows[1], 1.0 - highs[1]):
            for body in (lows[1], highs[1], 1.0 - lows[0], 1.0 - highs[0]):
                inside = lows[0] <= battery <= highs[0] and lows[1] <= body <= highs[1]
                if inside and battery + body <= 1.0 + 1e-12:
                    values.append(by_hand(table, battery, body, chips))
    assert found.low == pytest.approx(min(values), rel=1e-9)
    assert found.high == pytest.approx(max(values), rel=1e-9)


def test_a_bill_as_the_sector_itself_buys_gives_the_multiplier_of_the_sector(table, tmp_path):
    """Its battery and parts at the sector's own shares: only the battery's chips are then another column."""
    at = table.codes.index
    shares = coefficients(table.flows, table.output)[:, at("vehicles")]
    chips = coefficients(table.flows, table.output)[at("electronics"), at("batteries")]
    battery, body = shares[at("batteries")], shares[at("vehicle-parts")]
    made = study(table, "vehicles", bill_of(tmp_path, battery, battery, body, body, chips, chips))
    for answer in made.answers:
        assert answer.bill.low == pytest.approx(answer.sector.low, rel=1e-9), answer.measure
        assert answer.bill.high == pytest.approx(answer.sector.high, rel=1e-9), answer.measure


def test_of_a_unit_of_demand_what_is_earned_and_what_is_bought_outside_make_all(table):
    found = study(table, "vehicles", find_bill("nev"))
    for kind in ("sector",):
        earned, outside = getattr(found.answer("value_added"), kind), getattr(found.answer("imports"), kind)
        assert earned.low + outside.low == pytest.approx(1.0, abs=1e-3)  # the table is rounded


def test_an_electric_car_pulls_more_than_its_sector_and_the_region_less_than_the_nation(table, tmp_path):
    bill = find_bill("nev")
    nation = study(table, "vehicles", bill).answer("output")
    assert nation.bill.low > nation.sector.high
    path = tmp_path / "region.csv"
    path.write_text("sector,region\nvehicles,300\nbatteries,40\nvehicle-parts,90\nservices,900\ntrade-transport,200\n")
    sizes = read_region(path)
    region = study(table, "vehicles", bill, sizes)
    assert region.answer("output").bill.high < nation.bill.low
    assert region.answer("output").difference.low > 0.0  # though the intervals overlap: both at the same exponent
    assert region.answer("output").sector.low < region.answer("output").sector.high  # the exponent is not known
    assert region.answer("imports").sector.low > study(table, "vehicles").answer("imports").sector.high
    for method in ("slq", "cilq", "charm"):
        assert 1.0 < study(table, "vehicles", bill, sizes, method).answer("output").bill.low < nation.bill.low


def test_a_component_that_is_known_to_be_bought_here_counts_as_such(table, tmp_path):
    path = tmp_path / "region.csv"
    path.write_text("sector,region\nvehicles,300\nbatteries,1\nservices,900\n")
    sizes = read_region(path)
    text = BILL.format(0.3, 0.3, 0.25, 0.25, 0.0, 0.0)
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "b.yaml").write_text(text.replace("high: 0.3,", "high: 0.3, local_low: 0.5, local_high: 1.0,"))
    usual = study(table, "vehicles", read_bill(tmp_path / "a.yaml"), sizes).answer("output").bill
    known = study(table, "vehicles", read_bill(tmp_path / "b.yaml"), sizes).answer("output").bill
    assert known.low > usual.low
    assert known.high > usual.high + 0.1


def test_gross_and_net_are_two_figures_and_net_is_unknown_without_a_reason(table):
    found = study(table, "vehicles", find_bill("nev"))
    gross = {e.measure: e for e in effects(found, Span(10.0, 20.0))}
    assert gross["employment"].net is None
    net = {e.measure: e for e in effects(found, Span(10.0, 20.0), Span(0.2, 0.4), Span(0.0, 0.5))}
    jobs = net["employment"]
    assert jobs.gross == gross["employment"].gross
    assert jobs.net.low == pytest.approx(jobs.gross.low * 0.6 * 0.5)
    assert jobs.net.high == pytest.approx(jobs.gross.high * 0.8)
    assert jobs.as_dict()["parents"] == [
        "multiplier.employment.type-1.bill",
        "plant.output",
        "plant.anyway",
        "plant.displaced",
    ]


def test_what_wages_buy_comes_on_top(table):
    found = study(table, "vehicles", find_bill("nev"))
    opened, closed = found.answer("output"), found.answer("output", households=True)
    assert closed.bill.low > opened.bill.low
    assert closed.sector.low > opened.sector.high


@pytest.mark.parametrize(
    ("act", "cause"),
    [
        (lambda t, b: study(t, "vehicle"), "multipliers.sector"),
        (lambda t, b: study(t, "vehicles", replace(b, sectors=("vehicle",))), "multipliers.bill.sector"),
        (lambda t, b: study(t, "vehicles", method="flg"), "multipliers.method"),
        (lambda t, b: study(t, "vehicles", delta=(0.4, 0.1)), "multipliers.delta"),
        (lambda t, b: effects(study(t, "vehicles"), Span(5.0, 1.0)), "multipliers.output"),
        (lambda t, b: effects(study(t, "vehicles"), Span(1.0, 1.0), Span(0.0, 1.5)), "multipliers.part"),
    ],
)
def test_what_cannot_be_is_refused_with_the_mend(act, cause, table):
    with pytest.raises(InvalidInput) as error:
        act(table, find_bill("nev"))
    assert error.value.problems[0].cause.id == cause
    assert error.value.problems[0].fix is not None


def test_a_region_with_a_sector_of_another_table_is_refused_where_it_stands(table, tmp_path):
    path = tmp_path / "region.csv"
    path.write_text("sector,region\n36077,5\nvehicles,9000\n")
    with pytest.raises(InvalidInput) as error:
        study(table, "vehicles", sizes=read_region(path))
    assert [(p.cause.id, p.place.line) for p in error.value.problems] == [
        ("multipliers.region.sector", 2),
        ("multipliers.region.larger", 3),
    ]


def test_the_split_walks_one_economy_for_every_measure(table):
    economy = national(table)
    system = factor(economy.local)
    of_all = {name: system.multipliers(direct) for name, direct in economy.direct.items()}
    found = split(find_bill("nev").fitted(table), economy, of_all)
    assert set(found.of) == set(economy.direct)
    assert sum(p.share.low for p in found.parts) == pytest.approx(0.71)


def test_the_chinese_table_with_and_without_the_split_of_a_car_in_hefei():
    table = find_table("china-2020")
    found = study(table, "36077", find_bill("nev"), region_of_size(table, 0.0099))
    output, added = found.answer("output"), found.answer("value_added")
    assert (output.sector.low, output.sector.high) == pytest.approx((1.152, 1.828), abs=2e-3)
    assert (output.bill.low, output.bill.high) == pytest.approx((1.179, 2.128), abs=2e-3)
    assert output.difference.low > 0.0  # the plant pulls more along than its sector,
    assert added.difference.high < 0.0  # and less is earned in the region
    battery = next(part for part in found.parts if part.id == "battery")
    assert battery.adds.high == max(part.adds.high for part in found.parts)
