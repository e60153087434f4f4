"""Fabs and companies before their first product: own facts first, comparables next, judgement last, never a crash."""

import math
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.simulation.examples import sheet
from tests.holding import holding
from tests.sampling import examples
from tests.study.diligence.views import SOURCE, fact, quarters, view_of

from guanzi.advice.calibration import price_of_deal
from guanzi.advice.calibration.deep_judgements import DEEP_JUDGEMENTS
from guanzi.advice.calibration.fab import GOOD, TURNOVER
from guanzi.advice.calibration.fab_judgements import FAB_JUDGEMENTS
from guanzi.advice.calibration.making import judged
from guanzi.advice.calibration.model import RULES, _prefix, calibrate, rules_sha256
from guanzi.advice.calibration.plant import OF_CLASS
from guanzi.advice.calibration.scaled import TURNOVER as BOOK_TURNOVER
from guanzi.base.core import InvalidInput, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import Equity, Unknown
from guanzi.engine.company import MODELS
from guanzi.record.evidence import SheetFile
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME

FAB, DEEP = "capacity-cycle-fab", "pre-revenue-deep-tech"


SIGNED = {"signed": date(2020, 4, 29)}
PRICED = sheet(**SIGNED)
PLAIN = holding(PRICED, equities=tuple(replace(x, share=Unknown(x.place)) for x in PRICED.of(Equity)))
"""The example with a price, and with a share that is not known."""


def calibrated(model, *facts, terms=PLAIN):
    view = replace(view_of(*facts), model=model)
    return calibrate(view, terms).parameters


DENIED = re.compile(r"^No [^:]*\b(?:known|held)\b[^:]*\.$|: none\.$")
"""A sentence of a judgement that says that there is nothing, and no more."""


@pytest.mark.parametrize("model", sorted(RULES))
def test_a_judgement_that_only_denies_is_one_of_nothing(model):
    rules = RULES[model]
    for name, spread in rules.judgements.items():
        said = render(judged(name, spread, _prefix(name, spread, rules)).origin.because)
        assert not DENIED.search(said) or spread.median == 0, (name, said)


@pytest.mark.parametrize("model", MODELS)
def test_a_case_without_facts_is_judged_throughout_and_every_reason_is_a_sentence(model):
    found = calibrated(model)
    assert set(found) == set(RULES[model].judgements) == set(MODELS[model].PARAMETERS)
    for name, parameter in found.items():
        if name == "growth_long" and model == "scale-up-manufacturer":
            assert parameter.origin.parents == ("prior.base-rate-book-2016",)
        elif name in OF_CLASS:
            assert (parameter.origin.kind, parameter.origin.parents) == ("comparable", (f"prior.{OF_CLASS[name]}",))
        elif name != "founder_share" and parameter.origin.because.id != "appraisal.origin.industry_margin":
            assert parameter.origin.kind == "judgement"
        for lang in ("en", "zh"):
            assert render(parameter.origin.because, lang), name
        assert parameter.unit == MODELS[model].UNITS[name]


NUMBERS = sorted(n for n, units in UNITS_BY_NAME.items() if not {"text", "flag"} & set(units) and n != "usd_cny")
RATES = [
    fact(f"{code.lower()}_cny", "2019-12-31", rate, f"CNY per {code}", "fx")
    for code, rate in (("USD", 6.9618), ("EUR", 7.8), ("GBP", 9.15))
]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(NUMBERS),
            st.sampled_from(["2018", "2019", "2019Q3", "2019Q4", "2019-12-31"]),
            st.one_of(st.floats(-1e5, 1e5), st.sampled_from([0.0, 1.0, -1.0, 1e9])),
            st.integers(0, 3),
            st.sampled_from(["company", "market", "rival"]),
        ),
        max_size=14,
        unique_by=lambda f: (f[0], f[1], f[4]),
    ),
    st.sampled_from([FAB, DEEP]),
)
@settings(max_examples=examples(120), deadline=None, suppress_health_check=list(HealthCheck))
def test_no_combination_of_figures_breaks_a_calibration(drawn, model):
    facts = [
        fact(name, period, value, UNITS_BY_NAME[name][unit % len(UNITS_BY_NAME[name])], subject)
        for name, period, value, unit, subject in drawn
    ]
    facts += RATES
    found = calibrated(model, *facts)
    held = {f.id for f in facts}
    for name, parameter in found.items():
        assert (parameter.origin.kind == "judgement") == (not parameter.origin.parents), name
        assert {p for p in parameter.origin.parents if not p.startswith(("terms.", "prior."))} <= held
        assert render(parameter.origin.because)


def test_a_planned_plant_gives_its_size_and_a_price_at_which_it_turns_over():
    plan = (fact("plan_investment", "2019", 17_500.0), fact("plan_capacity", "2019", 90_000.0, "substrates/month"))
    found = calibrated(FAB, *plan)
    assert found["project_capex"].distribution.values[1] == 17_500.0
    assert found["project_capacity"].distribution.median <= 270_000.0
    price = found["price"].distribution.values[0]
    assert price * 4 * 270_000 * GOOD == pytest.approx(TURNOVER[1] * 17_500.0)
    assert {"company-plan_investment-2019", "company-plan_capacity-2019"} == set(found["price"].origin.parents)


def test_lines_that_stand_sell_what_was_sold():
    found = calibrated(FAB, fact("revenue", "2019", 8_000.0), fact("capacity", "2019", 40_000.0, "wafers/month"))
    capacity, price = (found[n].distribution.values[0] for n in ("capacity", "price"))
    assert capacity * price * 4 * GOOD == pytest.approx(8_000.0)
    assert found["assets"].distribution.values[1] == pytest.approx(8_000.0 / BOOK_TURNOVER[1])
    assert found["project_capex"].distribution.values == (0.0,)
    assert found["project_capex"].origin.kind == "trend"


@pytest.mark.parametrize(("change", "hot"), [(-0.3, False), (0.25, True)])
def test_a_fall_or_rise_of_the_price_says_where_in_the_cycle_the_deal_is_signed(change, hot):
    found = calibrated(FAB, fact("product_price_change", "2019", change, "ratio", "market"))
    assert (found["hot_at_start"].distribution.median > 0.5) == hot
    small = calibrated(FAB, fact("product_price_change", "2019", 0.02, "ratio", "market"))
    assert small["hot_at_start"].distribution == FAB_JUDGEMENTS["hot_at_start"]


@pytest.mark.parametrize(
    ("facts", "stage", "origin"),
    [
        ((), 1.0, "judgement"),
        ((("type_certificate", "none", "text"),), 1.0, "trend"),
        ((("type_certificate", "EH216-S obtained days before", "text"), ("production_certificate", "none", "text")),
         3.0, "trend"),
        ((("type_certificate", "none", "text"), ("certification_basis", "special conditions adopted", "text")),
         2.0, "trend"),
        ((("type_certificate", True, "flag"), ("production_certificate", True, "flag")), 4.0, "trend"),
        ((("type_certificate", False, "flag"),), 1.0, "trend"),
    ],
)  # fmt: skip
def test_certificates_say_which_stages_are_passed(facts, stage, origin):
    found = calibrated(DEEP, *(fact(name, "2019-12-31", value, unit) for name, value, unit in facts))
    assert found["stage_at_start"].distribution.values == (stage,)
    assert found["stage_at_start"].origin.kind == origin


def test_trial_deliveries_and_losses_give_price_and_burn():
    found = calibrated(
        DEEP,
        *quarters("deliveries", "2019Q1", 10, 12, 11, 11, unit="aircraft"),
        fact("revenue", "2019Q4", 22.0),
        fact("operating_loss", "2019Q4", 75.0),
        fact("gross_margin", "2019Q4", 0.6, "ratio"),
        fact("cash", "2019-12-31", 300.0),
    )
    assert found["trial_units"].distribution.values[1] == 11.0
    assert found["price"].distribution.values[0] == pytest.approx(2.0)
    assert found["opex"].distribution.values[2] == pytest.approx(75.0 + 0.6 * 22.0)
    assert found["cash"].distribution.values[1] == 300.0


def test_amounts_in_other_money_count_at_the_rate_held_and_are_refused_without_one():
    dollars = fact("cash", "2019-12-31", 100.0, "USD m")
    held = calibrated(DEEP, dollars, fact("usd_cny", "2019-12-31", 6.9618, "CNY per USD", "fx"))
    assert held["cash"].distribution.values[-1] == pytest.approx(696.18)
    assert "fx-usd_cny-2019-12-31" in held["cash"].origin.parents
    with pytest.raises(InvalidInput) as refused:
        calibrated(DEEP, dollars)
    assert [p.cause.id for p in refused.value.problems] == ["appraisal.fact.no_rate"]


def test_amounts_are_counted_in_the_money_of_the_term_sheet():
    euro = replace(PLAIN, currency="EUR")
    found = calibrated(DEEP, fact("cash", "2019-12-31", 50.0, "EUR m"), terms=euro)
    assert found["cash"].distribution.values[-1] == pytest.approx(50.0)
    assert found["cash"].unit == "EUR m"
    assert found["equity"].distribution.values[0] == pytest.approx(DEEP_JUDGEMENTS["equity"].values[0] / 7.8)
    assert found["setback"].unit == "ratio"


def test_companies_draw_under_their_own_name_and_share_their_track():
    view = replace(view_of(), model=FAB)
    model = calibrate(view, PLAIN)
    assert (model.streams.company, model.streams.track) == (view.company.id, view.industry)


def test_the_rules_of_every_model_are_hashed():
    assert len(rules_sha256()) == 64
    assert rules_sha256() == rules_sha256()
    assert set(RULES) == set(MODELS)
    assert len({rules.version for rules in RULES.values()}) == len(RULES)


def test_equity_placed_beside_the_public_side_is_cash_where_no_balance_was_held():
    placed = (fact("equity_raised", "2020-03-31", (6000.0, 12000.0)), fact("public_equity", "2020-04-01", 3000.0))
    cash = calibrated(FAB, *placed)["cash"]
    assert cash.distribution.values == (3000.0, 6000.0, 9000.0)
    held = calibrated(FAB, *placed, fact("cash", "2019-12-31", 500.0))["cash"]
    assert held.distribution.values[-1] == 500.0


VALUES = {
    "market_value": ("2020-03-31", 900.0),
    "post_money": ("2019-06-30", 1480.0),
    "total_assets": ("2019-12-31", 700.0),
    "raised_to_date": ("2019-12-31", 400.0),
}


@pytest.mark.parametrize("model", MODELS)
def test_what_shares_are_worth_comes_from_the_market_then_the_round_then_the_books_then_the_capital_raised(model):
    owed = fact("total_liabilities", "2019-12-31", 200.0)
    left = dict(VALUES)
    for name, expected in (
        ("market_value", 900.0),
        ("post_money", 1000.0),
        ("total_assets", 500.0),
        ("raised_to_date", 400.0),
    ):
        facts = [fact(n, day, value) for n, (day, value) in left.items()]
        equity = calibrated(model, *facts, owed)["equity"]
        middle, width = equity.distribution.values
        priced = name in ("market_value", "post_money")
        assert (middle * math.exp(width**2 / 2) if priced else middle) == pytest.approx(expected)
        assert f"company-{name}-{VALUES[name][0]}" in equity.origin.parents
        del left[name]
    assert calibrated(model, owed)["equity"].origin.kind == "judgement"


def test_the_older_the_price_the_less_it_tells():
    fresh, stale = (
        calibrated(DEEP, fact("market_value", day, 900.0))["equity"] for day in ("2020-04-28", "2018-04-28")
    )
    assert fresh.distribution.values[1] < 0.1 < 0.5 < stale.distribution.values[1]


@pytest.mark.parametrize("name", ["market_value", "post_money"])
def test_age_makes_a_price_uncertain_and_not_greater(name):
    """An old round would else be worth more on average than a fresh one of the same amount, and the deal with it."""
    held = [fact(name, day, 900.0) for day in ("2020-03-28", "2016-04-28")]
    drawn = [calibrated(DEEP, x)["equity"].distribution.values for x in held]
    means = [middle * math.exp(width**2 / 2) for middle, width in drawn]
    assert means[0] == pytest.approx(means[1])


def with_sheet(*facts, known_on, cites="filing"):
    draft = SheetFile(
        "draft",
        date.fromisoformat(known_on),
        parse_yaml(TextFile("draft.yaml", f"source: {cites}", (f"source: {cites}",))),
    )
    sources = (SOURCE, *(replace(SOURCE, id=id) for id in ("filing", "press")))
    return replace(view_of(*facts), model=DEEP, sheets=(draft,), sources=sources)


def test_the_price_of_the_deal_typed_as_a_round_is_not_used_and_the_round_before_it_counts():
    """Of the day of the term sheet or later; or in a source of the term sheet, and of the weeks before."""
    before = fact("post_money", "2019-06-30", 1480.0)
    for day, source in (("2020-04-29", "press"), ("2020-03-15", "filing")):
        own = replace(fact("post_money", day, 9000.0), source=source)
        view = with_sheet(before, own, known_on="2020-04-01")
        equity = calibrate(view, PLAIN).parameters["equity"]
        assert equity.origin.parents[0] == before.id
        assert price_of_deal(view, own)
        assert not price_of_deal(view, before)
    other = replace(fact("post_money", "2020-03-15", 9000.0), source="press")
    view = with_sheet(before, other, known_on="2020-04-01")
    assert calibrate(view, PLAIN).parameters["equity"].origin.parents[0] == other.id


def test_the_price_of_the_deal_under_examination_tells_nothing_of_the_value():
    """The buyer would only learn that he agrees with himself."""
    for model in MODELS:
        assert calibrated(model, terms=PRICED)["equity"] == calibrated(model)["equity"]


def test_prices_of_two_years_tell_how_much_the_shares_move():
    """Twelve months, each e^0.2 up or down: 0.2 a month is 0.2 times the root of twelve a year."""
    days = [f"{2019 + (m + 3) // 12}-{(m + 3) % 12 + 1:02d}-15" for m in range(12)]
    facts = [fact("share_price", day, 10.0 * 1.2214 ** (i % 2), "CNY") for i, day in enumerate(days)]
    found = calibrated(DEEP, *facts)["volatility"]
    assert found.distribution.values[0] == pytest.approx(0.2 * 12**0.5, rel=0.02)
    assert len(found.origin.parents) == 12
    assert calibrated(DEEP, *facts[:7])["volatility"].origin.kind == "judgement"
    stated = calibrated(DEEP, *facts, fact("volatility", "2020-03-31", 0.9, "ratio"))["volatility"]
    assert stated.distribution.values[0] == 0.9


def test_a_price_and_the_number_of_shares_are_a_market_value():
    facts = (
        fact("share_price", "2020-04-01", 12.0, "CNY"),
        fact("shares_outstanding", "2019-12-31", 50.0, "million shares"),
    )
    middle, width = calibrated(DEEP, *facts)["equity"].distribution.values
    assert middle * math.exp(width**2 / 2) == pytest.approx(600.0)
