"""Failure for other causes than want of money: a floor by class of company, read from studies of default."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.study.diligence.views import fact, view_of

from guanzi.advice.calibration import JUDGEMENTS, calibrate_company, default_rates, default_study
from guanzi.advice.calibration.floors import class_of_floor
from guanzi.base.core import render

ROOT = Path(__file__).parents[3]
PRICE = fact("share_price", "2020-04-24", 12.0, "CNY")
CASH = fact("cash_and_short_term_investments", "2019-12-31", 500.0, "CNY m")
DAY = date(2020, 4, 29)


def debt(amount):
    return fact("total_debt", "2019-12-31", amount, "CNY m")


def floor_of(*facts, day=DAY):
    view = replace(view_of(*facts), as_of=day)
    return calibrate_company(view, day).parameters["other_failure"]


def rate_of(letter):
    """The share of a class that defaults within a year."""
    study = default_study(DAY)
    assert study is not None
    rates = default_rates(study, letter)
    assert rates is not None
    return rates[0]


def a_year(parameter):
    return tuple(1.0 - (1.0 - q) ** 4 for q in parameter.distribution.values)


def test_a_listed_company_with_as_much_cash_as_debt_has_the_floor_of_the_classes_bbb_to_bb():
    found = floor_of(PRICE, CASH, debt(500.0))
    study = default_study(DAY)
    assert study is not None
    assert a_year(found) == pytest.approx((rate_of("BBB"), rate_of("BB")))
    assert f"prior.{study.id}" in found.origin.parents
    assert "0.2 % to 1.1 % a year" in render(found.origin.because)


def test_an_unlisted_company_without_sales_has_the_floor_of_the_classes_bb_to_b():
    found = floor_of(fact("revenue", "2019", 0.0, "CNY m"))
    assert a_year(found) == pytest.approx((rate_of("BB"), rate_of("B")))


@pytest.mark.parametrize(
    "facts",
    [(PRICE, CASH, debt(500.1)), (PRICE, CASH), (PRICE, debt(0.0)), (fact("revenue", "2019", 1.0, "CNY m"),), (CASH,)],
)
def test_where_no_class_is_told_the_judgement_holds(facts):
    assert class_of_floor(view_of(*facts)) is None
    assert floor_of(*facts).distribution == JUDGEMENTS["other_failure"]


def test_no_study_that_was_not_out_yet_is_used():
    assert default_study(date(2010, 1, 1)) is None
    found = floor_of(fact("revenue", "2008", 0.0, "CNY m"), day=date(2010, 1, 1))
    assert found.distribution == JUDGEMENTS["other_failure"]


def test_the_floor_rises_with_the_class():
    means = [float(floor_of(*facts).distribution.median) for facts in (
        (PRICE, CASH, debt(0.0)), (PRICE, CASH, debt(900.0)), (fact("revenue", "2019", 0.0, "CNY m"),),
    )]  # fmt: skip
    assert means == sorted(means)
    assert len(set(means)) == 3


def test_the_table_is_as_it_was_hashed_before_failures_were_counted_by_class():
    frozen = json.loads((ROOT / "benchmarks/panel/FLOORS.sha256.json").read_text("utf-8"))
    assert len(frozen) == 3
    assert {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in frozen} == frozen
