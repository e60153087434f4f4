"""Of random deals: after a failure only the waterfall pays; no instalment precedes its condition."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from tests.engine.simulation.examples import POLICY, model
from tests.holding import holding
from tests.sampling import examples
from tests.strategies import AT, sheets

from guanzi.deal.program import grid_of
from guanzi.deal.terms import Condition, Equity, Guarantee
from guanzi.deal.terms.conditions import DateTest, Logic
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.interpreter import run_path
from guanzi.engine.simulation.compose import compose

FRAIL = {"other_failure": ("fixed", (0.1,)), "cash": ("fixed", (200.0,))}
"""A company that fails on most paths within the horizon."""
SHEETS = sheets(tuple(sorted(model().provides())), ("quarter", "month"))
AFTER_ALL = date(2022, 6, 30)


def traces(terms, paths=3):
    """The trace of some paths, and the step in which the company failed (-1: it did not)."""
    program = assemble(compose(terms, model(**FRAIL), replace(POLICY, payers=terms.public[:1])))
    for path in range(paths):
        result = run_path(program, 1, path, trace=True)
        failed = dict(zip(program.outputs, result.outputs.values(), strict=True))["with.failed_step"]
        yield [x for x in result.trace if x.what == "pays" and x.amount], failed


def check(terms):
    """Parties of the deal neither pay nor get anything after the failure; within its step the estate pays last."""
    parties = {f"acct.{p.id}" for p in terms.parties} | {"acct.company.with"}
    for paid, failed in traces(terms):
        late = [x for x in paid if 0 <= failed < x.step and {x.subject, x.object} & parties]
        assert late == []
        step = [x for x in paid if x.step == failed and {x.subject, x.object} & parties]
        clauses = [x.clause for x in step]
        if "failure" in clauses:
            guarantees = {g.id for g in terms.of(Guarantee)}
            assert set(clauses[clauses.index("failure") :]) <= {"failure"} | guarantees


@given(SHEETS)
@settings(max_examples=examples(8), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_after_a_failure_money_moves_by_the_waterfall_alone(terms):
    check(terms)


@pytest.mark.prove
@given(SHEETS)
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_after_a_failure_money_moves_by_the_waterfall_alone_in_300_deals(terms):
    check(terms)


@given(SHEETS)
@settings(max_examples=examples(6), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_instalment_is_paid_before_its_condition_holds(terms):
    later = DateTest("after", AFTER_ALL.isoformat(), AT)

    def bound(tranche):
        old = tranche.condition
        tree = later if old is None else Logic("and", (later, old.tree), AT)
        return replace(tranche, condition=Condition("", tree, AT), expires=None)

    held = tuple(replace(q, tranches=tuple(map(bound, q.tranches))) for q in terms.of(Equity))
    terms = holding(terms, equities=held)
    grid = grid_of(terms)
    clauses = {f"{q.id}.{t.id}" for q in held for t in q.tranches}
    for paid, _ in traces(terms, paths=2):
        assert all(grid.first_day(x.step) > AFTER_ALL for x in paid if x.clause in clauses)
