"""Distributions in words; a spread of logarithms has no unit."""

import pytest

from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import ParameterData
from guanzi.jobs.appraisal.documents.parameters import exact_values, format_distribution


def parameter(kind, values, unit, origin="judgement"):
    label = Text(id="reports.advice.back")
    return ParameterData(
        id="parameter.x", label=label, distribution=kind, values=values, unit=unit, origin=origin, because=label
    )


@pytest.mark.parametrize(
    ("kind", "values", "unit", "text"),
    [
        ("fixed", (34218.0,), "vehicles", "34,200 vehicles"),
        ("fixed", (1.0,), "flag", "not known; counted as yes"),
        ("fixed", (0.0,), "flag", "not known; counted as no"),
        ("triangular", (0.04, 0.1, 0.17752422), "ratio", "from 4.0 % to 17.8 %, most likely 10.0 %"),
        ("uniform", (1.0, 3.0), "quarters", "uniform between 1 and 3 quarters"),
        (
            "lognormal",
            (5019.0, 0.2469),
            "vehicles",
            "lognormal: median 5,020 vehicles, standard deviation of the logarithm 0.25",
        ),
    ],
)
def test_a_distribution_reads_as_people_say_it(kind, values, unit, text):
    assert format_distribution(parameter(kind, values, unit)).replace("\xa0", " ") == text


@pytest.mark.parametrize("origin", ["trend", "comparable", "experts"])
def test_what_a_fact_or_an_expert_says_is_no_unknown(origin):
    assert format_distribution(parameter("fixed", (0.0,), "flag", origin)) == "no"


def test_full_precision_keeps_the_spread_without_unit():
    assert exact_values(parameter("lognormal", (5019.0, 0.2469), "vehicles")) == "5,019 vehicles; 0.2469"
