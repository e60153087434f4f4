"""The decision table: what decides, and that no evidence never counts as a no or a yes."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanzi.core import Finding, Kind, Message, Severity
from guanzi.playbooks import (
    AllOf,
    AnyOf,
    FigureTest,
    FindingTest,
    Origin,
    TableRow,
    evaluate,
    leaves,
    load_playbook,
    outcome,
)

TABLE = load_playbook("hefei").table
JUDGEMENT = Origin(kind="judgement", because="playbooks.hefei.because.half")


def finding(code, kind="risk", severity="high"):
    return Finding(f"x.{code}", "x", "x", Kind(kind), Severity(severity), Message.of("playbooks.x"), code=code)


def row(id, stage, test, if_fail, no_evidence="insufficient_evidence", condition="c"):
    return TableRow(
        id=id, stage=stage, rule="playbooks.rule.remedies", test=test, if_fail=if_fail, no_evidence=no_evidence,
        condition=condition, origin=JUDGEMENT,
    )  # fmt: skip


def at_most(figure, value):
    return FigureTest(figure=figure, op="<=", value=value)


SOUND = {
    "evidence.coverage": 1.0,
    "public.amount_to_budget": 0.04,
    "budget.worst_year_share": 0.02,
    "exposure.failure_p95_share": 0.03,
    "fund.loss_probability": 0.2,
    "fund.npv_mean": 100.0,
    "fund.irr": 0.15,
    "put.receipt_to_price": 0.95,
    "exposure.before_new_tier_share": 0.2,
    "terms.conditional_share": 0.8,
    "terms.unknown_clauses": 0.0,
    "company.failure_probability_5y": 0.1,
    "additionality.survival": 0.3,
}
PUT = finding("put_right", "asset")


def test_a_sound_deal_is_backed_without_conditions():
    decision = evaluate(TABLE, SOUND, [PUT])
    assert decision.advice == "back"
    assert not decision.deciding
    assert not decision.demands
    assert {r.outcome for r in decision.rows} == {"pass"}


def test_a_gate_decides_before_any_limit_or_trade_off():
    broke = {**SOUND, "budget.worst_year_share": 0.5}
    decision = evaluate(TABLE, broke, [PUT, finding("no_series_product", severity="critical")])
    assert decision.advice == "decline"
    assert decision.deciding == ("series-product",)


def test_a_known_failure_weighs_more_than_a_lack_of_evidence_beside_it():
    decision = evaluate(TABLE, {}, [finding("no_series_product", severity="critical")])
    assert decision.advice == "decline"


def test_without_any_evidence_the_advice_is_that_there_is_none():
    decision = evaluate(TABLE, {}, [])
    assert decision.advice == "insufficient_evidence"
    assert "evidence-coverage" in decision.deciding


def test_an_unknown_budget_is_not_a_budget_that_can_bear_it():
    unknown = {**SOUND, "budget.worst_year_share": None}
    assert evaluate(TABLE, unknown, [PUT]).advice == "insufficient_evidence"


def test_a_figure_that_is_not_a_number_is_no_evidence():
    assert outcome(at_most("a", 1.0), {"a": float("nan")}, ()) == "no_evidence"


def test_doubt_about_survival_is_excused_by_others_with_money_at_risk():
    doubt = finding("going_concern", severity="critical")
    assert evaluate(TABLE, SOUND, [PUT, doubt]).advice == "decline"
    assert evaluate(TABLE, SOUND, [PUT, doubt, finding("bridge_money", "asset")]).advice == "back"


def test_a_product_below_cost_passes_only_while_its_margin_improves():
    below = finding("unit_margin_negative")
    better, worse = finding("margin_trend", "asset"), finding("margin_trend", "risk")
    assert evaluate(TABLE, SOUND, [PUT, below, better]).advice == "back"
    assert evaluate(TABLE, SOUND, [PUT, below, worse]).advice == "decline"
    assert evaluate(TABLE, SOUND, [PUT, below, finding("gap_margin_trend", "gap")]).advice == "insufficient_evidence"


def test_conditions_are_collected_with_the_rows_that_demand_them():
    bare = {**SOUND, "exposure.before_new_tier_share": 1.0, "terms.conditional_share": 0.0, "fund.irr": 0.01}
    decision = evaluate(TABLE, bare, [PUT])
    assert decision.advice == "back_with_conditions"
    assert {d.id: d.because for d in decision.demands} == {
        "better-price": ("fund-return",),
        "tie-instalments": ("money-before-binding", "conditional-money"),
    }


def test_a_lack_that_is_only_noted_stops_nothing():
    assert evaluate(TABLE, {**SOUND, "put.receipt_to_price": None}, [PUT]).advice == "back"


def test_within_a_stage_decline_comes_before_insufficient_and_both_before_conditions():
    table = (
        row("soft", "limit", at_most("a", 1.0), "back_with_conditions"),
        row("dark", "limit", at_most("b", 1.0), "decline"),
        row("hard", "limit", at_most("c", 1.0), "decline"),
    )
    assert evaluate(table, {"a": 2.0, "b": None, "c": 2.0}, ()).deciding == ("hard",)
    assert evaluate(table, {"a": 2.0, "b": None, "c": 0.0}, ()).deciding == ("dark",)
    assert evaluate(table, {"a": 2.0, "b": 0.0, "c": 0.0}, ()).deciding == ("soft",)


def test_a_row_shows_the_findings_and_figures_it_met():
    doubt, bridge = finding("going_concern", severity="critical"), finding("bridge_money", "asset")
    decision = evaluate(TABLE, SOUND, [PUT, doubt, bridge])
    shown = {r.id: r for r in decision.rows}
    assert shown["going-concern"].findings == (doubt.id, bridge.id)
    assert shown["worst-year-tenth"].figures == ("budget.worst_year_share",)
    assert dict(shown["worst-year-tenth"].rule.params) == {"limit": 0.10}


@pytest.mark.parametrize(("severity", "fails"), [("critical", True), ("high", True), ("medium", False), ("low", False)])
def test_a_finding_counts_from_its_severity_upwards(severity, fails):
    test = FindingTest(finding="f", severity="high", absent=True)
    assert outcome(test, {}, [finding("f", severity=severity)]) == ("fail" if fails else "pass")


OUTCOMES = {"pass": 0.0, "fail": 2.0, "no_evidence": None}


@pytest.mark.parametrize(("left", "right"), list(product(OUTCOMES, repeat=2)))
def test_all_and_any_follow_kleenes_logic(left, right):
    order = ["fail", "no_evidence", "pass"]
    parts = (at_most("l", 1.0), at_most("r", 1.0))
    figures = {"l": OUTCOMES[left], "r": OUTCOMES[right]}
    assert outcome(AllOf(all=parts), figures, ()) == min(left, right, key=order.index)
    assert outcome(AnyOf(any=parts), figures, ()) == max(left, right, key=order.index)


CODES = sorted({t.finding for r in TABLE for t in leaves(r.test) if isinstance(t, FindingTest)})
FIGURES = sorted({t.figure for r in TABLE for t in leaves(r.test) if isinstance(t, FigureTest)})
worlds = st.tuples(
    st.fixed_dictionaries({}, optional={f: st.none() | st.floats(-1, 1) for f in FIGURES}),
    st.lists(
        st.builds(finding, st.sampled_from(CODES), st.sampled_from(["risk", "asset"]), st.sampled_from(["critical"])),
        unique_by=lambda f: f.id,
    ),
)


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_the_advice_is_that_of_the_rows_that_decided(world):
    figures, findings = world
    decision = evaluate(TABLE, figures, findings)
    assert (decision.advice == "back") == (decision.deciding == ())
    assert all(r.consequence == decision.advice for r in decision.rows if r.decided)
    assert bool(decision.demands) == (decision.advice == "back_with_conditions")
    assert evaluate(TABLE, figures, tuple(reversed(findings))).advice == decision.advice


@settings(max_examples=60, deadline=None)
@given(worlds, st.sampled_from(FIGURES))
def test_taking_evidence_away_never_turns_a_no_into_a_yes(world, figure):
    figures, findings = world
    before = evaluate(TABLE, figures, findings).advice
    after = evaluate(TABLE, {**figures, figure: None}, findings).advice
    if before in ("decline", "insufficient_evidence"):
        assert after in ("decline", "insufficient_evidence")
