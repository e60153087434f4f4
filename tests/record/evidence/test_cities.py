"""Cities as data: every figure with its source, and the figures those of the public series."""

import csv
from datetime import date
from pathlib import Path

import pytest

from guanzi.base.core import InvalidInput, render
from guanzi.record.evidence import city_names, load_city

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "cities" / "city_profiles.csv"
NAMES = {
    "gdp": "gdp",
    "general_public_budget_revenue": "budget_revenue",
    "general_public_budget_expenditure": "budget_expenditure",
    "real_estate_investment": "property_investment",
}
SPELT = {"xian": "xi'an"}
FEW = {"changzhou", "wuhu"}
"""Cities that are not in the database of main cities."""
HEAD = "format: 1\ncity: lyon\nname: Lyon\ncountry: FR\nsources:\n  s: {publisher: P, title: T, grade: B}\nfacts:\n"
FACT = "  - {id: gdp-2020, subject: region, name: gdp, period: 2020, value: 1, unit: EUR m, known_on: 2021-12-31, "
FACT += "source: s}\n"


@pytest.mark.parametrize("name", city_names())
def test_a_shipped_city_is_sound_and_every_fact_has_a_source(name):
    city = load_city(name)
    assert city.id == name
    assert city.name_zh
    assert all(city.source(fact.source).publisher for fact in city.facts)


def test_facts_of_a_name_are_those_of_the_day_in_the_order_of_their_periods():
    held = load_city("wuhan").named("budget_revenue", date(2021, 1, 1))
    assert [fact.period.start.year for fact in held] == [2017, 2018, 2019]


def test_the_cities_of_the_story_are_shipped():
    told = {"guangzhou", "hefei", "shanghai", "wuhan", "shenzhen", "xian", "hangzhou", "changzhou", "wuhu", "chongqing"}
    assert told <= set(city_names())
    assert len(city_names()) >= 12


@pytest.mark.parametrize("name", city_names())
def test_the_figures_are_those_of_the_series(name):
    if not SHARED.is_file():
        pytest.skip("the collection of city figures is not at hand")
    with SHARED.open(encoding="utf-8") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["city"].lower() == SPELT.get(name, name) and row["indicator"] in NAMES
        ]
    series = {}
    for row in rows:
        series.setdefault((NAMES[row["indicator"]], int(row["year"])), set()).add(round(float(row["value"]) * 100, 2))
    facts = [fact for fact in load_city(name).facts if fact.name in NAMES.values()]
    assert len(facts) >= (13 if name in FEW else 28)
    assert [f.id for f in facts if f.number not in series[f.name, f.period.start.year]] == []


def test_a_file_is_read_by_its_path(tmp_path):
    path = tmp_path / "lyon.yaml"
    path.write_text(HEAD + FACT, "utf-8")
    assert load_city(str(path)).facts[0].number == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + FACT.replace("source: s", "source: nowhere"), "nowhere"),
        (HEAD + FACT.replace("2021-12-31", "2021-13-31"), "2021-13-31"),
        (HEAD.replace("country: FR\n", ""), "country"),
        ("- 1\n", ""),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(text, said, tmp_path):
    path = tmp_path / "wrong.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as error:
        load_city(str(path))
    assert any(said in render(p.cause) and p.place.file for p in error.value.problems)


def test_an_unknown_name_is_refused_with_those_there_are():
    with pytest.raises(InvalidInput) as error:
        load_city("atlantis")
    (problem,) = error.value.problems
    assert problem.fix is not None
    assert "Guangzhou" in render(problem.fix)


@pytest.mark.parametrize("name", city_names())
def test_a_leap_in_the_output_of_a_city_says_that_the_count_has_changed(name):
    """No city grew by more than 15 % a year since 2015, or by 30 % before: what looks so is another count."""
    held = {fact.period.start.year: fact for fact in load_city(name).facts if fact.name == "gdp"}
    leaps = [
        fact
        for year, fact in held.items()
        if year - 1 in held and fact.number > held[year - 1].number * (1.15 if year >= 2015 else 1.3)
    ]
    assert all(fact.note for fact in leaps), [fact.id for fact in leaps if not fact.note]


def test_figures_revised_after_a_census_are_not_told_as_known_before_it():
    """A page of 2021 has 3,292.5 bn yuan for Shanghai in 2017 (oweidata.com); the file has a later, larger count."""
    facts = {fact.id: fact for fact in load_city("shanghai").facts}
    assert facts["gdp-2017"].number > 3_292_500
    for city in ("shanghai", "chongqing"):
        revised = [f for f in load_city(city).facts if f.name == "gdp" and f.period.start.year < 2024]
        assert len(revised) == 7
        early = [fact for fact in revised if fact.known_on.year < 2025]
        assert [fact.id for fact in early] == ["gdp-2018"], "that year alone is kept for a threshold, and says so"
        assert all("revised" in fact.note for fact in revised)
