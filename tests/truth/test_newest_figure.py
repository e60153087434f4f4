"""The newest figure that is known wins, whatever its form: runway, losses, distress and trend are what it implies.

Figures of a company are made month by month and entered in any form: years, halves, quarters, spans, to date, as a
loss or as a profit. What follows from what was entered is computed here a second time, by the rank of a matrix of
months, from the months themselves.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from math import erf

import numpy as np
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.sampling import examples
from tests.study.diligence.views import fact, view_of

from guanzi.advice.appraisal import review_case
from guanzi.base.core import Duration, Kind, Period, render
from guanzi.record.evidence import (
    FUNDS,
    annual,
    awaited_by,
    calendar,
    funds_raised,
    last_year_out,
    load_case,
    new_case,
    stale_periods,
)
from guanzi.study.diligence import distress_scores, run_checks
from guanzi.study.distress import statement

FIRST, YEARS = 2016, 3
MONTHS = 12 * YEARS
PARTS = ("2019Q3", "2019-01/2019-09", "2019-04/2019-09", "2019-05/2019-09", "2018-12/2019-09")
"""Parts of a year that end on one day."""
FEW = settings(max_examples=examples(60), deadline=None)


def period_of(start, stop):
    """The months from one to the one before another, numbered from the first January."""
    first = Duration(start).after(date(FIRST, 1, 1))
    return Period(Duration(stop).after(date(FIRST, 1, 1)) - timedelta(days=1), first)


@st.composite
def spans(draw):
    """Months of which a figure is told: a year, a half, a quarter, a month, nine months, or some of one year."""
    length = draw(st.sampled_from([12, 6, 3, 9, 1, 24, 5]))
    start = (
        draw(st.integers(0, (MONTHS - length) // 3)) * 3
        if length in (12, 6, 3, 9, 24)
        else draw(st.integers(0, MONTHS - length))
    )
    return (start, start + length)


def entered(flow, span, months, form):
    """A figure of some months as a fact, in one of the forms in which people enter it."""
    period, value = period_of(*span), float(sum(months[span[0] : span[1]]))
    names = {"net_loss": ("net_profit", -1), "revenue": (None, 1), "deliveries": (None, 1)}
    unit = "vehicles" if flow == "deliveries" else "CNY m"
    if form == "to_date" and span[0] % 12 == 0 and span[1] - span[0] < 12:
        return fact(f"{flow}_to_date", period.end.isoformat(), value, unit)
    other, sign = names[flow]
    if form == "opposite" and other is not None:
        return fact(other, period, sign * value, unit)
    return fact(flow, period, value, unit)


FORMS = st.sampled_from(["plain", "to_date", "opposite"])


def entries(flow="net_loss", low=0):
    values = st.lists(st.integers(low, 90), min_size=MONTHS, max_size=MONTHS)
    held = st.lists(st.tuples(spans(), FORMS), min_size=1, max_size=7, unique_by=lambda item: item[0])
    return st.tuples(values, held).map(
        lambda drawn: (drawn[0], [s for s, _ in drawn[1]], [entered(flow, s, drawn[0], f) for s, f in drawn[1]])
    )


def known(spans_told, start, stop):
    """Whether the sum of some months follows from sums that are told: by the rank of the matrix of months."""
    rows = np.array([[1.0 if a <= m < b else 0.0 for m in range(MONTHS)] for a, b in spans_told])
    wanted = np.array([[1.0 if start <= m < stop else 0.0 for m in range(MONTHS)]])
    return np.linalg.matrix_rank(np.vstack([rows, wanted])) == np.linalg.matrix_rank(rows)


def naive_year(months, told):
    """Twelve months at the newest end: as they are, else the most below, by their number, else the fewest above."""
    short = None
    newest = max(b for _, b in told)
    for stop in sorted({b for _, b in told if b >= newest - 12}, reverse=True):
        starts = [stop - 12, *range(stop - 11, stop), *range(stop - 13, -1, -1)]
        start = next((s for s in starts if s >= 0 and known(told, s, stop)), None)
        if start is None:
            continue
        found = (12 / (stop - start) * sum(months[start:stop]), start, stop)
        if stop - start >= 3:
            return found
        short = short or found
    return short


@FEW
@given(entries())
def test_the_newest_twelve_months_are_those_that_the_facts_imply(drawn):
    months, told, facts = drawn
    figure = annual(view_of(*facts), "net_loss")
    value, start, stop = naive_year(months, told)
    assert figure.value == pytest.approx(value)
    assert figure.period == period_of(start, stop)
    assert (figure.form == "annualised") == (stop - start != 12)


@FEW
@given(entries())
def test_years_are_sums_of_what_was_entered_apart(drawn):
    months, told, facts = drawn
    found = {r.period: r.value for r in calendar(view_of(*facts), "net_loss")}
    for year in range(YEARS):
        a, b = 12 * year, 12 * year + 12
        assert found.get(period_of(a, b)) == (pytest.approx(sum(months[a:b])) if known(told, a, b) else None)


@FEW
@given(entries(low=1), st.integers(1, 2_000))
def test_cash_lasts_as_long_as_the_newest_losses_let_it(drawn, cash):
    months, told, facts = drawn
    value, _, stop = naive_year(months, told)
    held = fact("cash", period_of(stop - 1, stop).end.isoformat(), float(cash))
    (found,) = (f for f in run_checks(view_of(*facts, held), None) if f.id == "runway.without-deal")
    told = dict(found.message.params)
    assert dict(told["said"].params if "said" in told else told)["months"] == pytest.approx(12 * cash / value)


@FEW
@given(entries(low=1))
def test_distress_is_scored_on_the_year_to_the_closing_day(drawn):
    months, told, facts = drawn
    stop = max(b for _, b in told)
    starts = [s for s in (stop - 12, *range(stop - 11, stop)) if s >= 0 and known(told, s, stop)]
    assume(starts)
    loss = 12 / (stop - starts[0]) * sum(months[starts[0] : stop])
    day = period_of(stop - 1, stop).end.isoformat()
    book = [fact(name, day, 1_000.0) for name in ("total_assets", "current_assets", "current_liabilities")]
    view = view_of(*facts, *book, fact("total_liabilities", day, 800.0))
    zmijewski = next(s for s in distress_scores(view) if s.id == "zmijewski")
    naive = -4.336 + 4.513 * loss / 1_000 + 5.679 * 0.8 + 0.004
    assert zmijewski.value == pytest.approx(0.5 * (1 + erf(naive / 2**0.5)))
    assert statement(view).items["net_income"] == pytest.approx(-loss)


@FEW
@given(entries("deliveries", low=1))
def test_a_trend_is_told_from_the_newest_quarters_that_follow(drawn):
    months, told, facts = drawn
    quarters = [(a, a + 3) for a in range(0, MONTHS, 3) if known(told, a, a + 3)]
    run = quarters[-1:]
    for quarter in reversed(quarters[:-1]):
        if quarter[1] != run[0][0]:
            break
        run.insert(0, quarter)
    newest = naive_year(months, told)[2]
    window = run[-4:]
    found = {f.id: f for f in run_checks(view_of(*facts), None)}
    if len(window) < 3 or newest - window[-1][1] >= 3:
        assert "growth" not in dict(found.get("trend.deliveries", next(iter(found.values()))).message.params)
        return
    logs = np.log([sum(months[a:b]) for a, b in window])
    slope = np.polyfit(np.arange(len(logs)), logs, 1)[0]
    assert dict(found["trend.deliveries"].message.params)["growth"] == pytest.approx(np.expm1(slope), abs=1e-9)


@FEW
@given(entries(), st.integers(1, 500))
def test_a_newer_figure_counts_and_an_older_one_does_not(drawn, loss):
    _, told, facts = drawn
    before = annual(view_of(*facts), "net_loss")
    stop = max(b for _, b in told)
    newer = fact("net_loss", period_of(stop, stop + 6), float(loss))
    after = annual(view_of(*facts, newer), "net_loss")
    assert after.period.end == newer.period.end
    assert newer.id in after.facts
    older = fact("net_loss", Period.parse(FIRST - 3), float(loss))
    assert annual(view_of(*facts, older), "net_loss") == before


@pytest.mark.parametrize(
    "entry",
    [
        fact("net_loss", "2019-01/2019-09", 900.0, "EUR m"),
        fact("net_loss_to_date", "2019-09-30", 900.0, "EUR m"),
        fact("net_profit", "2019-01/2019-09", -900.0, "EUR m"),
    ],
)
def test_a_loss_of_nine_months_ends_the_cash_of_a_battery_plant_in_months_and_not_in_years(entry):
    """A grant in euros: last year 100 m were lost, this year 900 m in nine months, and 900 m of cash are held."""
    old, cash = fact("net_loss", "2018", 100.0, "EUR m"), fact("cash", "2019-09-30", 900.0, "EUR m")
    (found,) = (f for f in run_checks(view_of(old, cash, entry, currency="EUR"), None) if f.id == "runway.without-deal")
    assert dict(found.message.params)["months"] == pytest.approx(9.0)
    assert found.kind is Kind.RISK


def test_a_stale_figure_is_named_where_it_decides():
    """The cash of December 2019 says little in September 2020: the half-year balance was due on 29 August."""
    facts = fact("cash", "2019-12-31", 100.0), fact("net_loss", "2019", 400.0)
    on_time = replace(view_of(*facts), as_of=date(2020, 8, 29))
    late = replace(on_time, as_of=date(2020, 9, 15))
    assert awaited_by(Period.parse("2019-12-31")) == date(2020, 8, 30)
    for view, stale in ((on_time, False), (late, True)):
        (found,) = (f for f in run_checks(view, None) if f.id == "runway.without-deal")
        assert ("Out of date: cash of 31 December 2019" in render(found.message)) == stale
        assert "net loss" not in render(found.message).partition("Stale")[2]  # annual accounts follow in April 2021
    reported = fact("cash", "2020-06-30", 50.0, known_on=date(2020, 8, 28))
    newer = replace(late, facts=(*late.facts, reported))
    (found,) = (f for f in run_checks(newer, None) if f.id == "runway.without-deal")
    assert found.message.id != "diligence.dated"
    assert dict(found.message.params)["months"] == pytest.approx(1.5)


@given(
    st.sampled_from(PARTS),
    st.sampled_from(PARTS),
    st.dates(date(2019, 12, 1), date(2021, 1, 1)),
)
def test_parts_of_a_year_that_end_on_one_day_are_stale_on_one_day(lost, sold, day):
    """A report on nine months is followed by the year, not by nine more months; its quarter by the next one."""
    view = replace(view_of(fact("net_loss", lost, 900.0), fact("revenue", sold, 50.0)), as_of=day)
    stale = dict(stale_periods(view, [one.id for one in view.facts]))
    assert set(stale) in (set(), {"net_loss", "revenue"})
    figures = [annual(view, name) for name in ("net_loss", "revenue")]
    assert figures[0].stale(day) == figures[1].stale(day) == bool(stale)
    assert awaited_by(Period.parse("2019-01/2019-09")) == date(2020, 4, 30)


@pytest.mark.parametrize("name", FUNDS)
def test_money_that_was_raised_is_never_said_not_to_be_held(name):
    plan, money = fact("plan_investment", "2019-12-31", 5_000.0), fact(name, "2019-12-31", 13_000.0, "USD m")
    view = view_of(plan, money, fact("usd_cny", "2019-12-31", 7.0, "CNY per USD", subject="fx"))
    found = [f for f in run_checks(view, None) if f.check == "plan-funding"]
    assert funds_raised(view).value == 91_000.0
    assert all("not on record. Ask for a list of rounds" not in render(f.message) for f in found)
    assert any("91.0 bn yuan" in render(f.message) for f in found)


@FEW
@given(
    st.lists(st.floats(-0.5, 0.5), min_size=3, max_size=4),
    st.lists(st.floats(-0.5, 0.5), min_size=0, max_size=2),
)
def test_a_margin_whose_band_includes_zero_is_no_asset_and_is_told_once(points, years):
    first = Period.parse("2019Q4").shift(1 - len(points))
    quarters = [fact("vehicle_margin", first.shift(i), m, "ratio") for i, m in enumerate(points)]
    yearly = [fact("vehicle_margin", 2020 - len(years) + i, m, "ratio") for i, m in enumerate(years)]
    found = [f for f in run_checks(view_of(*quarters, *yearly), None) if f.check == "trend" and "margin" in f.code]
    assert len(found) == 1
    ahead = float(np.polyval(np.polyfit(np.arange(len(points) - 1), points[:-1], 1), len(points) - 1))
    nearer = [ahead + t * (points[-1] - ahead) for t in np.linspace(0, 1, 501)] if points[-1] > ahead else [points[-1]]
    if max(_least_rise([*points[:-1], last]) for last in nearer) < -1e-4:  # a higher last value hides no rise
        assert found[0].kind is not Kind.ASSET


def _least_rise(points):
    """The lower end of the 90 % interval of the slope, by Student's t."""
    x = np.arange(len(points)) - (len(points) - 1) / 2
    slope = float(x @ points) / float(x @ x)
    rest = float(np.sum((np.array(points) - np.mean(points) - slope * x) ** 2))
    return slope - {1: 6.314, 2: 2.920}[len(points) - 2] * (rest / (len(points) - 2) / float(x @ x)) ** 0.5


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    """The review of a case that holds the loss of 2022 and is decided on a day."""

    @cache
    def made(day):
        folder = new_case(tmp_path_factory.mktemp(day.isoformat()), "example")
        head = yaml.safe_load((folder / "case.yaml").read_text("utf-8"))
        (folder / "case.yaml").write_text(yaml.safe_dump({**head, "decision_date": day}), "utf-8")
        source = {"publisher": "Example", "title": "Accounts", "date": date(2023, 4, 1), "grade": "A"}
        loss = {"id": "loss", "name": "net_loss", "period": 2022, "value": 80, "unit": "CNY m"}
        facts = [{**loss, "known_on": date(2023, 4, 1), "source": "accounts"}]
        text = yaml.safe_dump({"sources": {"accounts": source}, "facts": facts})
        (folder / "facts" / "facts.yaml").write_text(text, "utf-8")
        return review_case(load_case(folder)).needs

    return made


JANUARY, MAY = date(2024, 1, 15), date(2024, 5, 2)


def test_a_review_in_january_asks_for_no_accounts_that_cannot_be_out(review):
    assert (str(last_year_out(JANUARY)), str(last_year_out(MAY))) == ("2022", "2023")
    for day, year in ((JANUARY, "2022"), (MAY, "2023")):
        asked = {dict(need.fix.params).get("year") for need in review(day) if need.kind == "missing"}
        assert asked == {year}


def test_a_review_names_the_figures_that_are_stale_and_asks_for_none_that_is_held(review):
    stale = {dict(need.fix.params)["name"] for need in review(MAY) if need.kind == "stale"}
    missing = {dict(need.fix.params)["name"] for need in review(MAY) if need.kind == "missing"}
    assert stale == {"net_loss"}
    assert not [need for need in review(JANUARY) if need.kind == "stale"]
    assert not missing & {"net_loss", "net_profit", "net_loss_to_date"}
