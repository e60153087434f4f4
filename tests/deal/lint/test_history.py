"""Deals whose end is known, and deals as they should be: what the rules say of them, as the benchmark has it.

The figures of ``benchmarks/results/lint.txt`` come from ``benchmarks/lint.py``; here its static part is held to.
"""

from pathlib import Path

import pytest

from guanzi.advice.appraisal import lint_context
from guanzi.base.reading import read_yaml
from guanzi.deal.lint import LintContext, lint, located
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

REPO = Path(__file__).resolve().parents[3]
EXPECTED = read_yaml(REPO / "benchmarks" / "lint" / "expected.yaml").data
SHEETS = EXPECTED["sheets"]


def findings(name):
    path = REPO / name
    if path.is_file():
        document = read_yaml(path)
        return located(lint(parse_sheet(document), LintContext()), document)
    case = load_case(find_case(name))
    view = case.view(case.decision_date)
    sheet = parse_sheet(view.sheet.document)
    return located(lint(sheet, lint_context(view, sheet, load_playbook("hefei"))), view.sheet.document)


def matching(found, entry):
    return [d for d in found if d.code in entry["codes"] and d.clause.startswith(entry.get("clause", ""))]


@pytest.mark.parametrize("entry", SHEETS, ids=lambda e: Path(e["sheet"]).stem)
def test_the_flaws_that_history_found_are_among_the_findings(entry):
    found = findings(entry["sheet"])
    assert [one["says"] for one in entry.get("found", ()) if not matching(found, one)] == []


@pytest.mark.parametrize("entry", [e for e in SHEETS if "absent" in e], ids=lambda e: Path(e["sheet"]).stem)
def test_what_a_deal_did_well_is_not_found_fault_with(entry):
    found = findings(entry["sheet"])
    assert [one["says"] for one in entry["absent"] if matching(found, one)] == []


@pytest.mark.parametrize("sheet", EXPECTED["clean"], ids=lambda s: Path(s).stem)
def test_every_finding_on_a_clean_sheet_was_judged_by_hand(sheet):
    judged = {(j["sheet"], j["code"]) for j in EXPECTED["judged"]}
    assert {(Path(sheet).stem, d.code) for d in findings(sheet)} <= judged


def test_no_judgement_is_left_of_a_finding_that_is_gone():
    found = {(Path(sheet).stem, d.code) for sheet in EXPECTED["clean"] for d in findings(sheet)}
    assert {(j["sheet"], j["code"]) for j in EXPECTED["judged"]} <= found


def test_the_committed_figures_are_those_of_today():
    said = (REPO / "benchmarks" / "results" / "lint.txt").read_text("utf-8")
    wrong = [j for j in EXPECTED["judged"] if not j["right"]]
    false = sum(
        d.code == j["code"] for j in wrong for s in EXPECTED["clean"] if Path(s).stem == j["sheet"] for d in findings(s)
    )
    assert f"{false} false alarms on {len(EXPECTED['clean'])} clean sheets." in said
    flaws = sum(len(entry.get("found", ())) for entry in SHEETS)
    assert f"{flaws} of {flaws} flaws are among the findings" in said


def test_a_deal_that_ended_badly_has_more_errors_than_one_as_it_should_be():
    clean = [sum(d.level == "error" for d in findings(s)) for s in EXPECTED["clean"]]
    assert max(clean) == 0
    for name in ("solyndra-fremont-2009", "src/guanzi/library/illustrative/northvolt-like-2023.yaml"):
        assert sum(d.level == "error" for d in findings(name)) > 0
