"""Figures in words: three digits, one unit, an interval, and a word for what nobody knows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.sample import sample

from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import Figure
from guanzi.base.core import Message
from guanzi.jobs.shared.documents.figures import figure_table, format_figure, format_interval
from guanzi.render import exact, localise
from guanzi.render.localised import localise_table

LABEL = Text(id="reports.advice.back")


def figure(value, unit="CNY m", **more):
    return Figure(**{"id": "f", "label": LABEL, "value": value, "unit": unit, "kind": "simulated", **more})


@pytest.mark.parametrize(
    ("given_figure", "text"),
    [
        (figure(7000.0), "7.0 bn yuan"),
        (figure(511.2), "511 m yuan"),
        (figure(-4907.1), "−4.91 bn yuan"),
        (figure(74598.5), "74.6 bn yuan"),
        (figure(7020.4, low=-2100.0, high=14300.0), "7.0 bn yuan; 90 % between −2.1 and 14.3"),
        (figure(0.31, "ratio", low=0.02, high=0.94), "31 %; 90 % between 2 % and 94 %"),
        (figure(0.0671, "ratio"), "6.7 %"),
        (figure(0.00042, "ratio"), "0.042 %"),
        (figure(0.2234, "ratio", sample=(44680, 200000)), "22.3 %; 44,680 of 200,000 paths"),
        (figure(0.2368, "ratio", sample=(9, 38), kind="derived"), "23.7 %; 9 of 38 comparable cases"),
        (
            figure(0.5, "ratio", sample=(4, 8), kind="derived", parents=("playbook",)),
            "50 %; 4 of 8 checks of the playbook",
        ),
        (figure(20565.0, "vehicles"), "20,600 vehicles"),
        (figure(1.85, "x"), "1.85×"),
        (figure(7.0, "USD m"), "7 m US dollars"),
        (figure(0.0), "0 yuan"),
    ],
)
def test_a_figure_reads_as_people_say_it(given_figure, text):
    assert format_figure(given_figure).replace("\xa0", " ") == text


def test_a_gap_is_no_evidence_and_has_no_interval():
    gap = figure(None, kind="gap", low=1.0, high=2.0)
    assert format_figure(gap) == "no evidence"


def test_a_figure_without_interval_claims_none():
    assert format_interval(figure(7000.0)) == ""


@given(
    st.floats(-1e6, 1e6, allow_nan=False),
    st.floats(0, 1e6),
    st.floats(0, 1e6),
    st.sampled_from(["CNY m", "ratio", "vehicles", "years", "x", "jobs", "USD m"]),
)
def test_no_raw_number_is_ever_shown(value, below, above, unit):
    text = format_figure(figure(value, unit, low=value - below, high=value + above))
    assert not re.search(r"(?<![.\d])\d{4,}|\de[+-]?\d|\.\d{6,}|None|nan|-\d|−0(\.0+)?(?![.\d])", text), text


@given(st.floats(-1e9, 1e9, allow_nan=False, allow_infinity=False))
def test_full_precision_loses_nothing_that_a_reader_could_miss(value):
    text = exact(value, "")
    assert float(text.replace(",", "").replace("−", "-")) == pytest.approx(value, rel=1e-9, abs=1e-10)


def test_full_precision_names_its_unit():
    assert exact((3400.0, 3600.0), "vehicles") == "3,400 to 3,600 vehicles"
    assert exact(-4907.1, "CNY m") == "−4,907.1 m yuan"
    assert exact(747143.32, "CNY m") == "747,143.32 m yuan"
    assert exact(7131459.0, "CNY m") == "7,131,459 m yuan"
    assert exact(True, "flag") == "yes"
    assert exact(0.28, "ratio").replace("\xa0", " ") == "28 %"
    assert exact((-0.072, 0.5), "ratio").replace("\xa0", " ") == "−7.2 to 50 %"


def test_an_interval_that_is_the_value_itself_is_not_told():
    assert format_figure(figure(3000.0, low=3000.0, high=3000.0)) == "3.0 bn yuan"


def table_of(*ids):
    found = sample()
    first = next(iter(found.figures))
    figures = {id: found.figures[first].model_copy(update={"id": id}) for id in ids}
    return figure_table(found.model_copy(update={"figures": figures}), "t", ids, "Figures")


def test_a_table_with_figures_of_two_deals_says_of_which_deal_each_is():
    table = table_of("fund.npv", "proposal.value", "proposal.holders_signed", "proposal.survival_without")
    told = localise_table(table, "en")
    assert told.heads == ("Figure", "Deal", "Value")
    signed = localise(Message.of(f"reports.deal.{sample().sheet_status}"), "en")
    assert [cells[0].text for _, _, cells in told.rows] == [signed, "as proposed", signed, ""]


@pytest.mark.parametrize("ids", [("fund.npv", "fund.irr"), ("proposal.value", "proposal.survival_without")])
def test_a_table_of_one_deal_needs_no_column_for_it(ids):
    assert localise_table(table_of(*ids), "en").heads == ("Figure", "Value")
