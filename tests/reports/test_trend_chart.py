"""A trend shows what its sources say, and where they say nothing."""

from xml.etree import ElementTree as ET

import pytest

from guanzi.render import tell
from guanzi.reports.trend_chart import TrendPoint, trend_picture, trend_sentence

POINTS = [TrendPoint("2019Q4", 8224), TrendPoint("2020Q1", 3838)]


def words(picture):
    return [t.text for t in ET.fromstring(picture.wide).iter() if t.text]


def test_counts_are_shown_as_their_source_gives_them():
    assert "8,224" in words(trend_picture("Deliveries", "vehicles", POINTS, "en"))


@pytest.mark.parametrize(("last", "verb"), [(9000, "rose"), (100, "fell"), (8224, "was")])
def test_a_trend_says_where_it_went(last, verb):
    text = tell(trend_sentence("Deliveries", "vehicles", [POINTS[0], TrendPoint("2020Q1", last)]), "en")
    assert f"Deliveries {verb}" in text
    assert "Q4 2019" in text
    assert "Q1 2020" in text


def test_a_period_without_a_value_is_marked_and_not_bridged():
    points = [TrendPoint("2019Q1", -0.07), TrendPoint("2019Q2", -0.24), TrendPoint("2019Q4", -0.06)]
    picture = trend_picture("Vehicle margin", "ratio", points, "en")
    assert words(picture).count("?") == 1
    assert "No evidence for periods in between: 1" in tell(trend_sentence("Vehicle margin", "ratio", points), "en")
    whole = trend_picture("Vehicle margin", "ratio", [*points, TrendPoint("2019Q3", -0.07)], "en")
    assert "?" not in words(whole)


def test_where_there_is_no_room_only_the_years_are_named():
    points = [TrendPoint(f"{2012 + i // 4}Q{i % 4 + 1}", 100 + i) for i in range(32)]
    narrow = ET.fromstring(trend_picture("Deliveries", "vehicles", points, "en").narrow)
    shown = [t.text for t in narrow.iter() if t.text]
    assert "2015" in shown
    assert "Q2" not in shown
