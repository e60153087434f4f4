"""A fan shows 50 % and 90 % of the paths, what was observed, and the day of knowledge."""

from functools import cache
from xml.etree import ElementTree as ET

from tests.jobs.sample import sample

from guanzi.jobs.appraisal.documents.fan_chart import fan_picture, fan_sentence
from guanzi.render import localise

APPRAISAL = sample()
FAN = APPRAISAL.fans["deliveries"]


@cache
def picture():
    return fan_picture(FAN, APPRAISAL.as_of, "en")


def test_a_fan_names_its_bands_and_the_day_of_knowledge():
    for svg in (picture().wide, picture().narrow):
        text = " ".join(ET.fromstring(svg).itertext())
        assert [word in text for word in ("median", "50 %", "90 %", "as of 29 April 2020")] == [True] * 4


def test_a_fan_says_where_it_ends():
    text = localise(fan_sentence(FAN), "en")
    assert "1 January 2030" in text
    assert "the median is 64,500 vehicles" in text


def test_what_was_unknown_lies_to_the_right_of_the_line():
    assert max(o.date for o in FAN.observed) <= APPRAISAL.as_of
    assert 'stroke-dasharray="2,2"' in picture().wide


def test_a_fan_of_those_that_survive_says_how_many_they_are():
    some = FAN.model_copy(update={"counted": (*(1.0,) * (len(FAN.dates) - 1), 0.66)})
    text = localise(fan_sentence(some), "en").replace("\xa0", " ")
    assert "66 % of paths: on the other 34 %" in text
    assert "of paths: on" not in localise(fan_sentence(FAN), "en")
