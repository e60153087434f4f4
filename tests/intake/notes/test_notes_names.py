"""Names of research notes: the period that they carry, the name of the vocabulary that they mean, and their sign."""

from datetime import date

import pytest
import yaml
from tests.intake.notes.test_notes import GOOD, imported

from guanzi.intake.notes.names import near_name, sure_name
from guanzi.intake.notes.periods import period_in
from guanzi.record.evidence import load_case
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME


@pytest.mark.parametrize(
    ("name", "stem", "period"),
    [
        ("net_loss_q2_2018", "net_loss", "2018Q2"),
        ("revenue_2020", "revenue", "2020"),
        ("2020_loss", "loss", "2020"),
        ("sales_jan2021", "sales", "2021-01"),
        ("orders_march_2020", "orders", "2020-03"),
        ("revenue_9m_2017", "revenue", "2017-01/2017-09"),
        ("revenue_first_9_months_2017", "revenue", "2017-01/2017-09"),
        ("h1_2011_loss", "loss", "2011H1"),
        ("revenue_2h2022", "revenue", "2022H2"),
        ("loss_first_half_2019", "loss", "2019H1"),
        ("cash_end_2023", "cash", "2023-12-31"),
        ("cash_end_q2_2023", "cash", "2023-06-30"),
        ("cash_at_end_of_2021", "cash", "2021-12-31"),
        ("cumulative_loss_2021_23", "cumulative_loss", "2021/2023"),
        ("losses_2021_to_2023", "losses", "2021/2023"),
        ("deliveries_jan_jul_2017", "deliveries", "2017-01/2017-07"),
        ("loss_nov2021_jan2022", "loss", "2021-11/2022-01"),
        ("gross_margin", "gross_margin", None),
        ("operating_margin", "operating_margin", None),
        ("augsburg_plant", "augsburg_plant", None),
        ("decision", "decision", None),
        ("plant", "plant", None),
    ],
)
def test_a_period_is_read_from_whole_words_of_a_name(name, stem, period):
    found = period_in(name)
    assert (found.stem, None if found.period is None else str(found.period)) == (stem, period)


@pytest.mark.parametrize("word", ["gross_margin", "operating_margin", "augsburg_output", "mayor", "decline", "janus"])
@pytest.mark.parametrize("year", [2020, 2023])
def test_a_word_that_begins_like_a_month_is_no_month(word, year):
    assert str(period_in(f"{word}_{year}").period) == str(year)
    assert period_in(f"{word}_{year}").stem == word


@pytest.mark.parametrize("name", ["revenue_fq2_2023", "revenue_q2_fy2023", "revenue_fy23_q2", "revenue_fiscal_q2_2023"])
def test_a_fiscal_quarter_is_no_quarter_of_the_calendar_and_the_day_says_where_it_lies(name):
    found = period_in(name)
    assert (found.stem, found.fiscal, found.period) == ("revenue", True, None)
    assert str(found.placed(date(2023, 2, 28))) == "2022-12/2023-02"
    assert found.placed(date(2023, 3, 15)) is None
    assert found.placed(None) is None


def test_a_quarter_without_a_year_lies_where_the_day_says_or_nowhere():
    found = period_in("free_cash_flow_q2")
    assert str(found.placed(date(2018, 6, 30))) == "2018Q2"
    assert found.placed(date(2018, 9, 30)) is None
    assert str(period_in("loss_ytd_2019").placed(date(2019, 9, 30))) == "2019-01/2019-09"


@pytest.mark.parametrize(
    ("stem", "unit", "name"),
    [
        ("net_income", "USD m", "net_profit"),
        ("cash_end", "CNY m", "cash"),
        ("workforce", "people", "headcount"),
        ("vehicles_sold", "vehicles", "deliveries"),
        ("sales", "SEK m", "revenue"),
        ("sales", "vehicles", "deliveries"),
        ("operating_cash_used", "KRW m", "operating_cash_flow"),
        ("promised_start_of_production", "text", "plan_start"),
        ("example_motors_revenue_reported", "GBP m", "revenue"),
        ("shareholders_equity", "CNY m", "equity"),
        ("cash_and_short_term_investments", "CNY m", "cash_and_short_term_investments"),
        ("county_gdp", "CNY m", "gdp"),
        ("krw_cny", "CNY per KRW", "krw_cny"),
    ],
)
def test_a_name_that_means_one_thing_is_taken_over(stem, unit, name):
    assert sure_name(stem, "facts", unit, "Example Motors (the maker)").name == name


@pytest.mark.parametrize(
    ("stem", "unit", "name"),
    [
        ("preorders", "count", "orders"),
        ("ipo_proceeds", "USD m", "equity_raised"),
        ("series_b1", "USD m", "equity_raised"),
        ("total_incentives", "JPY m", "public_offer"),
        ("gros_margin", "ratio", "gross_margin"),
        ("licence_status", "text", "licence_text"),
        ("only_peer", "text", "market_text"),
    ],
)
def test_a_name_that_is_only_near_is_proposed(stem, unit, name):
    assert sure_name(stem, "facts", unit) is None
    assert near_name(stem, unit).name == name


@pytest.mark.parametrize(
    ("stem", "unit"),
    [("tesla_shanghai_weekly_rate", "vehicles/week"), ("polysilicon_price_fall", "ratio"), ("share_of_voice", "ratio")],
)
def test_a_figure_of_somebody_else_is_proposed_as_nothing(stem, unit):
    assert sure_name(stem, "facts", unit, "NIO") is None
    assert near_name(stem, unit, "NIO") is None


def test_every_name_that_a_rule_gives_is_in_the_vocabulary():
    from guanzi.intake.notes.mapping import tables

    rules = (*tables().names, *tables().near)
    names = {name for r in rules for name in (r.name, r.loss, r.past, r.spanned) if name}
    assert not (names | {name for _, name in tables().topics}) - set(UNITS_BY_NAME)


def one(tmp_path, **entry):
    """The first fact of the example's notes, with other fields."""
    notes = yaml.safe_load(GOOD)
    notes["facts_known_at_decision"][0] |= entry
    made = imported(tmp_path, yaml.safe_dump(notes, allow_unicode=True))
    return load_case(made.folder).facts, made


def only(facts, id):
    return next(f for f in facts if f.id == id)


@pytest.mark.parametrize("value", [50, -50, "about 50"])
def test_what_was_used_is_below_nought_whichever_sign_it_has(tmp_path, value):
    facts, _ = one(tmp_path, name="operating_cash_used_2014", value=value, unit="GBP m", as_of="2014-12-31")
    fact = only(facts, "operating-cash-used-2014")
    assert (fact.name, fact.number, str(fact.period)) == ("operating_cash_flow", -50.0, "2014")


@pytest.mark.parametrize(("value", "name"), [(12, "net_profit"), (-12, "net_loss")])
def test_an_income_below_nought_is_a_loss(tmp_path, value, name):
    facts, _ = one(tmp_path, name="net_income_2014", value=value, unit="GBP m", as_of="2014-12-31")
    assert (only(facts, "net-income-2014").name, only(facts, "net-income-2014").number) == (name, 12.0)


def test_a_balance_is_as_at_the_end_of_what_its_name_says(tmp_path):
    facts, _ = one(tmp_path, name="cash_2014", value=12, unit="GBP m", as_of="2014-12-31")
    assert str(only(facts, "cash-2014").period) == "2014-12-31"


@pytest.mark.parametrize(("name", "became"), [("capex_2014", "capex"), ("capex", "plan_investment")])
def test_what_was_spent_in_a_year_that_is_over_is_no_plan(tmp_path, name, became):
    facts, _ = one(tmp_path, name=name, value=12, unit="GBP m", as_of="2014-12-31")
    assert only(facts, name.replace("_", "-")).name == became


def test_losses_of_several_years_are_of_those_years(tmp_path):
    facts, _ = one(tmp_path, name="cumulative_loss_2012_14", value=12, unit="GBP m", as_of="2014-12-31")
    fact = only(facts, "cumulative-loss-2012-14")
    assert (fact.name, str(fact.period)) == ("net_loss", "2012/2014")


def test_a_fiscal_quarter_is_placed_by_its_day_and_said_to_be(tmp_path):
    facts, made = one(tmp_path, name="revenue_fq2_2015", value=5, unit="GBP m", as_of="2014-11-30")
    assert str(only(facts, "revenue-fq2-2015").period) == "2014-09/2014-11"
    assert "evidence.notes.remark.placed" in {r.text.id for r in made.remarks}


def test_a_period_that_cannot_be_placed_is_said(tmp_path):
    facts, made = one(tmp_path, name="revenue_fq2_2015", value=5, unit="GBP m", as_of="2014-11-12")
    assert str(only(facts, "revenue-fq2-2015").period) == "2014-11-12"
    assert "evidence.notes.remark.period" in {r.text.id for r in made.remarks}


def test_a_length_of_time_that_is_no_period_stays_in_the_name(tmp_path):
    facts, _ = one(tmp_path, name="lock_up_18_months", value=5, unit="GBP m", as_of="2014-12-31")
    assert only(facts, "lock-up-18-months").name == "lock_up_18_months"


def test_a_figure_keeps_what_stands_beside_it(tmp_path):
    facts, _ = one(tmp_path, name="promised_jobs", value="2200 [1,500 Pryor, 700 other]", unit="jobs")
    fact = only(facts, "promised-jobs")
    assert (fact.number, fact.unit) == (2200.0, "jobs")
    assert "[1,500 Pryor, 700 other]" in fact.note


def test_near_names_are_taken_over_in_one_step_when_asked(tmp_path):
    notes = yaml.safe_load(GOOD)
    notes["facts_known_at_decision"][0] |= {"name": "preorders", "value": 700, "unit": "count"}
    made = imported(tmp_path, yaml.safe_dump(notes), accept_names=True)
    assert ("preorders", "orders") in made.accepted
    assert only(load_case(made.folder).facts, "preorders").name == "orders"
