"""Beside the probability of failure stands what such probabilities were worth on other companies."""

import re
from pathlib import Path

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.panel_record import RECORD, trust_in_failure
from guanzi.base.core import Message, render
from guanzi.record.evidence import find_case, load_case

PAGE = Path(__file__).parents[3] / "benchmarks/results/panel-2.md"


def row(years, forecast):
    both = PAGE.read_text("utf-8").split("## Failure, both tiers")[1].split("###")[0]
    (line,) = re.findall(rf"^\| {years} \| {forecast} \|.*$", both, re.MULTILINE)
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return int(cells[2]), int(cells[3]), float(cells[4]), float(cells[7])


@pytest.mark.parametrize("years", RECORD)
def test_the_figures_are_those_of_the_page_of_results(years):
    told = RECORD[years]
    assert row(years, "liquidated") == (told.seen, told.failed, told.liquidated, told.auc)
    assert row(years, "structural")[2] == told.distressed


def test_the_dossier_warns_beside_the_figure_and_in_the_paragraph_in_both_languages():
    found = appraise(load_case(find_case("nio-hefei-2020")), paths=500, options=AppraisalOptions(sensitivity=False))
    note = found.figures["company.failure_probability_5y"].note
    assert note in found.forecast.sentences
    message = Message.from_dict(note.model_dump())
    assert "Of 422 forecasts over three years, 7 ended in failure; the model had expected 25.5 liquidations" in render(
        message
    )
    assert "预期清算25.5家" in render(message, "zh")


def test_a_model_that_was_never_tried_on_other_companies_says_so():
    assert "never tested" in render(trust_in_failure("capacity-cycle-fab"))
    assert "从未" in render(trust_in_failure("pre-revenue-deep-tech"), "zh")
