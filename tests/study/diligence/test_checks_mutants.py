"""The core checks at their limits: kind, weight, wording and figures, each of which a small fault would change."""

import pytest
from tests.study.diligence.views import fact, quarters, view_of

from guanzi.base.core import Kind, Severity
from guanzi.study.diligence import Statements, altman_z2, distress_scores, run_checks, zmijewski
from guanzi.study.diligence.trend import Trend

AT = "2019-12-31"
RISK, ASSET, GAP = Kind.RISK, Kind.ASSET, Kind.GAP
CRITICAL, HIGH, MEDIUM, LOW = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW


def found(*facts, deal=None):
    """Findings by id."""
    return {finding.id: finding for finding in run_checks(view_of(*facts), deal)}


def looks(finding, kind, severity, code, variant=None):
    """Whether a finding is of this kind, weight and code, and says so in the words of this variant."""
    said = (finding.kind, finding.severity, finding.code)
    assert said == (kind, severity, code)
    assert variant is None or without_age(finding).id == f"diligence.{finding.id}.{variant}"
    return True


def without_age(finding):
    """The sentence of a finding, without what it says of old figures."""
    return dict(finding.message.params).get("said", finding.message)


def says(finding, **expected):
    """Whether the parameters of the sentence are these."""
    params = dict(without_age(finding).params)
    assert {name: params[name] for name in expected} == {
        name: pytest.approx(value) if isinstance(value, float) else value for name, value in expected.items()
    }
    return True


def flagged(name, value):
    return fact(name, AT, value, "flag")


def text(name, period=AT, **changes):
    return fact(name, period, "words", "text", **changes)


def sold(period, n):
    return fact("deliveries", period, n, "vehicles")


def ids(*facts):
    return {f.id for f in facts}


# Trend of deliveries and margin


def test_the_trend_is_taken_over_the_last_four_quarters():
    held = quarters("deliveries", "2018Q4", 9e6, 1000, 1300, 1690, 2197)
    trend = found(*held)["trend.deliveries"]
    assert looks(trend, ASSET, HIGH, "demand_trend", "rising")
    assert says(trend, growth=0.3, rate=0.3, n=4, first=1000.0, last=2197.0, start="2019Q1", end="2019Q4")
    assert set(trend.facts) == ids(*held[1:])
    falling = found(*quarters("deliveries", "2019Q1", 2197, 1690, 1300, 1000))["trend.deliveries"]
    assert looks(falling, RISK, HIGH, "demand_trend", "falling")
    assert says(falling, growth=-0.3 / 1.3, rate=0.3 / 1.3)


@pytest.mark.parametrize(
    "values",
    [(10, 30, 12, 31), (31, 12, 30, 10)],
)
def test_a_trend_within_its_error_is_neither_asset_nor_risk(values):
    trend = found(*quarters("deliveries", "2019Q1", *values))["trend.deliveries"]
    assert looks(trend, GAP, MEDIUM, "gap_demand_trend", "unsure")
    params = dict(trend.message.params)
    assert params["low"] < 0 < params["high"]


def test_no_growth_at_all_is_a_risk():
    still = found(*quarters("deliveries", "2019Q1", 5, 5, 5, 5))["trend.deliveries"]
    assert looks(still, RISK, HIGH, "demand_trend", "flat")


@pytest.mark.parametrize(
    ("last", "kind", "variant"),
    [(110.5, ASSET, "up"), (109.5, RISK, "flat"), (90.0, RISK, "flat"), (201.0, ASSET, "up")],
)
def test_the_same_quarter_of_the_year_before(last, kind, variant):
    held = quarters("deliveries", "2018Q4", 100, 50, 60, 70, last)
    yoy = found(*held)["trend.year-on-year"]
    assert looks(yoy, kind, MEDIUM, "demand_yoy", variant)
    assert says(yoy, change=last / 100 - 1, before=100.0, last=last, end="2019Q4")
    assert set(yoy.facts) == ids(held[0], held[-1])


def test_the_year_before_is_compared_only_where_it_is_held_and_not_zero():
    assert "trend.year-on-year" not in found(*quarters("deliveries", "2018Q4", 0, 50, 60, 70, 80))
    assert "trend.year-on-year" not in found(*quarters("deliveries", "2019Q1", 50, 60, 70, 80))
    other = (sold("2018Q3", 100.0), *quarters("deliveries", "2019Q1", 50, 60, 70, 80))
    assert "trend.year-on-year" not in found(*other)
    missing = (sold("2018Q4", 100.0), *quarters("deliveries", "2019Q2", 50, 60, 70))
    assert says(found(*missing)["trend.year-on-year"], before=100.0, last=70.0, end="2019Q4")


def test_a_year_that_ends_with_the_quarter_after_the_last_takes_the_place_of_quarters():
    held = (*quarters("deliveries", "2018Q3", 50, 60, 70, 80), sold(2018, 200.0))
    assert looks(found(*held)["trend.deliveries"], ASSET, HIGH, "demand_trend", "rising")
    held = (*quarters("deliveries", "2018Q4", 50, 60, 70, 80), sold(2018, 200.0), sold(2019, 150.0))
    assert looks(found(*held)["trend.deliveries"], RISK, MEDIUM, "demand_trend", "yearly")


def test_a_rise_of_a_part_of_a_year_on_a_whole_one_may_be_season():
    held = sold(2018, 100.0), sold("2019-01/2019-09", 90.0)
    assert looks(found(*held)["trend.deliveries"], GAP, MEDIUM, "gap_demand_trend", "season")


@pytest.mark.parametrize(("last", "kind"), [(100.0, RISK), (101.0, ASSET), (50.0, RISK)])
def test_without_quarters_the_years_are_compared(last, kind):
    trend = found(sold(2018, 100.0), sold(2019, last))["trend.deliveries"]
    assert looks(trend, kind, MEDIUM, "demand_trend", "yearly")
    assert says(trend, change=last / 100 - 1, last=last, before=100.0, start="2018", end="2019")


@pytest.mark.parametrize("held", [(sold(2019, 100.0),), (sold(2018, 0.0), sold(2019, 100.0))])
def test_one_year_or_none_sold_before_shows_no_trend(held):
    assert looks(found(*held)["trend.no-trend"], GAP, MEDIUM, "gap_demand_trend")
    assert "trend.deliveries" not in found(*held)
    assert "trend.no-trend" not in found()


@pytest.mark.parametrize(
    ("guided", "kind", "severity", "variant"),
    [((8.0, 9.0), RISK, HIGH, "down"), ((8.0, 10.0), ASSET, LOW, "up"), ((11.0, 12.0), ASSET, LOW, "up")],
)
def test_guidance_is_set_against_the_last_quarter(guided, kind, severity, variant):
    facts = (*quarters("deliveries", "2019Q3", 7, 10), fact("delivery_guidance", "2020Q1", guided, "vehicles"))
    outlook = found(*facts)["trend.guidance"]
    assert looks(outlook, kind, severity, "demand_outlook", variant)
    assert says(outlook, low=guided[0], high=guided[1], last=10.0, last_period="2019Q4", period="2020Q1")
    assert says(outlook, change=sum(guided) / 2 / 10 - 1)


def test_guidance_without_sales_to_compare():
    guided = fact("delivery_guidance", "2020Q1", (1.0, 2.0), "vehicles")
    assert "trend.guidance" not in found(guided)
    assert "trend.guidance" not in found(guided, sold("2019Q4", 0.0))


def margins(*values, name="vehicle_margin", first="2019Q1"):
    return quarters(name, first, *values, unit="ratio")


@pytest.mark.parametrize(
    ("values", "kind", "severity", "variant", "points"),
    [
        ((0.0, 0.006, 0.012, 0.018), ASSET, HIGH, "up", 0.6),
        ((0.0, 0.004, 0.008, 0.012), RISK, MEDIUM, "flat", 0.4),
        ((0.012, 0.008, 0.004, 0.0), RISK, MEDIUM, "flat", 0.4),
        ((0.018, 0.012, 0.006, 0.0), RISK, HIGH, "down", 0.6),
        ((0.0, 0.2, 0.02, 0.2), GAP, MEDIUM, "unsure", 4.2),
        ((0.2, 0.02, 0.2, 0.0), GAP, MEDIUM, "unsure", 4.2),
        ((0.0, 0.1, 0.0), GAP, MEDIUM, "unsure", 0.0),
        ((0.001, 0.0, 0.001), RISK, MEDIUM, "flat", 0.0),
    ],
)
def test_the_margin_within_the_year(values, kind, severity, variant, points):
    trend = found(*margins(*values))["trend.margin"]
    code = "gap_margin_trend" if kind is GAP else "margin_trend"
    assert looks(trend, kind, severity, code, variant)
    assert says(trend, points=points, n=len(values), start="2019Q1", margins=values)


def test_the_margin_is_that_on_the_product_where_three_quarters_are_held():
    gross = margins(0.3, 0.2, 0.1, name="gross_margin")
    assert found(*margins(0.1, 0.2), *gross)["trend.margin"].kind == RISK
    assert found(*margins(0.1, 0.2, 0.3), *gross)["trend.margin"].kind == ASSET
    five = margins(9.0, 0.1, 0.2, 0.3, 0.4)
    assert set(found(*five)["trend.margin"].facts) == ids(*five[1:])
    assert looks(found(*margins(0.1, 0.2))["trend.no-margin-trend"], GAP, MEDIUM, "gap_margin_trend")


def test_the_margin_of_a_year_that_begins_in_april_is_one_of_a_year():
    years = ("2021-04/2022-03", "2022-04/2023-03", "2023-04/2024-03")
    told = [fact("gross_margin", year, margin, "ratio") for year, margin in zip(years, (0.46, 0.49, 0.52), strict=True)]
    newest = found(*told)["trend.margin-year"]
    assert (newest.kind, set(newest.facts)) == (ASSET, ids(*told[1:]))
    overlapping = fact("gross_margin", "2021-07/2022-06", 0.5, "ratio")
    assert found(told[0], overlapping)["trend.no-margin-trend"].kind == GAP


@pytest.mark.parametrize(("last", "kind", "variant"), [(0.1, RISK, "down"), (0.2, ASSET, "up"), (0.0, RISK, "down")])
def test_the_margin_of_the_year_against_the_year_before(last, kind, variant):
    years = fact("gross_margin", 2018, 0.1, "ratio"), fact("gross_margin", 2019, last, "ratio")
    alone = found(*years)["trend.margin-year"]
    assert looks(alone, kind, MEDIUM, "margin_trend", variant)
    assert says(alone, first=0.1, last=last, from_year="2018", to_year="2019")
    beside = found(*years, *margins(0.1, 0.2, 0.3, first="2019Q2"))
    assert looks(beside["trend.margin"], ASSET, HIGH, "margin_trend", "up-years")
    assert says(beside["trend.margin"], first=0.1, last=last, from_year="2018", to_year="2019")
    assert "trend.margin-year" not in beside
    older = found(*years, *margins(0.1, 0.2, 0.3))
    assert looks(older["trend.margin-year"], kind, MEDIUM, "margin_trend", variant)
    assert "trend.margin-year" not in found(years[1])


@pytest.mark.parametrize("n", range(3, 20))
def test_the_factor_of_the_interval_is_students(n):
    stats = pytest.importorskip("scipy.stats")
    low, high = Trend(2.0, 1.0, n).slope_interval
    # beyond fifteen degrees of freedom that of the normal distribution
    factor = stats.t.ppf(0.95, n - 2) if n <= 17 else stats.norm.ppf(0.95)
    assert (low, high) == pytest.approx((2.0 - factor, 2.0 + factor), abs=6e-4)


# Going concern


def test_no_doubt_is_a_small_asset():
    clear = found(flagged("going_concern_doubt", False))
    assert looks(clear["going-concern.no-doubt"], ASSET, LOW, "going_concern_clear")
    assert "going-concern.unknown" not in clear
    assert looks(found(flagged("going_concern_doubt", True))["going-concern.doubt"], RISK, CRITICAL, "going_concern")


def test_equity_of_nothing_is_neither_an_asset_nor_negative():
    held = found(fact("equity", AT, 0.0))
    assert {"going-concern.equity", "going-concern.negative-equity"}.isdisjoint(held)
    assert looks(held["going-concern.unknown"], GAP, HIGH, "gap_going_concern", "equity")
    small = found(fact("equity", AT, 0.1))
    assert looks(small["going-concern.equity"], ASSET, LOW, "equity_held")
    assert says(small["going-concern.equity"], equity=0.1, at=AT)
    assert "going-concern.unknown" not in small
    totals = found(fact("total_assets", AT, 100.0), fact("total_liabilities", AT, 40.0))
    assert says(totals["going-concern.equity"], equity=60.0)
    assert "going-concern.equity" not in found(fact("total_assets", AT, 100.0))
    assert "going-concern.equity" not in found(fact("total_liabilities", AT, 100.0))


def test_negative_equity_is_said_with_the_totals_where_both_are_held():
    equity, assets, liabilities = (
        fact("equity", AT, -5.0),
        fact("total_assets", AT, 1.0),
        fact("total_liabilities", AT, 6.0),
    )
    alone = found(equity)["going-concern.negative-equity"]
    assert looks(alone, RISK, CRITICAL, "negative_equity", "alone")
    assert says(alone, equity=5.0, assets=None, liabilities=None)
    whole = found(equity, assets, liabilities)["going-concern.negative-equity"]
    assert looks(whole, RISK, CRITICAL, "negative_equity", "with-totals")
    assert says(whole, equity=5.0, assets=1.0, liabilities=6.0)
    assert set(whole.facts) == ids(equity, assets, liabilities)
    half = found(equity, assets)["going-concern.negative-equity"]
    assert looks(half, RISK, CRITICAL, "negative_equity", "alone")
    assert set(half.facts) == ids(equity, assets)


@pytest.mark.parametrize(("result", "severity"), [(9.0, HIGH), (-9.0, MEDIUM)])
def test_negative_equity_does_not_answer_whether_a_company_can_go_on(result, severity):
    facts = (fact("net_loss", 2019, result), fact("equity", AT, -5.0))
    assert looks(found(*facts)["going-concern.unknown"], GAP, severity, "gap_going_concern", "equity")
    assert "going-concern.unknown" not in found(*facts, flagged("going_concern_doubt", False))


@pytest.mark.parametrize(
    ("losses", "deficit", "code", "severity", "variant"),
    [
        ((9.0, 10.0), 30.0, "mounting_losses", HIGH, "rising"),
        ((9.0, 10.0), None, "mounting_losses", HIGH, "rising-alone"),
        ((-9.0, 10.0), 30.0, "mounting_losses", HIGH, "turned"),
        ((-9.0, 10.0), None, "mounting_losses", HIGH, "turned"),
        ((10.0, 10.0), None, "losses", MEDIUM, "falling"),
        ((11.0, 10.0), 10.0, "losses", MEDIUM, "falling"),
        ((11.0, 10.0), 11.0, "mounting_losses", HIGH, "piled-up"),
        ((10.0,), None, "losses", MEDIUM, "single"),
        ((10.0,), 11.0, "mounting_losses", HIGH, "piled-up"),
    ],
)
def test_losses_by_their_course(losses, deficit, code, severity, variant):
    facts = [fact("net_loss", 2020 - len(losses) + i, x) for i, x in enumerate(losses)]
    facts += [] if deficit is None else [fact("accumulated_deficit", AT, deficit)]
    loss = found(*facts)["going-concern.losses"]
    assert looks(loss, RISK, severity, code, variant)
    before = {"before": losses[0], "before_period": "2018"} if len(losses) == 2 else {"before": None}
    assert says(loss, loss=10.0, period="2019", deficit=deficit, **before)
    assert set(loss.facts) == ids(*facts)


@pytest.mark.parametrize("loss", [-0.1, -5.0])
def test_a_year_with_a_profit_is_an_asset(loss):
    profit = found(fact("net_loss", 2019, loss))["going-concern.profit"]
    assert looks(profit, ASSET, MEDIUM, "profit")
    assert says(profit, profit=-loss, period="2019")
    assert found(fact("net_loss", 2018, 3.0), fact("net_loss", 2019, loss))["going-concern.profit"].kind == ASSET


def test_a_year_of_nought_is_no_profit_and_no_loss():
    assert {"going-concern.profit", "going-concern.losses"}.isdisjoint(found(fact("net_loss", 2019, 0.0)))


def test_losses_alone_leave_the_question_open():
    assert looks(found(fact("net_loss", 2019, 9.0))["going-concern.unknown"], GAP, HIGH, "gap_going_concern")
    assert "going-concern.unknown" not in found()
    assert "going-concern.losses" not in found(fact("accumulated_deficit", AT, 9.0))


# Distress scores


def statements(liabilities=50.0, deficit=-20.0, loss=-5.0, **changes):
    figures = {
        "total_assets": 100.0,
        "total_liabilities": liabilities,
        "current_assets": 60.0,
        "current_liabilities": 40.0,
        "accumulated_deficit": deficit,
    }
    held = [fact(name, AT, value) for name, value in (figures | changes).items() if value is not None]
    return (*held, *(() if loss is None else (fact("net_loss", 2019, loss),)))


def test_the_scores_read_each_figure_into_its_place():
    facts = statements()
    z, em, p = distress_scores(view_of(*facts))
    expected = Statements(100.0, 50.0, 60.0, 40.0, 20.0, 5.0, 5.0)
    assert (z.value, em.value, p.value) == pytest.approx(
        (altman_z2(expected), altman_z2(expected, emerging_market=True), zmijewski(expected))
    )
    assert (z.zone, em.zone, p.zone) == ("safe", "safe", "safe")
    assert set(z.facts) == ids(*facts)
    assert set(p.facts) == ids(*facts) - {"company-accumulated_deficit-2019-12-31"}
    assert looks(found(*facts)["going-concern.ratios"], ASSET, LOW, "static_ratios", "plain")


def test_a_stated_operating_loss_comes_before_costs_and_net_loss():
    costs = (fact("gross_profit", 2019, 9.0), fact("r_and_d", 2019, 2.0), fact("sga", 2019, 3.0))
    stated, _, p = distress_scores(view_of(*statements(), *costs, fact("operating_loss", 2019, -7.0)))
    assert stated.result == "stated"
    assert stated.value == pytest.approx(altman_z2(Statements(100.0, 50.0, 60.0, 40.0, 20.0, 7.0, 5.0)))
    assert p.value == pytest.approx(zmijewski(Statements(100.0, 50.0, 60.0, 40.0, 20.0, 7.0, 5.0)))
    from_costs, _, _ = distress_scores(view_of(*statements(), *costs))
    assert from_costs.value == pytest.approx(altman_z2(Statements(100.0, 50.0, 60.0, 40.0, 20.0, 4.0, 5.0)))
    two, _, _ = distress_scores(view_of(*statements(), *costs[:2]))
    assert two.result == "net_loss"


def test_the_zones_of_the_scores():
    zones = {}
    for deficit in (-40.0, 10.0, 90.0):
        z, em, _ = distress_scores(view_of(*statements(deficit=deficit)))
        assert z.zone == em.zone == ("distress" if z.value < 1.10 else "safe" if z.value > 2.60 else "grey")
        zones[deficit] = z.zone
    assert zones == {-40.0: "safe", 10.0: "grey", 90.0: "distress"}
    _, _, p = distress_scores(view_of(*statements(liabilities=78.0)))
    assert (p.zone, 0.4 < p.value <= 0.5) == ("safe", True)
    _, _, p = distress_scores(view_of(*statements(liabilities=82.0)))
    assert (p.zone, 0.5 < p.value < 0.7) == ("distress", True)


def test_distress_by_either_score_is_a_small_risk():
    ratios = found(*statements(liabilities=90.0, deficit=-80.0))["going-concern.ratios"]
    assert looks(ratios, RISK, LOW, "static_ratios", "plain")
    certain = found(*statements(liabilities=200.0))["going-concern.ratios"]
    assert looks(certain, RISK, LOW, "static_ratios", "certain")
    without_deficit = found(*statements(liabilities=200.0, deficit=None))["going-concern.ratios"]
    assert looks(without_deficit, RISK, LOW, "static_ratios", "half-certain")
    alone = found(*statements(deficit=None))["going-concern.ratios"]
    assert looks(alone, GAP, LOW, "gap_static_ratios", "half-plain")
    assert "going-concern.ratios" not in found(*statements(loss=None))


def test_missing_inputs_are_named():
    z, em, p = distress_scores(view_of(*statements(deficit=None)))
    assert (z.missing, em.missing, p.missing) == (("accumulated_deficit",), ("accumulated_deficit",), ())
    assert p.value is not None
    z, _, p = distress_scores(view_of(*statements(total_assets=0.0)))
    assert (z.missing, p.missing) == (("total_assets",), ("total_assets",))
    z, _, p = distress_scores(view_of(fact("net_loss", 2019, 1.0)))
    four = ("total_assets", "total_liabilities", "current_assets", "current_liabilities")
    assert (z.missing, p.missing) == ((*four, "accumulated_deficit"), four)
    z, _, p = distress_scores(view_of(*statements(current_liabilities=0.0, loss=None)))
    assert z.missing == ("current_liabilities", "net_loss")
    assert p.missing == ("current_liabilities", "net_loss")
    assert distress_scores(view_of(*statements(total_liabilities=0.5)))[0].value is not None
