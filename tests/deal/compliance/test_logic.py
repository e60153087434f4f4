"""Three-valued conditions against their definition: decided means that every way to fill the gaps decides alike."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Place
from guanzi.deal.compliance.logic import ANY, Facts, evaluate
from guanzi.deal.terms import Arithmetic, DateTest, Logic, Negation, Number, Observable, Relation, TierInForce, Type

DAY = date(2024, 3, 15)
NOWHERE = Place("")
TRUTHS = ("p", "q", "r")


def truth(name):
    return Observable(name, Type.TRUTH, "", NOWHERE)


def number(name):
    return Observable(name, Type.NUMBER, "ratio", NOWHERE)


conditions = st.recursive(
    st.sampled_from(TRUTHS).map(truth),
    lambda inner: st.one_of(
        inner.map(lambda item: Negation(item, NOWHERE)),
        st.tuples(st.sampled_from(("and", "or")), st.lists(inner, min_size=2, max_size=3)).map(
            lambda made: Logic(made[0], tuple(made[1]), NOWHERE)
        ),
    ),
    max_leaves=8,
)


@given(conditions, st.fixed_dictionaries({name: st.sampled_from((True, False, None)) for name in TRUTHS}))
def test_a_decided_condition_holds_however_the_gaps_are_filled(tree, known):
    said = evaluate(tree, Facts(known, DAY))
    gaps = [name for name in TRUTHS if known[name] is None]
    filled = [
        evaluate(tree, Facts(known | dict(zip(gaps, values, strict=True)), DAY)).value
        for values in itertools.product((True, False), repeat=len(gaps))
    ]
    assert None not in filled
    if said.value is not None:
        assert set(filled) == {said.value}
        assert not said.open
    else:
        assert said.open <= set(gaps)
        assert said.open


@given(
    st.sampled_from(("<", "<=", ">", ">=", "==", "!=")),
    *[st.tuples(st.integers(-5, 5), st.integers(0, 4)) for _ in range(2)],
)
def test_a_comparison_of_intervals_is_decided_when_all_their_values_agree(op, left, right):
    intervals = {"a": (left[0], left[0] + left[1]), "b": (right[0], right[0] + right[1])}
    said = evaluate(Relation(op, number("a"), number("b"), NOWHERE), Facts(intervals, DAY)).value
    results = {
        evaluate(Relation(op, number("a"), number("b"), NOWHERE), Facts({"a": (x, x), "b": (y, y)}, DAY)).value
        for x in range(intervals["a"][0], intervals["a"][1] + 1)
        for y in range(intervals["b"][0], intervals["b"][1] + 1)
    }
    assert results == ({said} if said is not None else {True, False})


@given(st.sampled_from("+-*/"), *[st.tuples(st.integers(-6, 6), st.integers(0, 4)) for _ in range(2)])
def test_arithmetic_encloses_every_result(op, left, right):
    intervals = {"a": (left[0], left[0] + left[1]), "b": (right[0], right[0] + right[1])}
    tree = Arithmetic(op, number("a"), number("b"), NOWHERE)
    said = evaluate(tree, Facts(intervals, DAY)).value
    if not isinstance(said, tuple):
        assert op == "/"
        assert intervals["b"][0] <= 0 <= intervals["b"][1]
        return
    for x in range(intervals["a"][0], intervals["a"][1] + 1):
        for y in range(intervals["b"][0], intervals["b"][1] + 1):
            exact = {"+": x + y, "-": x - y, "*": x * y, "/": x / y if y else 0}[op]
            assert said[0] - 1e-12 <= exact <= said[1] + 1e-12


def test_what_is_missing_is_named_once_it_matters_and_not_otherwise():
    either = Logic("or", (truth("p"), truth("q")), NOWHERE)
    assert evaluate(either, Facts({"p": True}, DAY)).open == set()
    assert evaluate(either, Facts({"p": False}, DAY)).open == {"q"}


def test_an_amount_in_another_currency_needs_its_rate():
    tree = Relation(">", number("aid"), Number(10.0, NOWHERE), NOWHERE)
    values = {"aid": (5.0, 5.0)}
    assert evaluate(tree, Facts(values, DAY, None, {"aid"}.__contains__, "rate_eur")).open == {"rate_eur"}
    assert evaluate(tree, Facts(values, DAY, (3.0, 3.0), {"aid"}.__contains__)).value is True
    assert evaluate(tree, Facts({"aid": (0.0, 0.0)}, DAY, None, {"aid"}.__contains__, "rate_eur")).value is False


@pytest.mark.parametrize(("op", "day", "wanted"), [("before", "2024-03-16", True), ("after", "2024-03-15", False)])
def test_a_date_is_that_of_signing(op, day, wanted):
    assert evaluate(DateTest(op, day, NOWHERE), Facts({}, DAY)).value is wanted


def test_an_unknown_number_can_be_anything():
    assert evaluate(Arithmetic("+", number("a"), number("a"), NOWHERE), Facts({}, DAY)).value is None
    assert evaluate(Relation("<", number("a"), Number(1.0, NOWHERE), NOWHERE), Facts({"a": ANY}, DAY)).value is None


def test_a_rule_cannot_hold_what_only_a_sheet_can():
    with pytest.raises(TypeError, match="TierInForce"):
        evaluate(TierInForce("plant", NOWHERE), Facts({}, DAY))
