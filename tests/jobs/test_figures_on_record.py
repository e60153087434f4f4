"""What is on record of a city or a market is found by any of its names, with sources, and nothing of later days."""

from datetime import date

import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.chains import chain_names
from guanzi.intake.industries import names_of, shipped_rows
from guanzi.jobs.evidence import figures
from guanzi.jobs.evidence.declared import FiguresRequest
from guanzi.jobs.tracks import trackwindow
from guanzi.record.evidence import (
    builtin_cases,
    city_names,
    load_city,
    load_track,
    open_case,
    read_outcome,
    track_names,
)
from guanzi.render import document_screen

NAMES = [
    *((name, load_city(name).name_zh, len(load_city(name).facts)) for name in city_names()),
    *((name, load_track(name).name.zh, len(load_track(name).facts)) for name in track_names()),
]


@pytest.mark.parametrize(("name", "chinese", "facts"), NAMES)
def test_every_shipped_city_and_market_is_found_by_its_names_with_all_its_figures(name, chinese, facts):
    found = figures.data(figures.known(FiguresRequest(name)))
    assert found == figures.data(figures.known(FiguresRequest(chinese)))
    assert len(found["figures"]) == facts
    assert all(one["publisher"] and one["known_on"] for one in found["figures"])


@pytest.mark.parametrize("chain", chain_names())
def test_the_market_of_a_chain_is_found_by_the_name_of_the_chain(chain):
    found = figures.data(figures.known(FiguresRequest(chain)))
    assert found["figures"]
    assert trackwindow.judge(trackwindow.Request(chain)).track.id == load_track(chain).id


def test_by_a_day_nothing_later_is_told_and_no_source_is_left_over():
    day = date(2020, 4, 29)
    found = figures.known(FiguresRequest("hefei", day))
    assert found.facts
    assert all(fact.known_on <= day for fact in found.facts)
    assert {source.id for source in found.sources} == {fact.source for fact in found.facts}
    assert len(found.facts) < len(figures.known(FiguresRequest("hefei")).facts)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_has_a_row_for_each_figure(lang):
    found = figures.known(FiguresRequest("nev"))
    shown = document_screen(figures.document_of(found), lang, width=400)
    for fact in found.facts:
        assert str(fact.period.start.year) in shown


def test_what_is_not_on_record_is_refused_with_what_is():
    with pytest.raises(InvalidInput) as refused:
        figures.known(FiguresRequest("hefeii"))
    assert "hefei" in str(refused.value.problems[0].fix)


@pytest.mark.parametrize("case", builtin_cases())
def test_a_case_is_told_with_what_came_of_it_and_by_its_day_without(case):
    held = open_case(case)
    outcome = read_outcome(held.folder)
    everything = figures.known(FiguresRequest(case))
    assert {fact.id for fact in everything.facts} == {fact.id for fact in (*held.facts, *outcome.facts)}
    by_day = figures.known(FiguresRequest(case, held.decision_date))
    assert all(fact.known_on <= held.decision_date for fact in by_day.facts)
    assert {source.id for source in by_day.sources} == {fact.source for fact in by_day.facts}


@pytest.mark.parametrize(("name", "chinese"), [("anhui", "安徽省"), ("inner mongolia", "内蒙古")])
def test_a_province_has_the_newest_year_of_each_panel_that_was_out(name, chinese):
    found = figures.data(figures.known(FiguresRequest(name, date(2018, 6, 30))))
    assert found == figures.data(figures.known(FiguresRequest(chinese, date(2018, 6, 30))))
    rows = shipped_rows("cn-employment")
    for figure in found["figures"]:
        assert figure["known_on"] <= "2018-06-30"
        if figure["id"].startswith("employment-"):
            _, industry, year = figure["id"].split("-")
            here = (rows.industry == industry) & (rows.region == found["of"]) & (rows.year == int(year))
            assert rows.value[here].tolist() == [figure["value"]]
            assert year == "2016"


def compared(asked):
    """The comparison that was asked for, as plain data without a shape of its own."""
    return dict(figures.data(figures.known(asked))["comparison"] or {})


def test_figures_are_added_and_compared_as_far_as_their_units_allow():
    asked = FiguresRequest("guangzhou", compare="budget-expenditure-2024,budget-revenue-2024")
    found = figures.data(figures.known(asked))
    values = {figure["id"]: figure["value"] for figure in found["figures"]}
    spent, earned = values["budget-expenditure-2024"], values["budget-revenue-2024"]
    told = compared(asked)
    assert told["total"] == [pytest.approx(spent + earned)] * 2
    assert told["difference"] == [pytest.approx(spent - earned)] * 2
    assert told["ratio"] == [pytest.approx(spent / earned)] * 2
    unlike = compared(FiguresRequest("hefei", compare="gdp-2023,resident-population-2023"))
    assert unlike["total"] is unlike["difference"] is None
    assert unlike["ratio"][0] > 0.0


def test_what_is_compared_with_an_interval_is_an_interval():
    asked = FiguresRequest("qoros-changshu-2017", compare="outcome-deliveries-2022,outcome-deliveries-2018")
    told = compared(asked)
    assert told["ratio"][0] < told["ratio"][1]
    assert told["difference"][0] < told["difference"][1] < 0.0


def test_a_figure_of_another_subject_is_compared_and_known_when_both_were():
    asked = FiguresRequest("hefei", compare="nio-hefei-2020:outcome-paid-2020-07,budget-revenue-2020")
    told = compared(asked)
    assert told["known_on"] == "2025-09-10"
    with pytest.raises(InvalidInput):
        figures.known(FiguresRequest("hefei", date(2021, 12, 31), asked.compare))  # not known by that day


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_of_a_comparison_says_it_in_words(lang):
    asked = FiguresRequest("ai", compare="zhipu-hangzhou-2025,zhipu-zhuhai-2025,zhipu-chengdu-2025")
    assert ("Together: 1.8 bn yuan" if lang == "en" else "合计：18亿元") in document_screen(
        figures.document_of(figures.known(asked)), lang
    )


@pytest.mark.parametrize(
    "ids", ["gdp-2023", "gdp-2023,nothing", "gdp-2023,loss-tolerance", "gdp-2023,nowhere:gdp-2023"]
)
def test_what_cannot_be_compared_is_refused(ids):
    with pytest.raises(InvalidInput) as refused:
        figures.known(FiguresRequest("hefei", compare=ids))
    assert refused.value.problems[0].fix is not None


LISTED = {"vehicles": ("TS060", "TS062"), "aviation": ("TS088",), "electronics": ("TS009", "TS026")}


def listed(panel, region, group, year):
    """Companies of a group in the regions whose code begins so, at the end of a year."""
    rows = shipped_rows(panel)
    here = [str(one).startswith(region) for one in rows.region]
    return rows.value[(rows.year == year) & here & [str(one) in LISTED[group] for one in rows.industry]].sum()


@pytest.mark.parametrize("name", city_names())
def test_listed_companies_of_a_city_are_those_of_the_panel_and_at_most_those_of_unknown_city(name):
    city = load_city(name)
    code = next(code for code, named in names_of("city").items() if named.name == city.name)
    counted = [fact for fact in city.facts if fact.name == "listed_firms"]
    assert counted
    for fact in counted:
        year = fact.period.start.year
        low = listed("cn-city-firms", code, fact.subject, year)
        elsewhere = listed("cn-city-firms", code[:2], fact.subject, year) - low
        most = max(low, listed("cn-firms", code[:2], fact.subject, year) - elsewhere)
        assert fact.interval == (low, most), fact.id
