"""A drawing is sound XML, the same bytes each time, and can stand in a page twice."""

from xml.etree import ElementTree as ET

import pytest
from tests.jobs.sample import exposure, sample

from guanzi.jobs.appraisal.documents.cash_chart import cash_call_picture
from guanzi.jobs.appraisal.documents.fan_chart import fan_picture
from guanzi.jobs.appraisal.documents.signature import signature_picture
from guanzi.render.drawing import _drawn

APPRAISAL = sample()
DRAWINGS = {
    "fan": lambda: fan_picture(APPRAISAL.fans["cash"], APPRAISAL.as_of, "en"),
    "cash": lambda: cash_call_picture(APPRAISAL.accounts.years, "CNY m", "en"),
    "signature": lambda: signature_picture(exposure(), "en"),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_is_sound_and_the_same_each_time(draw):
    first = draw()
    _drawn.cache_clear()
    second = draw()
    assert (first.wide, first.narrow, first.alternative) == (second.wide, second.narrow, second.alternative)
    for svg in (first.wide, first.narrow):
        root = ET.fromstring(svg)
        assert root.attrib["viewBox"]
        assert not [e for e in root.iter() if "id" in e.attrib]
        assert "href" not in svg


def test_what_was_drawn_is_not_drawn_again_and_another_chart_is():
    def misses_after(picture):
        assert picture.wide
        assert picture.narrow  # drawn beside: waited for
        return _drawn.cache_info().misses

    drawn = misses_after(DRAWINGS["cash"]())
    assert misses_after(DRAWINGS["cash"]()) == drawn
    assert misses_after(cash_call_picture(APPRAISAL.accounts.years[1:], "CNY m", "en")) > drawn


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_the_narrow_drawing_fits_a_telephone(draw):
    assert float(ET.fromstring(draw().narrow).attrib["viewBox"].split()[2]) <= 336
