"""A company that has come to its end: advice, sentences and odds of its dossier say that, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.truth.signs import added

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.base.core import Message, Period, render
from guanzi.deal.terms import parse_sheet
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.record.evidence import ENDS, builtin_cases, end_of, find_case, load_case
from guanzi.record.evidence.accounts.reporting import HALF_YEAR_DELAY
from guanzi.record.playbooks import load_playbook
from guanzi.record.playbooks.table import outcome
from guanzi.study.diligence import run_checks
from guanzi.study.monitoring import observe, step_end, warning_rules
from guanzi.study.monitoring.learnt import goes_on

NAMES = ("nio-hefei-2020", "evergrande-guangzhou-2019", "ehang-hefei-2023", "xinhao-hefei-2009")


def with_fact(case, *names):
    view = case.view(case.decision_date)
    source = view.facts[0].source
    facts = [replace(added(view, name, "company", True), source=source) for name in names]
    return replace(case, facts=(*case.facts, *facts))


def told(appraisal, lang="en"):
    return " ".join(
        render(Message.from_dict(text.model_dump()), lang)
        for text in (appraisal.summary.headline, *appraisal.summary.lead, *appraisal.summary.sentences)
    )


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", NAMES)
def test_whoever_has_ended_is_declined_and_nothing_is_forecast_of_it(name, end):
    found = appraise(with_fact(load_case(find_case(name)), end), paths=64, options=AppraisalOptions(proposal=False))
    assert found.advice == found.as_signed == "decline"
    assert [row.id for row in found.rows if row.decided and row.id == "not-ended"] == ["not-ended"]
    assert found.exposure is None
    forecast = ("company.", "fund.", "forecast.", "coherence.", "exposure.")
    assert {id for id, f in found.figures.items() if id.startswith(forecast) and f.value is not None} == set()
    assert "of futures" not in told(found)
    assert "too few terms of the deal are known" not in told(found)
    assert not {r.row for r in found.reversals if r.becomes in ("back", "back_with_conditions")} - {"not-ended"}


@pytest.mark.parametrize("name", builtin_cases())
def test_the_gate_says_of_a_day_what_the_test_before_a_payment_says(name):
    row = next(row for row in load_playbook("hefei").table if row.id == "not-ended")
    case, expected = load_case(find_case(name)), {True: "pass", False: "fail", None: "no_evidence"}
    for days in (0, 100, 200, 800):
        view = case.view(case.decision_date + timedelta(days))
        assert outcome(row.test, {}, run_checks(view, None)) == expected[goes_on(view, warning_rules())], days


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("name", ["byton-nanjing-2018", "evergrande-guangzhou-2019", "nio-hefei-2020"])
def test_who_is_known_to_have_ended_is_not_unknown_in_a_condition(name, end):
    """Where its work was suspended, "known to have failed" stood beside "solvent: known for no quarter"."""
    case = load_case(find_case(name))
    view = case.view(case.decision_date + timedelta(700))
    sheet = parse_sheet(view.sheet.document)
    day = case.decision_date + timedelta(600)
    planted = replace(added(view, end, "company", True), source=view.facts[0].source, period=Period.of("day", day))
    for known in (view, replace(view, facts=(*view.facts, planted))):
        seen = observe(sheet, known)
        solvent = seen.truths["solvent"]
        ended = [end_of(known, step_end(seen.grid, t)) is not None for t in range(len(solvent))]
        assert [value is False for value in solvent] == ended
        assert ended[-1] is (known is not view)
    assert goes_on(known, warning_rules()) is False


def test_a_later_rescue_undoes_an_end():
    case = with_fact(load_case(find_case("nio-hefei-2020")), "insolvency_opened", "company_rescued")
    assert end_of(case.view(case.decision_date)) is None


def test_whether_a_company_is_silent_is_asked_with_the_delay_of_the_rules_of_warning():
    assert warning_rules().reporting.quarter_days.value == HALF_YEAR_DELAY


def test_the_ends_are_those_that_count_as_failures_where_warnings_are_scored():
    assert set(ENDS) == set(warning_rules().counting.failure_facts)


def test_its_dossier_gives_one_reason_why_nothing_is_simulated():
    case = with_fact(load_case(find_case("nio-hefei-2020")), "insolvency_opened")
    found = appraise(case, paths=64, options=AppraisalOptions(sensitivity=False, proposal=False))
    ids = set(message_ids(appraisal_document(found)))
    assert "reports.empty.exposure.ended" in ids
    assert "reports.empty.exposure.unsimulated" not in ids
    assert "appraisal.gap.not_simulated" not in ids


def message_ids(part):
    """Ids of all messages in a document, whatever holds them."""
    if isinstance(part, Message):
        yield part.id
        part = dict(part.params)
    if isinstance(part, dict):
        part = tuple(part.values())
    if isinstance(part, (tuple, list)):
        for inner in part:
            yield from message_ids(inner)
    elif hasattr(part, "__dataclass_fields__"):
        for name in part.__dataclass_fields__:
            yield from message_ids(getattr(part, name))
