"""NIO followed after its signing: nothing later than the day is used, and the forecasts are what they are called."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.advice.following import follow, followed_data, replay, replay_days
from guanzi.advice.following.learnt import sign
from guanzi.advice.following.replay import count_covered
from guanzi.base.core import Period
from guanzi.record.evidence import find_case, load_case, watched_case
from guanzi.record.playbooks import load_playbook

DAY = date(2021, 12, 31)
PATHS = 8192


@pytest.fixture(scope="module")
def case():
    return watched_case(load_case(find_case("nio-hefei-2020")))


@pytest.fixture(scope="module")
def playbook():
    return load_playbook("hefei")


@pytest.fixture(scope="module")
def signed(case, playbook):
    return sign(case, playbook, PATHS)


@pytest.fixture(scope="module")
def told(case, playbook, signed):
    return followed_data(follow(signed, case, playbook, DAY))


@settings(max_examples=examples(8))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["deliveries", "revenue", "cash_and_short_term_investments", "public_cash_returned"]),
            st.floats(0.0, 1e6),
            st.integers(1, 2000),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_random_later_facts_change_no_byte(case, playbook, signed, told, later):
    like = next(f for f in case.facts if f.name == "deliveries" and f.period.kind == "quarter")
    made = [
        replace(
            like,
            id=f"later-{n}",
            name=name,
            value=value,
            unit="vehicles" if name == "deliveries" else "CNY m",
            period=Period.parse("2021Q4") if name in ("deliveries", "revenue") else Period.parse("2021-12-31"),
            known_on=DAY + timedelta(days=days),
        )
        for n, (name, value, days) in enumerate(later)
    ]
    more = replace(case, facts=(*case.facts, *made))
    assert followed_data(follow(signed, more, playbook, DAY)) == told


def test_the_forecast_of_signing_stays_as_it_was(case, playbook, signed, told):
    earlier = followed_data(follow(signed, case, playbook, date(2020, 11, 30)))
    assert earlier["series"][0]["signed"][:2] == told["series"][0]["signed"][:2]


def test_what_was_paid_came_back_and_the_rest_is_worth_something(told):
    stands = told["position"]
    assert (stands["paid"], stands["returned"]) == (4800.0, 8000.0)
    assert stands["outstanding"] < 0.0
    assert stands["break_even"] == 0.0
    assert stands["proceeds"][1] > 0.0


def test_a_company_that_went_where_no_path_went_is_not_forecast_by_them(told):
    assert told["refused"]["id"] == "forecasting.conditioning.thin"
    assert told["waiting"] is None
    assert all(band is None for band in told["series"][0]["learnt"])
    assert told["surprises"][0]["chance"] < 0.01


def test_a_fresh_forecast_begins_in_the_quarter_of_the_day(told):
    units = told["series"][0]
    first = next(n for n, band in enumerate(units["fresh"]) if band is not None)
    assert units["periods"][first] == "2021Q4"
    assert units["came"][first] is None


def test_in_the_quarter_of_signing_the_fresh_forecast_begins_with_that_quarter(case, playbook, signed):
    units = followed_data(follow(signed, case, playbook, date(2020, 5, 15)))["series"][0]
    first = next(n for n, band in enumerate(units["fresh"]) if band is not None)
    assert units["periods"][first] == "2020Q2"


@pytest.mark.parametrize(("day", "step"), [(date(2020, 5, 15), -1), (date(2020, 6, 30), 0), (date(2020, 8, 15), 0)])
def test_a_quarter_has_ended_on_its_last_day_and_none_has_at_signing(case, playbook, signed, day, step):
    assert follow(signed, case, playbook, day).today == step


def answered(case, *facts):
    """The case with facts of its own or these, and with an answer to each sign that stood at signing."""
    held = facts or case.facts
    shape = next(f for f in held if f.name == "deliveries" and f.period.kind == "quarter")
    day = date(2020, 4, 20)
    said = {"name": "sign_answered", "value": True, "unit": "flag", "period": Period(day, day), "known_on": day}
    rules = ("going-concern", "cash-months")
    return replace(case, facts=(*held, *(replace(shape, id=f"said-{rule}", subject=rule, **said) for rule in rules)))


def test_before_anything_was_paid_leaving_brings_nothing(case, playbook, signed):
    found = follow(signed, answered(case), playbook, signed.sheet.signed)
    assert found.waiting is not None
    assert found.waiting.now == 0.0


def test_waiting_is_not_valued_while_a_sign_of_trouble_is_unanswered(case, playbook, signed):
    found = follow(signed, case, playbook, signed.sheet.signed)
    assert (found.advice.course, found.waiting) == ("warned", None)


def test_a_reason_that_cannot_be_told_names_what_cannot_be_tested(told):
    about = {t["id"]: t["about"] for t in told["triggers"] if t["met"] is None}
    assert about["breach"]
    assert about["put_open"] == ["put"]


def test_what_was_paid_and_came_back_names_its_facts(case, told):
    facts = {f.id: f.name for f in case.facts}
    behind = told["position"]["facts"]
    assert {facts[f] for f in behind["paid"]} == {"public_cash_received"}
    assert {facts[f] for f in behind["returned"]} == {"public_cash_returned"}


def test_nothing_is_claimed_for_the_year_of_signing_and_the_plan_is_compared(told):
    revenue = {row["period"]: row for row in told["outcome"] if row["quantity"] == "revenue"}
    assert revenue["2020"]["kept"] == pytest.approx(16_258 / 14_800, rel=1e-4)
    assert revenue["2020"]["claim"] == "no_counterfactual"
    assert revenue["2024"]["claim"] == "not_known"


def test_a_replayed_day_compares_four_forecasts_of_figures_that_it_did_not_know(case, signed):
    days = replay_days(case, signed)
    assert days[0] == date(2020, 5, 28)
    (found,) = replay(case, signed, days[3:4])
    assert {a.method for a in found.ahead} == {"signed", "fresh", "walk"}
    assert {str(a.period) for a in found.ahead} == {"2021Q1", "2021Q2", "2021Q3", "2021Q4"}
    assert found.refused


def test_a_company_that_follows_one_of_the_paths_is_followed(case, playbook, signed):
    """The truth is drawn by the model: reports of one path are taken in, and waiting gets a value."""
    first = [
        signed.paths[row][:3] for row in ("units", "revenue")
    ]  # a path amid the others: few follow one at their rim
    apart = [np.abs(x / np.median(x, axis=1, keepdims=True) - 1.0) for x in first]
    alive = int(np.argmin(np.max(apart, axis=(0, 1))))
    like = [f for f in case.facts if f.known_on <= signed.sheet.signed]
    shape = next(f for f in like if f.name == "deliveries" and f.period.kind == "quarter")
    made = [
        replace(
            shape,
            id=f"made-{name}-{step}",
            name=name,
            unit=unit,
            value=float(signed.paths[row][step, alive]) * (signed.scale if unit != "vehicles" else 1.0),
            period=signed.period(step),
            known_on=signed.period(step).end,
        )
        for step in range(3)
        for name, row, unit in (("deliveries", "units", "vehicles"), ("revenue", "revenue", "CNY m"))
    ]
    found = follow(signed, answered(case, *like, *made), playbook, date(2021, 1, 15))
    assert found.conditioned.refused is None
    assert found.conditioned.effective > 100
    assert found.waiting is not None
    assert found.waiting.low <= found.waiting.middle <= found.waiting.high


def test_coverage_counts_figures_inside_their_bands(case, signed):
    (found,) = replay(case, signed, replay_days(case, signed)[3:4])
    half, nine, n = count_covered(found.ahead)
    assert 0 <= half <= nine <= n
