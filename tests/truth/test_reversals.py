"""What turns the advice is true: the change is made, the table is read again, and it decides as was said."""

import pytest
from hypothesis import given, settings
from tests.record.playbooks.test_table import SOUND, TABLE, finding, worlds
from tests.sampling import examples

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.decide import applicable, decide
from guanzi.record.evidence import builtin_cases, find_case, load_case
from guanzi.record.playbooks import ADVICE_ORDER, evaluate, leaves, reversals, supposed
from guanzi.record.playbooks.schema import FindingTest
from guanzi.study.diligence import unasked
from guanzi.study.diligence.trend import linear_trend

CODES = {
    leaf.finding: leaf
    for row in TABLE
    for leaf in leaves(row.test)
    if isinstance(leaf, FindingTest) and leaf.kind != "gap"
}
BAD = {code for code, leaf in CODES.items() if leaf.absent}
GOOD = {code for leaf in CODES.values() for code in (leaf.finding, *leaf.unless)} - BAD


def rank(advice):
    return ADVICE_ORDER.index(advice)


def good_and_bad(reversal, findings):
    """Whether a reversal names something good, and something bad: a risk that comes, an asset that goes.

    A code of which the table asks that it is absent is bad, one that it asks for or that excuses is good.
    """
    gone = {f.code for f in findings if any(f.id in change.gone for change in reversal.changes)}
    come = {f.code for change in reversal.changes for f in change.come}
    return bool(come & GOOD or gone & BAD), bool(come & BAD or gone & GOOD)


def holds(table, figures, findings, idle=frozenset()):
    now = evaluate(table, figures, findings, idle).advice
    for reversal in reversals(table, figures, findings, first=1_000, idle=idle):
        after = evaluate(table, *supposed(reversal.changes, figures, tuple(findings)), idle).advice
        assert after == reversal.becomes != now
        good, bad = good_and_bad(reversal, findings)
        assert not (good and bad)
        assert not bad or rank(after) < rank(now), reversal.message
        assert not good or rank(after) > rank(now), reversal.message


@settings(max_examples=examples(150))
@given(worlds)
def test_in_any_world_the_table_decides_as_was_said_and_nothing_bad_turns_it_for_the_better(world):
    holds(TABLE, *world)


def test_an_open_doubt_beside_others_money_is_not_turned_by_the_doubt_being_true():
    """EHang and Lilium were told that "doubt about the company's survival" would turn the advice to "back"."""
    found = [finding("gap_going_concern", "gap"), finding("co_investors", "asset"), finding("put_right", "asset")]
    rows = {row.id: row.outcome for row in evaluate(TABLE, {}, found).rows}
    assert rows["going-concern"] == "pass"
    holds(TABLE, {}, found)


@settings(max_examples=examples(60))
@given(worlds)
def test_nothing_turns_the_advice_that_the_terms_rule_out(world):
    """“If the worst year were above 10 %” stood beside a bound of 2.7 %."""
    figures, findings = world
    ends = {id: (value, value) for id, value in figures.items() if value is not None}
    every = reversals(TABLE, figures, findings, first=1_000, bounds=ends)
    assert not [change for found in every for change in found.changes if ends.keys() & change.figures.keys()]


@settings(max_examples=examples(60))
@given(worlds)
def test_a_finding_that_comes_is_never_better_than_not_to_know_it(world):
    """A risk that becomes known never improves the advice, an asset never worsens it; a gap goes with its answer."""
    figures, findings = world
    now = rank(evaluate(TABLE, figures, findings).advice)
    for code, leaf in CODES.items():
        answered = [f for f in findings if f.code not in leaf.unknown_if]
        comes = finding(code, "risk" if leaf.absent else "asset", leaf.severity or "high")
        after = rank(evaluate(TABLE, figures, [*answered, comes]).advice)
        assert after <= now if leaf.absent else after >= now, code


@pytest.mark.parametrize("case", builtin_cases())
def test_what_turns_the_advice_on_a_case_of_the_library_does(case, read_cases):
    holds(*read_cases(case))


@pytest.fixture(scope="module")
def read_cases():
    """Table, figures, findings and idle rows of a case, as its decision reads them."""

    def read(name):
        seen = []

        def listening(playbook, book, findings, currency, sheet, model, moved=None):
            table, idle = applicable(playbook.table, sheet, model, unasked(findings))
            seen.append((table, book.values(), tuple(findings), idle))
            return decide(playbook, book, findings, currency, sheet, model, moved)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr("guanzi.advice.appraisal.sections.decide", listening)
            options = AppraisalOptions(sensitivity=False, proposal=False)
            appraise(load_case(find_case(name)), paths=64, options=options)
        return seen[-1]

    return read


UNSURE = [finding("put_right", "asset"), finding("unit_margin_negative"), finding("gap_margin_trend", "gap")]


@pytest.mark.parametrize(("rises", "outcome", "advice"), [
    (0.65, "pass", "back_with_conditions"), (0.4, "no_evidence", "insufficient_evidence"),
    (None, "no_evidence", "insufficient_evidence"),
])  # fmt: skip
def test_an_unsure_margin_carries_the_gate_by_its_probability_and_its_proof_is_a_condition(rises, outcome, advice):
    """NIO's advice hung on "an improving margin" of 2.1 points a quarter with a band from -11 to +15."""
    found = evaluate(TABLE, {**SOUND, "trend.margin_rises": rises}, UNSURE)
    rows = {row.id: row for row in found.rows}
    assert (rows["below-cost"].outcome, found.advice) == (outcome, advice)
    assert rows["margin-proved"].condition == "prove-margin"
    turning = reversals(TABLE, {**SOUND, "trend.margin_rises": rises}, UNSURE, first=100)
    assert not any(r.finding == "gap_margin_trend" and rank(r.becomes) > rank(found.advice) for r in turning)


def test_a_margin_that_falls_for_sure_declines_whatever_its_probability():
    falls = [finding("put_right", "asset"), finding("unit_margin_negative"), finding("margin_trend")]
    assert evaluate(TABLE, {**SOUND, "trend.margin_rises": 0.9}, falls).advice == "decline"


def test_the_probability_of_a_rise_is_one_half_of_a_flat_line_and_grows_with_the_slope():
    rises = [linear_trend([0.0, s, 2 * s + 0.01, 3 * s]).rises for s in (-0.1, 0.0, 0.1)]
    assert rises == sorted(rises)
    assert linear_trend([0.1, 0.1, 0.1]).rises == 0.5
    assert linear_trend([0.1, 0.2, 0.3]).rises > 0.999
    assert 0.6 < linear_trend([-0.072, -0.241, -0.068, -0.06]).rises < 0.7
