"""What two second readers found in papers, brief and dossier of three cases, by kind, over all of these cases."""

from __future__ import annotations

from functools import cache

import pytest
from tests.truth.properties import OF_TRUTH
from tests.truth.reading import pieces, within

from guanzi.advice.appraisal import appraise
from guanzi.base.core import Message
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.record.evidence import load_case, spoken
from guanzi.study.diligence import stale_of

CASES = ("apple-waukee-2017", "lithium-thacker-pass-2024", "northvolt-heide-2024")
SUBJECTS = {"made_before": "deliveries", "offtake": "orders"}


@cache
def read(name):
    case = load_case(OF_TRUTH / name)
    return appraise(case, paths=0), case.view(case.decision_date)


def params(text):
    return dict(Message.from_dict(text.model_dump()).params)


@pytest.mark.parametrize("name", CASES)
def test_only_bets_that_share_an_answer_are_called_similar(name):
    appraisal, _ = read(name)
    assert all(params(row[3])["n"] > 0 for row in appraisal.alike.rows)
    assert (appraisal.alike.sentence.id == "appraisal.alike.sentence.none") == (not appraisal.alike.rows)


@pytest.mark.parametrize("name", CASES)
def test_an_open_question_of_the_register_denies_no_words_that_speak_of_it(name):
    appraisal, view = read(name)
    for row in appraisal.odds.rows:
        question, why = row[0].id.rpartition(".")[2], row[2].id
        speaks = spoken(view, (SUBJECTS.get(question, ""),))
        assert not (speaks and why == "appraisal.odds.because.unknown"), question


@pytest.mark.parametrize(
    ("name", "answer", "how"),
    [(CASES[0], "yes", "share"), (CASES[1], "yes", "share"), (CASES[2], "unknown", "part")],
)
def test_money_that_waits_for_an_event_or_was_paid_is_told_as_such(name, answer, how):
    """The loan waits for a notice, the relief for jobs and a plant, and of the note all is out."""
    row = read(name)[0].odds.rows[-1]
    assert (row[1].id, row[2].id) == (f"appraisal.odds.{answer}", f"appraisal.odds.because.milestones.{how}")
    if how == "part":
        told = params(row[2])
        assert (told["free"], told["unseen"], told["whole"]) == (600, 701, 1301)


@pytest.mark.parametrize("name", CASES)
def test_two_chances_of_one_success_stand_in_one_sentence(name):
    appraisal, _ = read(name)
    told = params(appraisal.odds.sentence)
    assert told["chance"] == appraisal.figures["odds.success"].value
    assert told["outside"] == appraisal.figures["outside.success"].value
    assert appraisal.figures["odds.success"].note.id == "appraisal.odds.beside"


def test_a_ratio_of_sales_to_a_plan_names_the_months_of_the_sales_and_the_other_plan():
    row = next(row for row in read(CASES[2])[0].odds.rows if row[0].id.endswith("sales_to_plan"))
    told = params(row[2])
    assert (told["plan"], told["other"], told["sales"].id) == (4500, 6300, "evidence.annual.annualised")


def test_money_that_was_paid_before_signing_is_paid_before_any_new_tier():
    figure = read(CASES[2])[0].figures["exposure.before_new_tier_share"]
    assert figure.value == 1.0


@pytest.mark.parametrize("name", CASES)
def test_facts_behind_the_advice_are_those_of_all_rows_that_were_read(name):
    appraisal, view = read(name)
    held = {fact.id for fact in view.facts}
    findings = {finding.id: set(finding.facts) for finding in appraisal.findings}
    rows = [row for row in appraisal.rows if row.outcome != "not_applicable"]
    behind = set[str]().union(*(findings.get(id, set()) for row in rows for id in row.findings))
    assert appraisal.applicant.facts >= len(behind & held) > 0


@pytest.mark.parametrize("name", CASES)
def test_a_reason_that_leans_on_a_figure_names_it_and_none_begins_with_nothing(name):
    document = appraisal_document(read(name)[0])
    said = [one for piece in pieces(document) for one in within(piece.words)]
    found = [one for one in said if one.id.startswith("appraisal.reason.found.")]
    assert all(dict(one.params)["because"] for one in found)
    gaps = {"appraisal.gap.implausible", "appraisal.gap.not_held", "appraisal.gap.amount"}
    assert not [one for one in found if getattr(dict(one.params)["because"], "id", "") in gaps]


@pytest.mark.parametrize("name", CASES)
def test_a_row_that_is_met_is_not_said_to_rest_on_no_figure(name):
    document = appraisal_document(read(name)[0])
    rows = [row for table in document.tables() if table.id == "decisions" for row in table.rows]
    met = [row for row in rows if getattr(row.cells[1].value, "id", "") == "reports.row.pass"]
    assert met
    assert not [row for row in met if getattr(row.cells[-1].value, "id", "") == "reports.row.nothing.open"]


@pytest.mark.parametrize("name", CASES)
def test_no_question_is_answered_by_accounts_that_newer_ones_should_have_replaced(name):
    appraisal, view = read(name)
    assert not [one.id for one in appraisal.plan.questions if stale_of(view, one.facts) is not None and not one.partly]
