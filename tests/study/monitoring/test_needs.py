"""What a condition is said to rest on is all that it rests on: whatever else is observed, its truth stays."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mypy import api
from tests.sampling import examples

from guanzi.deal.terms import Grid, NumberFold, TruthFold, parse_condition
from guanzi.deal.terms.scope import Scope
from guanzi.study.monitoring import ConditionVerdict, Examiner, Observations
from guanzi.study.monitoring.needs import ConditionNeeds

GRID = Grid(date(2019, 5, 6), 3, 14)
LAST = 13
SCOPE = Scope(tiers=("plant",), events=("closing",), loans=("bridge",))
CONDITIONS = (
    "units > 5",
    "units * 2 >= year_total(units) / 3 and headcount > 3",
    "listed",
    "not listed or units < 4",
    "year_total(units) > 9",
    "total(units, last=12) > 9",
    "cumulative(units) > 30",
    "total(units * months_since('closing'), last=9) > 100",
    "event('closing')",
    "months_since('closing') > 6",
    "months_since('bridge') > 12 and units > 3",
    "tier('plant')",
    "before('2021-01-01') and units > 3",
    "consecutive(units > 4, years=2)",
    "held(units > 2 or listed, years=1)",
    "held(not consecutive(year_total(units) > 9, years=1), years=0.5)",
)
NAMES = ("units", "headcount", "listed", "closing", "bridge")
"""Figures, a truth, an event and an instalment."""


def condition(text):
    tree = parse_condition(text, SCOPE).tree
    assert tree is not None, text
    return tree


@st.composite
def observed(draw):
    """All is known; each figure of a step rests on a fact of its own."""
    level = st.integers(0, 8).map(float)
    numbers = {name: tuple(draw(level) for _ in range(LAST + 1)) for name in ("units", "headcount")}
    steps = {name: draw(st.integers(0, LAST)) for name in ("closing", "bridge")}
    return Observations(
        GRID,
        LAST,
        numbers,
        {"listed": tuple(draw(st.booleans()) for _ in range(LAST + 1))},
        {"units": tuple(draw(level) for _ in range(8))},
        {name: tuple(t >= step for t in range(LAST + 1)) for name, step in steps.items()},
        steps,
        {(name, t): (f"{name}@{t}",) for name in NAMES for t in range(-8, LAST + 1)},
    )


def examiner(seen):
    """The tier stands on units alone."""
    found = Examiner(seen)
    found.tiers["plant"] = found.test(condition("units > 6"))
    return found


def changed(seen, name, t):
    """The same with one observation that is another."""
    if name in ("closing", "bridge"):  # it happened, or did not, at another time
        step = t if seen.steps[name] != t else (t + 1) % (LAST + 1)
        row = tuple(s >= step for s in range(LAST + 1))
        return replace(seen, happened=seen.happened | {name: row}, steps=seen.steps | {name: step})
    if name == "listed":
        row = tuple(x is not (s == t) for s, x in enumerate(seen.truths[name]))
        return replace(seen, truths={name: row})
    held = seen.before if t < 0 else seen.numbers
    if name not in held:
        return seen
    place = -t - 1 if t < 0 else t
    row = tuple(8.0 - x if s == place else x for s, x in enumerate(held[name]))
    return replace(seen, **{"before" if t < 0 else "numbers": {**held, name: row}})


@pytest.mark.parametrize("text", CONDITIONS)
@settings(max_examples=examples(4), deadline=None)
@given(data=st.data())
def test_what_is_not_named_never_moves_the_truth(text, data):
    seen, tree = data.draw(observed()), condition(text)
    before = examiner(seen).test(tree)
    t = data.draw(st.integers(0, LAST))
    apart = [
        (name, at)
        for name in NAMES
        for at in range(-8, t + 1)
        if f"{name}@{at}" not in before.facts[t] and (name not in SCOPE.events + SCOPE.loans)
    ]
    apart += [(name, t) for name in ("closing", "bridge") if f"{name}@{t}" not in before.facts[t]]
    other = seen
    for name, at in apart:
        other = changed(other, name, at)
    assert examiner(other).test(tree).truths[t] == before.truths[t]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("units > 5", {"units@7"}),
        ("consecutive(units > 4, years=1)", {"units@6"}),
        ("held(listed, years=0.5)", {"listed@6", "listed@7"}),
        ("total(units, last=6) > 3 and not listed", {"units@6", "units@7", "listed@7"}),
        ("total(units * months_since('closing'), last=6) > 9", {"units@6", "units@7", "closing@6", "closing@7"}),
        ("tier('plant') or event('closing')", {"units@7", "closing@7"}),
        ("months_since('bridge') > 3", {"bridge@7"}),
        ("before('2030-01-01')", set()),
    ],
)
@settings(max_examples=1)
@given(seen=observed())
def test_a_condition_rests_on_the_facts_of_every_step_that_it_looks_at(text, facts, seen):
    assert set(examiner(seen).test(condition(text)).facts[7]) == facts


def test_every_node_of_a_condition_has_a_need_of_its_own():
    own = {name for name in vars(ConditionNeeds) if not name.startswith("_")}
    assert own >= TruthFold.__abstractmethods__ | NumberFold.__abstractmethods__
    assert not ConditionNeeds.__abstractmethods__
    assert ConditionVerdict is type(examiner(Observations(GRID, 0)).tiers["plant"])


@pytest.mark.prove
def test_the_type_checker_refuses_needs_that_leave_out_a_node(tmp_path):
    text = "\n".join(
        (
            "from collections.abc import Iterator",
            "from guanzi.deal.terms import NumberFold, TruthFold",
            "class Half(TruthFold[Iterator[str]], NumberFold[Iterator[str]]):",
            "    pass",
            "Half()",
        )
    )
    file = tmp_path / "half.py"
    file.write_text(text)
    said, _, code = api.run([str(file), "--no-incremental"])
    assert code == 1
    assert "abstract" in said
