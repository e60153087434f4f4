"""A trend shows what its sources say, and where they say nothing."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress
from scipy.stats import t as student

from guanzi.advice.appraisal import Observation
from guanzi.advice.appraisal.exposure import trend_change
from guanzi.base.core import Period
from guanzi.jobs.appraisal.documents.trend_chart import TrendPoint, trend_picture, trend_sentence
from guanzi.render import localise
from guanzi.study.diligence import linear_trend

POINTS = [TrendPoint("2019Q4", 8224), TrendPoint("2020Q1", 3838)]


def changed(unit, points):
    """The change of points with its band, as an appraisal holds it."""
    seen = [Observation(date=Period.parse(p.period).end, value=p.value, fact="") for p in points]
    return trend_change(unit, seen)


def words(picture):
    return [t.text for t in ET.fromstring(picture.wide).iter() if t.text]


def test_counts_are_shown_as_their_source_gives_them():
    assert "8,224" in words(trend_picture("Deliveries", "vehicles", POINTS, "en"))


@pytest.mark.parametrize(("last", "verb"), [(9000, "rose"), (100, "fell"), (8224, "")])
def test_a_trend_says_where_it_went(last, verb):
    text = localise(trend_sentence("Deliveries", "vehicles", [POINTS[0], TrendPoint("2020Q1", last)]), "en")
    assert (f"Deliveries {verb}" if verb else "Deliveries: 8,220") in text
    assert "Q4 2019" in text
    assert "Q1 2020" in text


def test_a_period_without_a_value_is_marked_and_not_bridged():
    points = [TrendPoint("2019Q1", -0.07), TrendPoint("2019Q2", -0.24), TrendPoint("2019Q4", -0.06)]
    picture = trend_picture("Vehicle margin", "ratio", points, "en")
    assert words(picture).count("?") == 1
    assert "No separate figure for periods in between: 1" in localise(
        trend_sentence("Vehicle margin", "ratio", points), "en"
    )
    for unit in ("ratio", "vehicles"):
        shown = [
            word for word in words(trend_picture("Vehicle margin", unit, points, "en")) if re.match("Q[1-4]", word)
        ]
        assert [word[:2] for word in shown] == ["Q1", "Q2", "Q3", "Q4"]
    whole = trend_picture("Vehicle margin", "ratio", [*points, TrendPoint("2019Q3", -0.07)], "en")
    assert "?" not in words(whole)


def test_where_there_is_no_room_only_the_years_are_named():
    points = [TrendPoint(f"{2012 + i // 4}Q{i % 4 + 1}", 100 + i) for i in range(32)]
    narrow = ET.fromstring(trend_picture("Deliveries", "vehicles", points, "en").narrow)
    shown = [t.text for t in narrow.iter() if t.text]
    assert "2015" in shown
    assert "Q2" not in shown


@given(st.lists(st.floats(-0.5, 0.5), min_size=3, max_size=8), st.sampled_from(["ratio", "CNY m"]))
def test_no_direction_is_told_where_the_band_of_the_trend_holds_nought(values, unit):
    values = [round(v, 3) for v in values]
    points = [TrendPoint(str(Period.parse("2018Q1").shift(n)), v) for n, v in enumerate(values)]
    text = localise(trend_sentence("Margin", unit, points, changed(unit, points)), "en")
    logs = np.log(values) if unit != "ratio" and min(values) > 0 else np.array(values)
    line = linregress(np.arange(len(values)), logs)
    half = student.ppf(0.95, len(values) - 2) * line.stderr
    if abs(line.slope) < half * 0.99:
        certain = linear_trend(list(logs)).certain is not None  # a last value that only widened the band
        assert certain or not re.match("Margin (rose|fell)", text)
        assert certain or "it is unclear whether the values as a whole rise or fall" in text
    if re.match("Margin rose", text):
        assert line.slope > 0 and values[-1] > values[0]  # noqa: PT018


def test_what_the_dossier_of_nio_was_told_is_no_change_that_is_clear():
    """Eight quarters from -4.3 % to -6 %, with a band from -6.5 to +3.3 points, were told as a fall."""
    values = {"2018Q3": -0.043, "2018Q4": 0.037, "2019Q1": -0.072, "2019Q2": -0.241, "2019Q3": -0.068, "2019Q4": -0.06}
    points = [TrendPoint(period, value) for period, value in values.items()]
    for lang, told in (("en", "it is unclear whether the values as a whole rise or fall"), ("zh", "升降趋势不明确")):
        assert told in localise(trend_sentence("Vehicle margin", "ratio", points, changed("ratio", points)), lang)
