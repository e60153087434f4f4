"""What is on record of a city or a market is found by any of its names, with sources, and nothing of later days."""

from datetime import date

import pytest

from guanzi.base.core import InvalidInput
from guanzi.jobs.evidence import figures
from guanzi.jobs.evidence.declared import FiguresRequest
from guanzi.record.evidence import city_names, load_city, load_track, track_names
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
