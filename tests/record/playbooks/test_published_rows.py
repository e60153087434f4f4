"""The audit of the decision table: no row passes vacuously, and no figure is the same whatever the case."""

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from guanzi.record.evidence import builtin_cases
from guanzi.record.playbooks import FindingTest, leaves, load_playbook

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


def test_the_published_table_is_of_the_shipped_playbook_and_of_every_shipped_case():
    assert DATA["playbook_sha256"] == load_playbook("hefei").sha256
    assert set(DATA["cases"]) == set(builtin_cases())
    for case in DATA["cases"].values():
        assert set(case["rows"]) == {row.id for row in TABLE}


def test_the_page_is_made_of_the_published_rows():
    spec = importlib.util.spec_from_file_location("published_rows", REPO / "benchmarks" / "decision_rows.py")
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (RESULTS / "decision-rows.md").read_text("utf-8") == module.tables(DATA)


def constant_figures(cases):
    figures = {f for case in cases.values() for row in case["rows"].values() for f in row["figures"]}
    return {f for f in figures if len(v := values_of(f, cases)) >= FEW and len(set(v)) == 1}


def test_no_figure_of_a_row_is_the_same_in_every_case():
    assert constant_figures(DATA["cases"]) == set()


def test_a_figure_that_is_nought_in_every_case_is_found():
    row = {"outcome": "pass", "figures": {"fund.npv_mean": 0.0}}
    assert constant_figures({n: {"rows": {"value": row}} for n in "abc"}) == {"fund.npv_mean"}


@pytest.mark.parametrize("row", [row.id for row in TABLE])
def test_no_row_passes_wherever_it_is_asked(row):
    found = outcomes_of(row)
    assert found["pass"] < FEW or found["fail"] + found["no_evidence"] > 0


@pytest.mark.parametrize("row", [row for row in TABLE if all(isinstance(t, FindingTest) for t in leaves(row.test))])
def test_a_row_that_holds_because_nothing_was_found_can_say_that_nobody_looked(row):
    absent = [t for t in leaves(row.test) if t.absent]
    open_questions = {"open-questions"}  # each of its findings is itself that nobody looked
    assert row.id in open_questions or all(t.unknown_if for t in absent)


def test_a_row_that_does_not_apply_shows_no_figure_and_leads_to_nothing():
    rows = [row for case in DATA["cases"].values() for row in case["rows"].values()]
    idle = [row for row in rows if row["outcome"] == "not_applicable"]
    assert idle
    assert all(not row["figures"] and not row["findings"] and row["consequence"] == "note" for row in idle)
