"""The decision table: what decides, and that no evidence never counts as a no or a yes."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.base.core import Finding, Kind, Message, Severity
from guanzi.record.playbooks import (
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
    assert "size-quarter" in decision.deciding


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


def test_what_is_missing_puts_off_a_decision_only_where_its_answer_could_turn_it():
    table = (
        row("dark", "gate", at_most("b", 1.0), "decline"),
        row("hard", "limit", at_most("c", 1.0), "decline"),
        row("mild", "gate", at_most("d", 1.0), "back_with_conditions"),
    )
    known = {"b": None, "c": 2.0, "d": 0.0}
    assert evaluate(table, known, ()).advice == "decline"  # no answer to b could fix c
    assert evaluate(table, {**known, "c": 0.0}, ()).advice == "insufficient_evidence"
    mild = evaluate(table, {"b": 0.0, "c": 0.0, "d": None}, ())
    assert mild.advice == "back_with_conditions"  # the worst answer to d is a condition, which is demanded now
    assert mild.deciding == ("mild",)


def test_a_row_that_the_deal_cannot_meet_or_break_neither_holds_nor_fails():
    table = (row("fund", "limit", at_most("a", 1.0), "decline"),)
    for value in (0.0, 2.0, None):
        decision = evaluate(table, {"a": value}, (), frozenset({"fund"}))
        assert decision.rows[0].outcome == "not_applicable"
        assert decision.advice == "back"


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


@settings(max_examples=examples(60), deadline=None)
@given(worlds)
def test_the_advice_is_that_of_the_rows_that_decided(world):
    figures, findings = world
    decision = evaluate(TABLE, figures, findings)
    assert (decision.advice == "back") == (decision.deciding == ())
    assert all(r.consequence == decision.advice for r in decision.rows if r.decided)
    assert bool(decision.demands) == (decision.advice == "back_with_conditions")
    assert evaluate(TABLE, figures, tuple(reversed(findings))).advice == decision.advice


@settings(max_examples=examples(60), deadline=None)
@given(worlds, st.sampled_from(FIGURES))
def test_taking_evidence_away_never_turns_a_no_into_a_yes(world, figure):
    figures, findings = world
    before = evaluate(TABLE, figures, findings).advice
    after = evaluate(TABLE, {**figures, figure: None}, findings).advice
    if before in ("decline", "insufficient_evidence"):
        assert after in ("decline", "insufficient_evidence")


WARNINGS = [
    ("market-demand", "related_party_demand", "medium"),
    ("product-before-plant", "plant_before_product", "high"),
    ("one-city", "several_city_promises", "high"),
    ("one-city", "capacity_elsewhere", "high"),
    ("licence", "no_licence", "high"),
    ("plan-paid", "plan_unfunded", "medium"),
    ("buyer-obligations", "buyer_obligations", "high"),
    ("buyer-record", "buyer_without_record", "high"),
    ("buyer-record", "buyer_new", "high"),
    ("price-paid", "price_deferred", "medium"),
    ("price-paid", "seller_pays_more", "high"),
    ("site-title", "site_not_owned", "high"),
    ("pledged-shares", "pledged_shares", "high"),
    ("litigation", "litigation", "high"),
    ("founder-identity", "founder_not_identified", "critical"),
]


@pytest.mark.parametrize(("id", "code", "severity"), WARNINGS)
def test_a_warning_demands_its_condition_and_never_declines(id, code, severity):
    decision = evaluate(TABLE, SOUND, [PUT, finding(code, severity=severity)])
    assert decision.advice == "back_with_conditions"
    assert decision.deciding == (id,)
    assert len(decision.demands) == 1


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("plant_before_product", "medium"),
        ("several_city_promises", "medium"),
        ("capacity_elsewhere", "medium"),
        ("buyer_obligations", "medium"),
        ("pledged_shares", "medium"),
        ("litigation", "medium"),
    ],
)
def test_a_remark_of_a_check_is_no_warning(code, severity):
    assert evaluate(TABLE, SOUND, [PUT, finding(code, severity=severity)]).advice == "back"


@pytest.mark.parametrize("row", [r for r in TABLE if r.id in {id for id, *_ in WARNINGS}], ids=lambda r: r.id)
def test_an_open_question_of_a_warning_is_noted_and_changes_nothing(row):
    for gap in dict.fromkeys(code for leaf in leaves(row.test) for code in leaf.unknown_if):
        decision = evaluate(TABLE, SOUND, [PUT, finding(gap, "gap")])
        assert decision.advice == "back"
        assert {r.id: r.outcome for r in decision.rows}[row.id] == "no_evidence"


def test_the_warnings_are_conditions_by_judgement_and_no_gates():
    rows = [r for r in TABLE if r.id in {id for id, *_ in WARNINGS}]
    assert len(rows) == 12
    assert {(r.stage, r.if_fail, r.no_evidence, r.origin.kind) for r in rows} == {
        ("tradeoff", "back_with_conditions", "note", "judgement")
    }
    assert len({r.condition for r in rows}) == 12


@pytest.mark.parametrize(
    ("op", "holds"),
    [
        ("<=", (True, True, False)),
        ("<", (True, False, False)),
        (">=", (False, True, True)),
        (">", (False, False, True)),
    ],
)
def test_a_figure_is_held_against_its_limit(op, holds):
    test = FigureTest(figure="a", op=op, value=1.0)
    assert [outcome(test, {"a": value}, ()) == "pass" for value in (0.9, 1.0, 1.1)] == list(holds)
    assert outcome(test, {}, ()) == "no_evidence"


@pytest.mark.parametrize("floor", [None, "low", "medium", "high", "critical"])
def test_severities_are_in_their_order(floor):
    order = ["low", "medium", "high", "critical"]
    test = FindingTest(finding="f", severity=floor)
    met = [outcome(test, {}, [finding("f", severity=s)]) == "pass" for s in order]
    assert met == [order.index(s) >= order.index(floor or "low") for s in order]


def test_a_finding_of_another_kind_or_code_is_not_meant():
    test = FindingTest(finding="f", kind="risk")
    assert outcome(test, {}, [finding("f", "risk")]) == "pass"
    assert outcome(test, {}, [finding("f", "asset")]) == "fail"
    assert outcome(test, {}, [finding("g", "risk")]) == "fail"


def test_what_excuses_a_finding_and_what_leaves_it_open():
    test = FindingTest(finding="f", absent=True, unless=("excuse",), unknown_if=("gap",))
    f, excuse, gap, other = (finding(code) for code in ("f", "excuse", "gap", "other"))
    for found, expected in (
        ((), "pass"),
        ((f,), "fail"),
        ((f, excuse), "pass"),
        ((gap,), "no_evidence"),
        ((f, gap), "fail"),
        ((excuse, gap), "pass"),
    ):
        assert outcome(test, {}, found) == expected
    (shown,) = evaluate((row("r", "gate", test, "decline"),), {}, (f, excuse, gap, other)).rows
    assert shown.findings == (f.id, excuse.id)
    assert outcome(FindingTest(finding="f", unless=("excuse",)), {}, (excuse,)) == "fail"


def test_only_a_row_that_demands_its_condition_shows_it():
    table = (
        row("asks", "tradeoff", at_most("a", 1.0), "back_with_conditions"),
        row("holds", "tradeoff", at_most("b", 1.0), "back_with_conditions", condition="d"),
    )
    decision = evaluate(table, {"a": 2.0, "b": 0.0}, ())
    assert [r.condition for r in decision.rows] == ["c", None]
    assert [(r.decided, r.consequence) for r in decision.rows] == [(True, "back_with_conditions"), (False, "pass")]
    assert [(d.id, d.because) for d in decision.demands] == [("c", ("asks",))]


@pytest.mark.parametrize("rate", [0.14285714285714285, 7.0, 1 / 3, 1e6])
def test_half_of_a_sum_is_half_in_every_currency(rate):
    share = (0.1 * rate + 0.2 * rate) / (0.6 * rate)
    for op, met in {">=": "pass", "<=": "pass", ">": "fail", "<": "fail"}.items():
        test = FigureTest.model_validate({"figure": "terms.conditional_share", "op": op, "value": 0.5})
        assert outcome(test, {"terms.conditional_share": share}, ()) == met
