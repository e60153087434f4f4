"""The page of calibration says where what happened falls, and shows it nowhere unless it is revealed."""

import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.looks import APPRAISAL, look, look_at, point, series

from guanzi.advice.backtest import hindsight
from guanzi.jobs.appraisal.documents.chart_tables import fan_table
from guanzi.jobs.appraisal.documents.dossier import appraisal_document, dossier_html
from guanzi.jobs.appraisal.documents.fan_chart import fan_picture
from guanzi.jobs.appraisal.documents.hindsight import happened, place_of, places_table, silent_in
from guanzi.jobs.appraisal.documents.year_chart import year_picture
from guanzi.record.evidence import find_case, load_case
from guanzi.render import localise
from guanzi.render.localised import localise_table
from guanzi.render.theme import LIGHT

CASES = Path(__file__).parents[1] / "truth" / "cases"
LOOK = look()
FAN = APPRAISAL.fans["deliveries"]


@cache
def plain():
    return dossier_html(APPRAISAL)


@cache
def revealed():
    return dossier_html(APPRAISAL, "en", LOOK)


def rows(table):
    return {head.text: [cell.text for cell in cells] for _, head, cells in localise_table(table, "en").rows}


def test_without_reveal_nothing_of_the_outcome_is_in_the_dossier():
    body = plain().split("</style>")[1]
    assert LIGHT.outcome not in body
    assert 'class="outcome' not in body
    assert 'id="hindsight"' not in body


def test_reveal_only_adds_to_what_was_said_before():
    said = r'<p class="strong">(.*?)</p>|<tr id="row-[^"]*" class="strong">(.*?)</tr>'
    assert re.findall(said, plain())
    assert re.findall(said, plain()) == re.findall(said, revealed())
    parameters = r'<section id="simulation".*?</section>'
    assert re.findall(parameters, plain(), re.DOTALL)
    assert re.findall(parameters, plain(), re.DOTALL) == re.findall(parameters, revealed(), re.DOTALL)


def told(document, lang="en"):
    return " ".join(localise(sentence.words, lang) for sentence in document.sentences())


@pytest.mark.parametrize("forecast", [True, False])
def test_a_case_without_an_outcome_is_not_said_to_reveal_one(forecast):
    made = APPRAISAL if forecast else APPRAISAL.model_copy(update={"fans": {}, "yearly": {}})
    found = hindsight(load_case(CASES / "lithium-thacker-pass-2024"), made, "0" * 64)
    said = told(appraisal_document(made, found))
    assert "This copy reveals the outcome" not in said
    assert "the outcome holds" not in said
    assert "The case has no outcome yet" in said


def test_an_outcome_of_what_was_not_forecast_is_not_laid_to_its_figures():
    made = APPRAISAL.model_copy(update={"fans": {}, "yearly": {}})
    found = hindsight(load_case(find_case("nio-hefei-2020")), made, "0" * 64)
    assert [sentence.id for sentence in found.sentences] == ["backtest.hindsight.unforecast"]


def test_the_hash_of_the_appraisal_stands_beside_what_happened():
    assert LOOK.appraisal_sha256 in revealed()


def test_the_colour_of_outcomes_marks_each_value_in_both_sizes_of_its_chart():
    part = revealed().split('<section id="hindsight"')[1].split('<section id="evidence"')[0]
    drawn = re.findall(r"<figure.*?</figure>", part, re.DOTALL)
    marks = [len(re.findall(rf'<path[^>]*fill="{LIGHT.outcome}"', figure)) for figure in drawn]
    assert marks == [2 * 2, 2 * 1]


def test_values_stand_in_the_column_of_the_quantiles_between_which_they_lie():
    table = rows(places_table(LOOK))
    quarterly = table["Deliveries per quarter"]
    assert quarterly[3] == "1 January 2021"  # a value at the median counts to the half above it
    assert quarterly[5] == "1 January 2022"
    assert quarterly[6:] == ["1 of 2", "1 of 2"]
    assert table["Deliveries a year"][0] == "2020"
    assert table["All values"] == ["1", "0", "0", "1", "0", "1", "1 of 3", "1 of 3"]


@given(st.floats(-1e6, 1e6))
def test_the_place_of_a_value_agrees_with_the_bands_it_lies_in(value):
    found = point(FAN, FAN.dates[5], value)
    assert (place_of(found) in {2, 3}) == found.within_50
    assert (place_of(found) in {1, 2, 3, 4}) == found.within_90


def test_what_was_predicted_and_never_observed_is_named():
    assert [localise(words, "en") for words in silent_in(APPRAISAL, LOOK)] == ["Cash of the company"]


def test_a_look_back_without_values_says_what_is_missing():
    page = dossier_html(APPRAISAL, "en", look_at())
    assert "No value can be compared with a distribution" in page


def test_a_copy_of_a_source_is_named_and_not_linked():
    entry = re.search(r'<li id="source-outcome-copy">(.*?)</li>', revealed(), re.DOTALL)
    assert entry
    assert "href" not in entry[1]
    assert "Mirror" in entry[1]


def test_the_table_of_a_fan_gains_a_column_of_what_happened_and_no_row():
    seen = happened(LOOK)["deliveries"]
    plain, told = (
        localise_table(fan_table(FAN, "fan"), "en"),
        localise_table(fan_table(FAN, "fan", happened=seen), "en"),
    )
    assert told.heads == (*plain.heads, "What happened")
    assert len(told.rows) == len(plain.rows)
    assert {i for i, (_, _, cells) in enumerate(told.rows) if cells[-1].text} == {3, 7}
    assert {cells[-1].cell.tone for _, _, cells in told.rows} == {"outcome"}


def test_a_fan_reaches_up_to_what_happened():
    high = fan_picture(FAN, APPRAISAL.as_of, "en", {FAN.dates[7]: 9e5}).wide
    assert "1,000,000" in high or "900,000" in high
    assert fan_picture(FAN, APPRAISAL.as_of, "en", {}).wide == fan_picture(FAN, APPRAISAL.as_of, "en").wide


def test_a_day_that_the_fan_does_not_have_is_not_drawn():
    stray = {APPRAISAL.as_of: 5.0}
    assert LIGHT.outcome not in fan_picture(FAN, APPRAISAL.as_of, "en", stray).wide


def test_a_year_without_outcome_has_its_bar_and_no_diamond():
    fan = APPRAISAL.yearly["deliveries"]
    found = series("deliveries_year", fan, [point(fan, fan.dates[1], 20000.0)])
    svg = year_picture(fan, {p.date: p.value for p in found.points}, "Said.", "en").wide
    assert len(re.findall(rf'<path[^>]*fill="{LIGHT.outcome}"', svg)) == 1
