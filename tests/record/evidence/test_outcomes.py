"""The outcome of a case: facts and a judgement, read apart from everything that an analysis sees."""

from datetime import date

import pytest
from tests.record.evidence.folders import CASE, GOOD_FACT, SOURCES, causes_of, facts_yaml, write_case

from guanzi.base.core import format_problems
from guanzi.record.evidence import check_outcome, load_case, read_outcome, score_horizon

LATER = "id: later, name: deliveries, period: 2021, value: 91429, unit: vehicles, known_on: 2022-03-24, source: filing"
LABEL = """\
format: 1
label: success
judged_on: 2025-12-31
because: The company grew, and the money came back.
company: {result: success, by: 2025-12-31, text: It sells cars., facts: [later]}
contract: untested
accounts:
  fund: {result: gain, by: 2021-09-24, text: Sold at a gain., facts: [later]}
  budget: {result: unknown, by: 2025-12-31, text: Not seen.}
  cluster: {result: gain, by: 2025-12-31, text: Suppliers came., facts: [deliveries-2019]}
"""


def folder_with(tmp_path, label=LABEL, case=CASE):
    case = case if "decision:" in case else case + "decision: approved\n"
    facts = {"facts/a.yaml": facts_yaml(GOOD_FACT), "outcome/facts.yaml": facts_yaml(LATER, sources="")}
    return write_case(tmp_path, {**facts, "case.yaml": case, "outcome/label.yaml": label})


def causes(folder):
    problems = check_outcome(folder)
    assert not problems or format_problems(problems)
    return [(p.cause.id, p.place.line) for p in problems]


def test_facts_and_judgement_are_read_together(tmp_path):
    folder = folder_with(tmp_path)
    assert causes(folder) == []
    outcome = read_outcome(folder)
    assert [fact.id for fact in outcome.facts] == ["later"]
    assert outcome.label
    assert outcome.label.label == "success"
    assert outcome.label.accounts.fund.result == "gain"


def test_a_case_without_a_judgement_has_none(tmp_path):
    folder = folder_with(tmp_path)
    (folder / "outcome" / "label.yaml").unlink()
    assert read_outcome(folder).label is None


def test_a_judgement_cites_facts_that_exist(tmp_path):
    assert causes(folder_with(tmp_path, LABEL.replace("[later]", "[latre]", 1))) == [("evidence.label.unknown_fact", 5)]


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("label: success", "label: triumph", "reading.format.wrong_value"),
        ("judged_on: 2025-12-31", "judged_on: 2020-04-29", "evidence.label.too_early"),
        ("by: 2021-09-24", "by: 2026-01-01", "evidence.label.beyond"),
        ("label: success", "label: refused", "evidence.label.decision"),
        ("  cluster:", "  clusters:", "reading.format.unknown_field"),
    ],
)
def test_what_is_wrong_with_a_judgement_is_said(tmp_path, old, new, cause):
    assert cause in [id for id, _ in causes(folder_with(tmp_path, LABEL.replace(old, new)))]


def test_a_refusal_is_labelled_as_one(tmp_path):
    refused = CASE + "decision: refused\n"
    assert causes(folder_with(tmp_path, LABEL.replace("label: success", "label: refused"), refused)) == []
    assert [id for id, _ in causes(folder_with(tmp_path / "b", LABEL, refused))] == ["evidence.label.decision"]


def test_the_decision_and_its_fitness_are_on_record_and_in_no_view(tmp_path):
    more = "decision: refused\nfitness: unfit\nunfit_because: Too little is known.\n"
    folder = write_case(tmp_path, {"case.yaml": CASE + more, "facts/a.yaml": facts_yaml(GOOD_FACT)})
    plain = write_case(tmp_path / "plain", {"facts/a.yaml": facts_yaml(GOOD_FACT)})
    case = load_case(folder)
    assert (case.decision, case.fitness) == ("refused", "unfit")
    assert case.view(case.decision_date).sha256 == load_case(plain).view(case.decision_date).sha256


def test_an_unfit_case_says_why(tmp_path):
    folder = write_case(tmp_path, {"case.yaml": CASE + "fitness: unfit\n", "facts/a.yaml": facts_yaml(GOOD_FACT)})
    assert causes_of(folder) == ["case.unfit"]


def test_a_doubtful_fact_is_left_out_unless_asked_for(tmp_path):
    doubtful = GOOD_FACT.replace("deliveries-2019", "hearsay") + ", availability: doubtful"
    folder = write_case(tmp_path, {"facts/a.yaml": SOURCES + f"facts:\n  - {{{GOOD_FACT}}}\n  - {{{doubtful}}}\n"})
    case = load_case(folder)
    day = case.decision_date
    assert [f.id for f in case.view(day).facts] == ["deliveries-2019"]
    assert [f.id for f in case.view(day, include_doubtful=True).facts] == ["deliveries-2019", "hearsay"]
    assert case.view(day).sha256 != case.view(day, include_doubtful=True).sha256


def test_doubtful_facts_can_be_counted_to_see_what_difference_they_make(tmp_path):
    doubtful = GOOD_FACT.replace("deliveries-2019", "hearsay") + ", availability: doubtful"
    folder = write_case(tmp_path, {"facts/a.yaml": SOURCES + f"facts:\n  - {{{GOOD_FACT}}}\n  - {{{doubtful}}}\n"})
    case = load_case(folder)
    counted = case.counting_doubtful().view(case.decision_date)
    assert [f.id for f in counted.facts] == ["deliveries-2019", "hearsay"]
    assert [f.id for f in case.view(case.decision_date).facts] == ["deliveries-2019"]


def test_a_loss_before_the_horizon_settles_nothing(tmp_path):
    early = LABEL.replace("2025-12-31", "2023-12-31").replace("label: success", "label: failure")
    label = read_outcome(folder_with(tmp_path, early)).label
    assert label
    assert not label.is_settled(date(2020, 4, 29), "scale-up-manufacturer")
    assert label.is_settled(date(2018, 4, 29), "scale-up-manufacturer")
    assert not label.is_settled(date(2018, 4, 29), "capacity-cycle-fab")


def test_an_end_settles_a_case_at_once(tmp_path):
    ended = LABEL.replace("company: {result: success", "company: {result: failure").replace("2025", "2021")
    label = read_outcome(folder_with(tmp_path, ended.replace("2021-09-24", "2021-09-23"))).label
    assert label
    assert label.is_settled(date(2020, 4, 29), "capacity-cycle-fab")


def test_every_horizon_has_a_reason_in_both_languages():
    for model in ("scale-up-manufacturer", "capacity-cycle-fab", "pre-revenue-deep-tech", "another"):
        horizon = score_horizon(model)
        assert horizon.years >= 5
        assert horizon.because
        assert horizon.because_zh
