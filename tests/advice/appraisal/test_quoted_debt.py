"""Quoted debt: what it pays on the paths, and weights under which its mean agrees with what was paid for it."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import numpy as np
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.evidence.folders import facts_yaml
from tests.record.evidence.folders import write_case as write_folder

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.foreseen import foresee
from guanzi.advice.appraisal.lent import paid
from guanzi.advice.appraisal.prepare import prepare
from guanzi.advice.calibration import LacksTerms, QuotedDebt, price_at, quoted_debts
from guanzi.base.core import InvalidInput, Message, Period, Place, format_problems, render
from guanzi.intake.workbook import case_draft, case_rows, layouts, read_book, write_book, write_case
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

DAY = date(2020, 4, 29)
PATHS = 4_096
PLACE = Place("facts/mine.yaml")
DUE = ("bond_due", "2022-02-01", "text")
COUPON = ("bond_coupon", 0.045, "ratio")


@pytest.fixture(scope="module")
def case():
    return load_case(find_case("nio-hefei-2020"))


def quoting(case, *told, day=DAY, subject="bond-mine"):
    """The case with facts about a bond, each told by name, value and unit, of a day."""
    model = next(f for f in case.facts if f.name == "ads_price")
    facts = tuple(
        replace(model, id=f"mine-{name.replace('_', '-')}", subject=subject, name=name, value=value, unit=unit,
                period=Period.parse(day.isoformat()), known_on=day, note="", supersedes=None, place=PLACE)
        for name, value, unit in told
    )  # fmt: skip
    return replace(case, facts=(*case.facts, *facts))


def seen_of(case):
    return foresee(prepare(case, DAY, load_playbook("hefei")), PATHS, 1)


def claim(conversion=None, coupon=0.08):
    return QuotedDebt("bond", 0.5, 0.5, Period.parse("2020-04-29"), coupon, date(2022, 4, 29), conversion, ())


def rows_of(distress, lenders, share):
    return {
        "distress": np.array(distress, float),
        "lenders": np.array(lenders, float),
        "share_price": np.array(share, float),
    }


# -- what a claim pays -----------------------------------------------------------------------------------------


@given(st.floats(0.0, 0.2), st.floats(0.0, 0.4))
def test_a_claim_that_always_pays_is_worth_the_price_at_that_yield(coupon, rate):
    quiet = rows_of(np.zeros((8, 3)), np.zeros((8, 3)), np.ones((8, 3)))
    assert paid(claim(coupon=coupon), 2.0, quiet, 1.0, rate) == pytest.approx(price_at(rate, coupon, 2.0))


def test_in_its_first_distress_a_claim_pays_the_interest_until_then_and_what_lenders_get_and_no_more():
    distress = np.zeros((8, 2))
    distress[2, 0] = distress[5, 0] = distress[0, 1] = 1.0
    lenders = 0.3 * distress
    lenders[5, 0] = 0.9
    rows = rows_of(distress, lenders, np.ones((8, 2)))
    assert paid(claim(), 2.0, rows, 1.0, 0.0) == pytest.approx([0.02 + 0.02 + 0.3, 0.3])
    late = 0.02 * (1.1**-0.25 + 1.1**-0.5) + 0.3 * 1.1**-0.75
    assert paid(claim(), 2.0, rows, 1.0, 0.1)[0] == pytest.approx(late)


def test_convertible_notes_are_paid_in_shares_where_these_are_worth_more_than_the_face():
    rows = rows_of(np.zeros((8, 2)), np.zeros((8, 2)), np.array([[1.0, 1.0]] * 7 + [[1.2, 5.0]]))
    assert paid(claim(conversion=2.5, coupon=0.0), 2.0, rows, 1.0, 0.0) == pytest.approx([1.0, 2.0])


# -- facts -----------------------------------------------------------------------------------------------------


def only(case):
    (found,) = (d for d in quoted_debts(case.view(DAY)) if d.name == "bond-mine")
    return found


def test_an_interval_is_bid_and_ask_and_an_earlier_right_to_give_back_is_when_it_is_due(case):
    told = (
        ("bond_price", (0.58, 0.62), "ratio"),
        COUPON,
        ("bond_due", "2024-02-01", "text"),
        ("bond_put", "2022-02-01", "text"),
    )
    found = only(quoting(case, *told, ("bond_conversion", 9.51, "USD")))
    assert (found.bid, found.ask, found.price) == pytest.approx((0.58, 0.62, 0.60))
    assert found.due == date(2022, 2, 1)
    assert found.conversion == pytest.approx(9.51 / 3.34), "over the close of the day before"
    assert {f"mine-bond-{x}" for x in ("price", "coupon", "due", "put", "conversion")} <= set(found.facts)


def test_a_yield_is_told_as_the_price_that_has_it(case):
    found = only(quoting(case, ("bond_yield", 0.4, "ratio"), COUPON, DUE))
    assert found.price == pytest.approx(price_at(0.4, 0.045, (date(2022, 2, 1) - DAY).days / 365.25))


def test_a_price_without_terms_asks_for_them(case):
    found = only(quoting(case, ("bond_price", 0.6, "ratio")))
    assert isinstance(found, LacksTerms)
    assert found.lacks == ("bond_coupon", "bond_due")


def test_debt_of_another_company_and_debt_that_was_due_ask_nothing(case):
    held = ("bond_price", 0.6, "ratio"), COUPON
    assert not [d for d in quoted_debts(quoting(case, *held, DUE, subject="tesla").view(DAY)) if d.name == "tesla"]
    gone = quoting(case, *held, ("bond_due", "2020-04-01", "text"))
    assert not [d for d in quoted_debts(gone.view(DAY)) if d.name == "bond-mine"]


def test_a_day_that_is_none_and_a_price_in_hundredths_are_refused_together_with_place_and_mend(case):
    wrong = quoting(case, ("bond_price", 27, "ratio"), COUPON, ("bond_due", "February 2024", "text"))
    with pytest.raises(InvalidInput) as refused:
        prepare(wrong, DAY, load_playbook("hefei"))
    told = format_problems(refused.value.problems)
    assert "mine.yaml" in told
    assert "“February 2024”, which is not a date" in told
    assert "0.27 for 27 %" in told


# -- weights ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def quoted(case):
    return quoting(case, ("bond_price", (0.59, 0.61), "ratio"), COUPON, DUE)


def test_weighted_paths_pay_what_the_debt_was_quoted_at_within_bid_ask_and_discount(quoted):
    seen = seen_of(quoted)
    found, (debt,) = seen.coherent, seen.debts.priced
    assert found.result == "weighted"
    assert found.debt_refused is None
    assert debt.paid.mean() > debt.price + debt.width, "the model alone expects more"
    assert found.coherence.after["debt_bond-mine"] == pytest.approx(debt.price + debt.width, abs=1e-6)
    assert 0.01 < debt.width < 0.1
    assert found.coherence.after["market_value"] == pytest.approx(seen.market.value, rel=1e-6)
    assert 0.05 < found.coherence.ess_share < 1.0
    assert found.coherence.divergence > 0.05
    for years in (1.0, 3.0, 5.0):
        low, high = found.pool.range_at(years)
        assert low - 1e-6 <= found.coherence.after[f"distress_{years:.0f}y"] <= high + 1e-6
    assert np.sum(found.weights * debt.paid) == pytest.approx(found.coherence.after["debt_bond-mine"])


def test_the_example_of_the_page_comes_out_as_told(case):
    told = ("bond_price", (0.59, 0.61), "ratio"), COUPON, ("bond_due", "2024-02-01", "text")
    seen = seen_of(quoting(case, *told))
    (debt,) = seen.debts.priced
    assert round(debt.paid.mean(), 2) == 0.77
    assert round(seen.coherent.coherence.after["debt_bond-mine"], 2) == 0.71
    assert round(seen.coherent.coherence.ess_share, 2) == 0.96


def test_a_price_that_would_leave_too_few_paths_is_refused_and_said_while_the_other_prices_stand(case):
    seen = seen_of(quoting(case, ("bond_price", 0.3, "ratio"), COUPON, DUE))
    without = seen_of(case)
    assert seen.coherent.debt_refused is not None
    assert seen.coherent.result == "weighted"
    assert seen.ids(PATHS).tolist() == without.ids(PATHS).tolist()


def test_an_old_price_asks_nothing_and_the_case_of_nio_says_so(case):
    seen = seen_of(case)
    assert seen.debts.priced == ()
    (old,) = seen.debts.old
    assert (old.price, str(old.quoted), old.due) == (0.27, "2019-10-08", date(2024, 2, 1))
    assert case.view(DAY).source("raper-capital-2019").date == date(2019, 10, 8)


def test_the_dossier_tells_price_before_and_after_with_the_facts_behind(quoted):
    found = appraise(quoted, DAY, paths=PATHS, options=AppraisalOptions(sensitivity=False))
    before, after = (found.figures[f"coherence.debt_{x}.bond-mine"] for x in ("before", "after"))
    assert {"mine-bond-price", "mine-bond-coupon", "mine-bond-due"} <= set(after.parents)
    assert after.value < before.value
    told = {
        lang: " ".join(render(Message.from_dict(s.model_dump()), lang) for s in found.forecast.sentences)
        for lang in ("en", "zh")
    }
    assert "was quoted at 60" in told["en"]
    assert "2022年2月1日到期的债券报价为面值的60" in told["zh"].replace(" ", "")
    assert found.versions.ess == pytest.approx(found.figures["coherence.paths_left"].value)
    use = {f.id: f.used_for for f in found.facts}
    assert use["mine-bond-price"] == "forecast"
    assert use["bond-price-2019-10"] == "nothing"


# -- as an analyst types it ------------------------------------------------------------------------------------


def test_rows_typed_into_a_workbook_become_quoted_debt_with_its_day_as_a_day(case, tmp_path):
    path = tmp_path / "book.xlsx"
    write_book(path, case_rows(case))
    book = openpyxl.load_workbook(path)
    sheet = book["Facts"]
    columns: dict[str, Any] = {str(cell.value).split(" / ")[0]: cell.column for cell in sheet[1]}
    at = sheet.max_row
    rows: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("bond_price", "ratio", {"Low": 0.59, "High": 0.61}), ("bond_coupon", "ratio", {"Value": 0.045}),
        ("bond_due", "text", {"Value": datetime(2022, 2, 1)}),
    )  # fmt: skip
    for n, (name, unit, filled) in enumerate(rows):
        row = {"Id": f"typed-{n}", "Subject": "bond-mine", "Name": name, "Unit": unit, "Period": datetime(2020, 4, 28),
               "Known on": datetime(2020, 4, 28), "Source": "raper-capital-2019", **filled}  # fmt: skip
        for header, value in row.items():
            sheet.cell(at + 1 + n, columns[header], value)
    book.save(path)
    read = read_book(path, layouts("case"))
    draft = case_draft(read, path.parent)
    assert not [p for p in draft.problems if p.severity == "error"]
    typed = load_case(write_case(tmp_path / "typed", draft, {}))
    found = only(typed)
    assert (found.bid, found.ask, found.due) == (0.59, 0.61, date(2022, 2, 1))


def test_a_day_in_a_folder_needs_no_quotation_marks(tmp_path):
    about = "period: 2020-03-18, known_on: 2020-03-18, source: filing"
    case = load_case(write_folder(tmp_path, {"facts/a.yaml": facts_yaml(
        f"id: due, name: bond_due, value: 2022-02-01, unit: text, {about}",
        f"id: price, name: bond_price, value: 0.6, unit: ratio, {about}",
        f"id: coupon, name: bond_coupon, value: 0.045, unit: ratio, {about}",
    )}))  # fmt: skip
    (found,) = quoted_debts(case.view(case.decision_date))
    assert found.due == date(2022, 2, 1)
