"""Every word of the dossier is in the catalogue."""

import re
from pathlib import Path
from typing import get_args

import pytest

from guanzi.advice.appraisal.advice_data import Advice, Row
from guanzi.advice.appraisal.document import ClauseData, Figure, FindingData, ParameterData
from guanzi.base.core import UNITS, Message, catalogue, render
from guanzi.jobs.shared.documents.words import period, tick, word
from guanzi.render.scales import scale_for, unit_slug, whole_unit

JOBS = Path(__file__).resolve().parents[2] / "src" / "guanzi" / "jobs"
TEXTS = {id.removeprefix("reports.") for id in catalogue("reports")}


def said():
    """Ids that templates and code write out, and the beginnings of those that they put together."""
    whole: set[str] = set()
    begun: set[str] = set()
    for path in [*JOBS.rglob("documents/**/*.j2"), *JOBS.glob("*/documents/*.py")]:
        for quote, id in re.findall(r"""\b(?:t|say|message)\(\s*(['"])([a-z][\w.]*)['"]""", path.read_text("utf-8")):
            (begun if quote and id.endswith(".") else whole).add(id)
    return whole, begun


def test_every_sentence_that_is_asked_for_exists():
    whole, begun = said()
    assert len(whole) > 80
    assert whole - TEXTS == set()
    assert [b for b in begun if not any(t.startswith(b) for t in TEXTS)] == []


def values(model, field):
    return get_args(model.model_fields[field].annotation)


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("advice", get_args(Advice)),
        ("consequence", get_args(Advice)),
        ("kind", values(FindingData, "kind")),
        ("kinds", [kind for kind in values(FindingData, "kind") if kind != "gap"]),
        ("severity", values(FindingData, "severity")),
        ("stage", values(Row, "stage")),
        ("row", values(Row, "outcome")),
        ("figure_kind", values(Figure, "kind")),
        ("origin", values(ParameterData, "origin")),
        ("clause", [s for s in values(ClauseData, "state") if s != "known"]),
        ("unit", [unit_slug(u) for u in UNITS if u not in {"flag", "text"}]),
        ("axis", [unit_slug(u) for u in UNITS if u not in {"flag", "text"}]),
    ],
)
def test_every_code_of_the_appraisal_has_its_word(kind, codes):
    assert [c for c in codes if f"{kind}.{c}" not in TEXTS] == []


def test_a_name_that_the_catalogue_lacks_is_spelt_out():
    assert word("fact", "accumulated_deficit", "en") == "Accumulated deficit"
    assert word("fact", "gdp", "en") == "Gross regional product"


def test_periods_read_as_people_say_them():
    assert [period(p, "en") for p in ("2019", "2019Q4", "2019-06", "2019-12-31")] == [
        "2019",
        "Q4 2019",
        "June 2019",
        "31 December 2019",
    ]


def test_the_year_stands_once_below_an_axis_of_quarters():
    assert tick("2019Q2", True, "en") == ("Q2", "2019")
    assert tick("2019Q3", False, "en") == ("Q3",)
    assert tick("2020Q1", False, "en") == ("Q1", "2020")


@pytest.mark.parametrize(
    ("unit", "lang", "said"),
    [
        ("KRW m", "en", "5 m South Korean won"),
        ("CNY per KRW", "en", "5 Chinese yuan per South Korean won"),
        ("SEK per kWh", "en", "5 Swedish kronor per kWh"),
        ("CNY per JPY", "zh", "1日元兑5人民币"),
    ],
)
def test_money_of_any_currency_has_its_words(unit, lang, said):
    shown = whole_unit(unit, lang)
    assert render(Message.of(shown.id, **dict(shown.params), number="5"), lang) == said
    assert scale_for(unit, [5.0], lang).title(lang)


def test_a_half_year_and_nine_months_read_as_people_say_them():
    assert [period(p, "en") for p in ("2019H1", "2019-01/2019-09", "2021/2023")] == [
        "the first half of 2019",
        "January 2019 to September 2019",
        "2021 to 2023",
    ]
    assert period("2019H2", "zh") == "2019年下半年"
