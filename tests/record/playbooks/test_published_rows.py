"""The audit of the decision table: no row passes vacuously, and no figure is the same whatever the case."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from guanzi.record.evidence import replayed_cases
from guanzi.record.playbooks import AllOf, AnyOf, FigureTest, FindingTest, leaves, load_playbook, outcome

REPO = Path(__file__).resolve().parents[3]
RESULTS = REPO / "benchmarks" / "results"
DATA = json.loads((RESULTS / "decision-rows.json").read_text("utf-8"))
TABLE = load_playbook("hefei").table
FEW = 3
"""So many cases must have a figure before its being constant says anything."""


def outcomes_of(row, cases=None):
    return Counter(case["rows"][row]["outcome"] for case in (cases or DATA["cases"]).values())


def values_of(figure, cases):
    rows = [row for case in cases.values() for row in case["rows"].values()]
    return [row["figures"][figure] for row in rows if row["figures"].get(figure) is not None]


def test_the_published_table_is_of_the_shipped_playbook_and_of_every_replayed_case():
    assert DATA["playbook_sha256"] == load_playbook("hefei").sha256
    assert set(DATA["cases"]) == set(replayed_cases())
    for case in DATA["cases"].values():
        assert set(case["rows"]) == {row.id for row in TABLE}


def test_the_page_is_made_of_the_published_rows():
    spec = importlib.util.spec_from_file_location("published_rows", REPO / "benchmarks" / "decision_rows.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (RESULTS / "decision-rows.md").read_text("utf-8") == module.tables(DATA)


def test_what_is_priced_is_published_of_the_shipped_playbook_and_of_every_replayed_case():
    assert DATA["priced_sha256"] == load_playbook("hefei-priced").sha256
    assert set(DATA["priced"]) == set(replayed_cases())
    put_off = [case["odds"] for case in DATA["priced"].values() if case["advice"] == "insufficient_evidence"]
    assert all(odds["odds.worth"] > odds["odds.waiting_cost"] for odds in put_off)
    assert len(put_off) <= 0.25 * len(DATA["priced"])


def constant_figures(cases):
    figures = {f for case in cases.values() for row in case["rows"].values() for f in row["figures"]}
    return {f for f in figures if len(v := values_of(f, cases)) >= FEW and len(set(v)) == 1}


def test_no_figure_of_a_row_is_the_same_in_every_case():
    assert constant_figures(DATA["cases"]) == set()


def test_a_figure_that_is_nought_in_every_case_is_found():
    row = {"outcome": "pass", "figures": {"fund.npv_mean": 0.0}}
    assert constant_figures({n: {"rows": {"value": row}} for n in "abc"}) == {"fund.npv_mean"}


WIDE = (-1e12, 1e12)
PROPORTIONS = {
    "evidence.coverage", "terms.conditional_share", "exposure.before_new_tier_share", "fund.loss_probability",
    "company.failure_probability_5y", "public.ahead", "public.value_ahead",
}  # fmt: skip
"""Figures that lie between nought and one whatever the case; those that cannot be below nought follow."""
NOT_NEGATIVE = {
    "public.amount_to_budget", "budget.worst_year_share", "exposure.failure_p95_share", "put.receipt_to_price",
    "terms.unknown_clauses", "break_even.to_wage",
}  # fmt: skip
NEVER_FAILED = {"not-ended", "size-quarter"}
"""Rows that passed wherever they could be judged: few deals with shares can be simulated. The list holds exactly."""


def can(test, how):
    """Whether some case could make a test come out so: numbers within what they can be, findings either way."""
    match test:
        case FigureTest():
            least, most = (0.0, 1.0) if test.figure in PROPORTIONS else WIDE
            ends = (0.0 if test.figure in NOT_NEGATIVE else least, most)
            return any(outcome(test, {test.figure: end}, ()) == how for end in ends)
        case AllOf(all=parts):
            return (any if how == "fail" else all)(can(part, how) for part in parts)
        case AnyOf(any=parts):
            return (all if how == "fail" else any)(can(part, how) for part in parts)
    return True


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
@pytest.mark.parametrize("how", ["pass", "fail"])
def test_every_row_can_come_out_either_way(row, how):
    assert can(row.test, how)


@pytest.mark.parametrize(
    ("id", "number"),
    [("loss-probability-half", 1.0), ("evidence-coverage", 0.0), ("size-tenth", 1e12), ("conditional-money", 0.0)],
)
def test_a_row_whose_number_nothing_can_miss_is_found(id, number):
    """A probability of at most 100 % passes in every case that is judged, and was found by no test of the figures."""
    row = next(row for row in TABLE if row.id == id)
    assert can(row.test, "fail")
    assert not can(row.test.model_copy(update={"value": number}), "fail")


def test_rows_that_failed_in_no_case_are_known_by_name():
    found = {row.id: outcomes_of(row.id) for row in TABLE}
    assert {id for id, how in found.items() if how["pass"] >= FEW and not how["fail"]} == NEVER_FAILED


@pytest.mark.parametrize("row", [row for row in TABLE if all(isinstance(t, FindingTest) for t in leaves(row.test))])
def test_a_row_that_holds_because_nothing_was_found_can_say_that_nobody_looked(row):
    absent = [t for t in leaves(row.test) if t.absent]
    # each finding of the open questions is itself that nobody looked; an end is published, and its lack is not shown
    known = {"open-questions", "not-ended"}
    assert row.id in known or all(t.unknown_if for t in absent)


def test_a_row_that_does_not_apply_shows_no_figure_and_leads_to_nothing():
    rows = [row for case in DATA["cases"].values() for row in case["rows"].values()]
    idle = [row for row in rows if row["outcome"] == "not_applicable"]
    assert idle
    assert all(not row["figures"] and not row["findings"] and row["consequence"] == "note" for row in idle)
