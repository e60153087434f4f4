"""A condition has the same truth in monitoring as in the interpreter of the whole deal, on the same numbers."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.deal.terms.known_company import run
from tests.sampling import examples
from tests.strategies import sheet_data, sheet_of

from guanzi.deal.terms import OBSERVABLES, STOCK, EventHappened, MonthsSince, Observable, Type, conditions_of, walk
from guanzi.study.monitoring import Observations, examine, grid_of

LEVELS = {
    "units": st.integers(0, 60_000).map(float),
    "revenue": st.integers(0, 20_000).map(float),
    "headcount": st.integers(0, 20_000).map(float),
    "jobs_local": st.integers(0, 20_000).map(float),
    "tax_local": st.integers(0, 500).map(float),
    "supplier_share_local": st.integers(0, 100).map(lambda n: n / 100),
    "founder_share": st.integers(0, 100).map(lambda n: n / 100),
    "capacity_local": st.integers(0, 200_000).map(float),
}
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""A failing sheet is shown as it was found: making it small takes minutes."""
OTHER = st.integers(-30, 100).map(lambda n: n / 100)


@st.composite
def futures(draw, steps):
    """A company's state step by step: numbers change now and then, truths turn."""
    future = {}
    for t in range(steps):
        names = draw(st.lists(st.sampled_from(sorted(set(OBSERVABLES) - {"solvent"})), max_size=4, unique=True))
        future[t] = {
            name: float(draw(st.booleans())) if OBSERVABLES[name].type is Type.TRUTH else draw(LEVELS.get(name, OTHER))
            for name in names
        }
    return future


def observed(terms, future):
    """What the deal's own run saw, as observations, and what it made of tiers and covenants."""
    trees = [part for condition in conditions_of(terms) for part in walk(condition.tree)]
    names = sorted({x.name for x in trees if isinstance(x, Observable)} | {"solvent"})
    clocked = {x.target for x in trees if isinstance(x, MonthsSince)}
    happenings = {x.id for x in (*terms.events, *terms.promises)}
    asked = sorted(clocked | {x.event for x in trees if isinstance(x, EventHappened)} | happenings)
    watch = [f"o.{n}" for n in names]
    watch += [f"{'event' if x in happenings else 'done'}.{x}" for x in asked] + [f"step.{x}" for x in asked]
    watch += [f"tier.{x.id}" for x in terms.tiers] + [f"breach.{x.id}" for x in terms.covenants]
    seen = run(terms, future, watch).outputs
    grid = grid_of(terms)
    happened = {}
    for x in asked:
        row = [bool(v) for v in seen[f"{'event' if x in happenings else 'done'}.{x}"]]
        happened[x] = tuple(row) if x in happenings else (False, *row[:-1])  # paid after the conditions of its step
    return seen, Observations(
        grid,
        grid.count - 1,
        {n: tuple(seen[f"o.{n}"]) for n in names if OBSERVABLES[n].type is Type.NUMBER},
        {n: tuple(bool(v) for v in seen[f"o.{n}"]) for n in names if OBSERVABLES[n].type is Type.TRUTH},
        {n: (0.0,) * 40 for n in names if OBSERVABLES[n].kind != STOCK},  # the known company had nothing before signing
        happened,
        {x: int(seen[f"step.{x}"][-1]) for x in asked},
    )


def same_truths(data, *steps):
    terms = sheet_of(data.draw(sheet_data(steps=steps)))
    future = data.draw(futures(terms.horizon * 12 // terms.step))
    seen, observations = observed(terms, future)
    found = examine(terms, observations, date(2040, 1, 1), 60)
    for tier in found.tiers:
        assert [float(bool(x)) for x in tier.verdict.truths] == seen[f"tier.{tier.id}"], tier
    for covenant in found.covenants:
        if covenant.verdict is None:
            continue
        broken = [bool(x) and t >= covenant.since for t, x in enumerate(covenant.verdict.truths)]
        latched = [float(any(broken[: t + 1])) for t in range(len(broken))]
        assert latched == seen[f"breach.{covenant.id}"], covenant


@settings(max_examples=examples(6), deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_tiers_and_covenants_are_true_in_monitoring_when_they_are_in_the_interpreter(data):
    same_truths(data, "quarter")


@pytest.mark.prove
@settings(max_examples=200, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_over_many_random_sheets_monitoring_and_interpreter_agree(data):
    same_truths(data, "quarter", "month")


@settings(max_examples=examples(6), deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_with_figures_missing_a_known_truth_is_the_one_that_all_figures_give(data):
    """Three values are sound: what is known with holes is what is known without them."""
    terms = sheet_of(data.draw(sheet_data(steps=("quarter",))))
    _, whole = observed(terms, data.draw(futures(terms.horizon * 12 // terms.step)))
    holes = data.draw(st.integers(1, 5))

    def pierced(rows):
        return {
            name: tuple(None if (t * 7 + len(name)) % 6 < holes and name != "solvent" else v for t, v in enumerate(row))
            for name, row in rows.items()
        }

    holed = Observations(
        whole.grid,
        whole.until,
        pierced(whole.numbers),
        pierced(whole.truths),
        whole.before,
        pierced(whole.happened),
        whole.steps,
    )
    full, partial = (examine(terms, seen, date(2040, 1, 1), 60) for seen in (whole, holed))
    pairs: list[tuple[Any, Any]] = [(a.verdict, b.verdict) for a, b in zip(full.tiers, partial.tiers, strict=True)]
    pairs += [(a.verdict, b.verdict) for a, b in zip(full.covenants, partial.covenants, strict=True) if a.verdict]
    pairs += [(a.verdict, b.verdict) for a, b in zip(full.rights, partial.rights, strict=True)]
    for known, guess in pairs:
        assert None not in known.truths
        for t, (a, b) in enumerate(zip(known.truths, guess.truths, strict=True)):
            assert b in (None, a)
            assert (b is None) == bool(guess.missing[t])
