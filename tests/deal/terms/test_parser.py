"""Conditions are read into typed trees, and whatever is wrong with them is said, all at once and in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import AT, SCOPE, conditions, without_places

from guanzi.base.core import InvalidInput, render
from guanzi.deal.terms import parse, parse_condition, unparse
from guanzi.deal.terms.conditions import (
    Arithmetic,
    Consecutive,
    DateTest,
    Held,
    Logic,
    MonthsSince,
    Negation,
    Number,
    Observable,
    Relation,
    TierInForce,
    Total,
    Type,
)

UNITS = Observable("units", Type.NUMBER, "units", AT)
LISTED = Observable("listed", Type.TRUTH, "", AT)


def tree(text):
    return without_places(parse(text, SCOPE))


def faults(text):
    """Offset, text and sentence of everything wrong with a condition."""
    return [(p.place.column - 1, p.excerpt, render(p.cause)) for p in parse_condition(text, SCOPE).problems]


def only(text):
    """The one thing that is wrong with a condition."""
    (problem,) = parse_condition(text, SCOPE).problems
    assert problem.excerpt in text
    return problem


def mend(text):
    return render(only(text).fix)


@given(conditions(wild=True))
def test_what_is_written_out_reads_back_as_the_same_condition(condition):
    assert tree(unparse(condition)) == without_places(condition)


@given(st.text(max_size=60))
def test_any_text_is_either_a_condition_or_has_an_error(text):
    parsed = parse_condition(text, SCOPE)
    assert (parsed.tree is None) == any(p.severity == "error" for p in parsed.problems)


SHREDS = (
    "units listed and or not ( ) < >= = == % 40% 20_000 + / , ' total consecutive last= years=2 2025-01-01 _ \u2265 is"
)


@given(st.lists(st.sampled_from(SHREDS.split()), max_size=12).map(" ".join))
def test_shreds_of_conditions_are_either_a_condition_or_have_an_error(text):
    parsed = parse_condition(text, SCOPE)
    assert (parsed.tree is None) == any(p.severity == "error" for p in parsed.problems)
    for problem in parsed.problems:
        assert render(problem.cause)
        assert 1 <= problem.place.column <= len(text) + 1


def test_percentages_are_ratios_to_the_last_digit():
    assert tree("founder_share >= 24.1149%") == Relation(
        ">=", Observable("founder_share", Type.NUMBER, "ratio", AT), Number(0.241149, AT), AT
    )
    assert tree("founder_share >= 8.5 %and listed") == tree("founder_share >= 0.085 and listed")


def test_a_chain_of_comparisons_means_both():
    low, high = Number(10.0, AT), Number(20.0, AT)
    total = Total(UNITS, None, AT)
    both = Logic("and", (Relation("<", low, total, AT), Relation("<=", total, high, AT)), AT)
    assert tree("10 < year_total(units) <= 20") == both


def test_a_chained_sum_is_two_sums_with_histories_of_their_own():
    chain = parse("10 < year_total(units) <= 20")
    assert chain.items[0].right is not chain.items[1].left


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("total(units, last='12 months') > 5", Total(UNITS, 12, AT)),
        ("total(units, last='2 years') > 5", Total(UNITS, 24, AT)),
        ("total(units, 6) > 5", Total(UNITS, 6, AT)),
        ("year_total(units) > 5", Total(UNITS, None, AT)),
        ("cumulative(units) > 5", Total(UNITS, 0, AT)),
        ("cumulative(units, since=signing) > 5", Total(UNITS, 0, AT)),
    ],
)
def test_windows(text, expected):
    assert tree(text).left == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("held(not listed, years=1.5)", Held(Negation(LISTED, AT), 1.5, AT)),
        ("consecutive(listed, years=2)", Consecutive(LISTED, 2, AT)),
        ("tier('plant')", TierInForce("plant", AT)),
        ("tier(plant)", TierInForce("plant", AT)),
        ("before('2025-12-31')", DateTest("before", "2025-12-31", AT)),
        ("after(2025-06-30)", DateTest("after", "2025-06-30", AT)),
    ],
)
def test_names_and_dates_with_or_without_quotes(text, expected):
    assert tree(text) == expected


def test_months_since_takes_instalments_and_events():
    assert tree("months_since('t1') > 60").left == MonthsSince("t1", AT)
    assert tree("months_since('closing') > 60").left == MonthsSince("closing", AT)


def test_months_since_takes_loans():
    assert tree("months_since('bridge') > 60").left == MonthsSince("bridge", AT)


def test_division_binds_more_tightly_than_a_sum():
    assert tree("units + units / 2 > 3").left == Arithmetic("+", UNITS, Arithmetic("/", UNITS, Number(2.0, AT), AT), AT)


def test_a_misspelt_name_is_answered_with_the_nearest():
    problem = only("not control_change")
    assert (problem.place.column, problem.excerpt) == (5, "control_change")
    assert render(problem.fix) == "did you mean control_changed?"


def test_all_faults_are_reported_at_once_in_their_places():
    found = faults("unit > 3 and cash > units and tier('plan') and  listd")
    assert [(offset, text) for offset, text, _ in found] == [
        (0, "unit"),
        (20, "units"),
        (35, "'plan'"),
        (48, "listd"),
    ]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("cash > year_total(units)", "CNY m cannot be compared with units"),
        ("cash + year_total(units) > 3", "CNY m and units cannot be combined with +"),
        ("year_total(units) > 40%", "“40%” is a percentage, but is compared with units"),
        ("total(cash, last=12) > 3", "“cash” is a state, not a flow: it cannot be summed over time"),
        (
            "total(year_total(units), last=12) > 3",
            "“year_total(units)” is a state, not a flow: it cannot be summed over time",
        ),
        ("year_total(units)", "“year_total(units)” is a number, but a condition is needed here"),
        ("not capacity_local", "“capacity_local” is a number, but a condition is needed here"),
        ("listed > 3", "“listed” is a condition, but a number is needed here"),
        ("hq_local == listed", "“hq_local” is a condition, but a number is needed here"),
        ("total(units, last=7) > 3", "“7” is not a period that fits the steps of the sheet"),
        ("held(listed, years=0.1)", "“0.1” is not a period that fits the steps of the sheet"),
        ("consecutive(listed, years=1.5)", "“1.5” is not a whole number of years"),
        ("held(listed)", "“held” does not take 1 argument of these kinds"),
        ("consecutive(listed, months=2)", "“consecutive” does not take 2 arguments of these kinds"),
        ("before('31 May 2025')", "“'31 May 2025'” is not a date"),
        ("before('2025-02-30')", "“'2025-02-30'” is not a date"),
        ("event('signing')", "there is no event or promise “signing”"),
        ("totals(units) > 3", "“totals” is not a function of conditions"),
        ("listed()", "“listed” is an observable, not a function"),
        ("held", "“held” is a function and needs its arguments"),
        ("units > 20k", "“20k” is not a number"),
        ("units > 1e999", "“1e999” is not a number"),
        ("listed = 1", "a single = does not compare values"),
        ("(listed", "a bracket is not closed"),
        ("listed)", "a closing bracket has no opening bracket"),
        ("event('closing", "a quotation mark is not closed: 'closing"),
        ("listed hq_local", "this cannot be read as a condition: “hq_local”"),
        ("", "the condition is empty"),
        ("_", "“_” cannot be used in conditions"),
        ("listed ** 2 > 1", "the sign “**” cannot be used in conditions"),
        ("listed and\nlambda", "“lambda” cannot be used in conditions"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text, cause):
    assert cause in [sentence for _, _, sentence in faults(text)]
    with pytest.raises(InvalidInput):
        parse(text, SCOPE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plant", "write tier('plant')"),
        ("closing", "write event('closing')"),
        ("event('t1')", "write months_since('t1')"),
        ("tier('closing')", "write event('closing')"),
        ("year_total(units) ≥ 3", "write >="),
        ("listed && hq_local", "write and"),
        ("listed AND hq_local", "write and"),
        ("heldd(listed, years=2)", "write held(condition, years=2)"),
        ("Listed", "did you mean listed?"),
    ],
)
def test_the_mend_says_what_to_write(text, expected):
    assert mend(text) == expected


def test_a_ratio_compared_with_forty_is_a_warning_that_offers_forty_percent():
    problem = only("founder_share >= 40")
    assert problem.severity == "warning"
    assert render(problem.fix) == "write 40%"
    assert parse("founder_share >= 40") is not None


def test_a_flow_compared_without_a_window_is_a_warning():
    problem = only("units < 20_000")
    assert (problem.severity, render(problem.cause)) == ("warning", "“units” alone counts only one step of 3 months")


def test_a_quotient_of_money_is_a_plain_number():
    assert faults("debt / cash > 3") == []
    assert faults("jobs_local / headcount >= 50%") == []
    assert faults("year_total(units) >= 80% * capacity_local") == []


def test_nothing_is_ever_evaluated():
    for text in ("__import__('os')", "().__class__", "[x for x in units]", "open('x')", "lambda: 1", "units if listed"):
        assert parse_condition(text, SCOPE).tree is None


@pytest.mark.parametrize("text", ["not " * 500 + "listed", "(" * 300 + "listed" + ")" * 300, "1+" * 900 + "1 > 0"])
def test_nesting_without_end_is_refused(text):
    assert parse_condition(text, SCOPE).tree is None


def test_a_text_without_end_is_refused():
    assert "longer than 4,000 characters" in faults("listed or " * 500 + "listed")[0][2]
