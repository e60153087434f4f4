"""Hindsight: the outcome is laid over a finished appraisal, and nothing of it reaches the appraisal."""

import ast
import shutil
from pathlib import Path

import pytest

from guanzi.advice.appraisal import Fan, Text, appraise, to_json
from guanzi.advice.backtest import hindsight
from guanzi.base.core import InvalidInput, sha256_of
from guanzi.record.evidence import find_case, load_case

SOURCE = Path(__file__).parents[3] / "src" / "guanzi"


@pytest.fixture(scope="module")
def nio():
    return load_case(find_case("nio-hefei-2020"))


@pytest.fixture(scope="module")
def appraisal(nio):
    return appraise(nio, paths=2000)


def test_values_are_laid_over_the_band_of_their_own_year(nio, appraisal):
    look = hindsight(nio, appraisal, sha256_of({}))
    deliveries = next(s for s in look.series if s.id == "deliveries_year")
    at = {p.date.year: p for p in deliveries.points}
    fan = appraisal.yearly["deliveries"]
    assert at[2021].value == 91429
    assert at[2021].p95 == fan.p95[[d.year for d in fan.dates].index(2021)]
    assert at[2021].within_90 == (at[2021].p5 <= 91429 <= at[2021].p95)
    assert deliveries.covered_90 == (sum(p.within_90 for p in deliveries.points), len(deliveries.points))
    assert look.covered_90[1] == sum(len(s.points) for s in look.series)


def test_a_value_inside_its_band_is_counted_inside(nio, appraisal):
    fan = appraisal.yearly["deliveries"]
    n = len(fan.dates)
    wide = Fan(id=fan.id, label=Text(id="x"), unit="vehicles", dates=fan.dates, p5=(0.0,) * n, p25=(0.0,) * n,
               p50=(1e5,) * n, p75=(1e9,) * n, p95=(1e9,) * n)  # fmt: skip
    look = hindsight(nio, appraisal.model_copy(update={"yearly": {"deliveries": wide}, "fans": {}}), "")
    assert look.covered_50 == look.covered_90 == (5, 5)


def test_buy_backs_of_a_year_are_added_and_what_a_longer_time_holds_is_counted_once(nio, appraisal):
    look = hindsight(nio, appraisal, "")
    receipts = next(s for s in look.series if s.id == "receipts_year")
    payments = next(s for s in look.series if s.id == "payments_year")
    assert {p.date.year: p.value for p in receipts.points}[2021] == 5500 + 2500
    assert {p.date.year: p.value for p in payments.points}[2020] == 5000


def test_the_appraisal_is_the_same_with_an_unreadable_outcome(nio, appraisal, tmp_path):
    folder = tmp_path / "nio-hefei-2020"
    shutil.copytree(nio.folder, folder)
    shutil.rmtree(folder / "outcome")
    (folder / "outcome").write_text("not a folder", encoding="utf-8")
    again = appraise(load_case(folder), paths=2000)
    assert to_json(again) == to_json(appraisal)


def test_a_broken_outcome_is_refused_by_hindsight(nio, appraisal, tmp_path):
    folder = tmp_path / "nio-hefei-2020"
    shutil.copytree(nio.folder, folder)
    (folder / "outcome" / "facts.yaml").write_text("facts: [{id: x}]", encoding="utf-8")
    with pytest.raises(InvalidInput):
        hindsight(load_case(folder), appraisal, "")


def test_only_the_backtest_opens_outcomes():
    readers = set()
    for path in SOURCE.rglob("*.py"):
        names = {n.id for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)}
        if "read_outcome" in names:
            readers.add(path.relative_to(SOURCE).as_posix())
    shown = "jobs/evidence/onrecord.py"  # every figure of a case by its day, computed with nothing
    assert readers == {"advice/backtest/hindsight.py", "advice/backtest/record.py", shown}


def test_payments_of_a_year_are_added_as_monitoring_adds_them(nio, appraisal, tmp_path):
    folder = tmp_path / "nio-hefei-2020"
    shutil.copytree(nio.folder, folder)
    outcome = folder / "outcome" / "facts.yaml"
    text = outcome.read_text("utf-8")
    assert "period: 2020-04/2020-07, value: 5000" in text
    outcome.write_text(text.replace("period: 2020-04/2020-07, value: 5000", "period: 2020-07-31, value: 700"), "utf-8")
    payments = next(s for s in hindsight(load_case(folder), appraisal, "").series if s.id == "payments_year")
    assert {p.date.year: p.value for p in payments.points}[2020] == 4800 + 700
