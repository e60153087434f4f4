"""A fold of conditions answers every node, or cannot be made: neither by Python nor past the type checker."""

import pytest
from hypothesis import given
from mypy import api
from tests.strategies import conditions

from guanzi.deal.terms import (
    NumberFold,
    Rewriting,
    SmallestFold,
    TruthFold,
    children,
    parse_condition,
    senses,
    type_of,
    unparse,
    walk,
)
from guanzi.deal.terms.conditions import Expression, Type
from guanzi.deal.terms.scope import Scope

NODES = {kind.__name__ for kind in Expression.__value__.__args__}
METHODS = TruthFold.__abstractmethods__ | NumberFold.__abstractmethods__
SCOPE = Scope(tiers=("plant",), events=("closing",), loans=("bridge",))
WHOLE = """\
not (units * 2 >= year_total(units) / 3 and listed or held(event('closing'), years=1))
and consecutive(not months_since('bridge') > 12, years=2) and before('2030-12-31') and tier('plant')"""


def condition(text):
    tree = parse_condition(text, SCOPE).tree
    assert tree is not None
    return tree


def answering(*names):
    """A fold that says which of its methods was asked, and has these methods alone."""
    methods = {name: lambda self, x, name=name: name for name in names}
    return type("Answering", (TruthFold, NumberFold), methods)


def asked(fold, node):
    return fold.truth(node) if type_of(node) is Type.TRUTH else fold.number(node)


def test_each_node_is_answered_by_a_method_of_its_own():
    fold = answering(*METHODS)()
    answers = {(type(node).__name__, type_of(node)): asked(fold, node) for node in walk(condition(WHOLE))}
    assert {name for name, _ in answers} == NODES
    assert sorted(answers.values()) == sorted(METHODS)


@pytest.mark.parametrize("missing", sorted(METHODS))
def test_a_fold_that_leaves_out_a_node_cannot_be_made(missing):
    with pytest.raises(TypeError, match=missing):
        answering(*METHODS - {missing})()


@pytest.mark.prove
def test_the_type_checker_names_the_node_that_a_fold_leaves_out(tmp_path):
    file = tmp_path / "partial.py"
    file.write_text(
        "from guanzi.deal.terms import Expression, Rewriting\n\n\n"
        "class Partial(Rewriting): ...\n\n\n"
        "def made(tree: Expression) -> Expression:\n    return Partial().truth(tree)\n",
        "utf-8",
    )
    told, _, status = api.run(["--strict", "--cache-dir", str(tmp_path), str(file)])
    assert status == 1
    assert 'Cannot instantiate abstract class "Partial" with abstract attribute "smallest"' in told


def test_a_truth_is_no_number_and_a_number_no_truth():
    fold = answering(*METHODS)()
    truth = condition("units >= 1")
    with pytest.raises(TypeError, match="not a number"):
        fold.number(truth)
    with pytest.raises(TypeError, match="not a truth"):
        fold.truth(children(truth)[0])


@given(conditions())
def test_rewriting_nothing_gives_the_same_condition(tree):
    class Same(Rewriting):
        def smallest(self, x, /):
            return x

    assert Same().truth(tree) == tree


def test_what_stands_under_a_not_serves_by_not_holding_and_a_year_is_looked_at_when_it_ends():
    found = senses(condition("not (listed or consecutive(year_total(units) < 5, years=2)) and held(solvent, years=1)"))
    assert [(unparse(sense.tree), sense.holds, sense.yearly) for sense in found] == [
        ("listed", False, False),
        ("year_total(units) < 5", False, True),
        ("solvent", True, False),
    ]


def test_a_limit_is_read_from_either_side():
    assert unparse(condition("5 < units").with_limit_right()) == "units > 5"
    assert unparse(condition("units > 5").with_limit_right()) == "units > 5"
    assert unparse(condition("5 <= units").denied()) == "5 > units"


def test_the_smallest_truths_are_those_without_truths_in_them():
    class Smallests(SmallestFold[list[str]]):
        def smallest(self, x, /):
            return [type(x).__name__]

        def negation(self, x, /):
            return [name for part in children(x) for name in self.truth(part)]

        logic = consecutive = held = negation

    assert set(Smallests().truth(condition(WHOLE))) == {
        "Relation", "Observable", "EventHappened", "TierInForce", "DateTest",
    }  # fmt: skip
