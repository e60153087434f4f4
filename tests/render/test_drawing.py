"""A drawing is sound XML, the same bytes each time, and can stand in a page twice."""

from xml.etree import ElementTree as ET

import pytest
import vl_convert
from tests.jobs.sample import exposure, sample

from guanzi.jobs.appraisal.documents.cash_chart import cash_call_picture
from guanzi.jobs.appraisal.documents.fan_chart import fan_picture
from guanzi.jobs.appraisal.documents.signature import signature_picture
from guanzi.render import drawing
from guanzi.render.drawing import _drawn

APPRAISAL = sample()
DRAWINGS = {
    "fan": lambda: fan_picture(APPRAISAL.fans["cash"], APPRAISAL.as_of, "en"),
    "cash": lambda: cash_call_picture(APPRAISAL.accounts.years, "CNY m", "en"),
    "signature": lambda: signature_picture(exposure(), "en"),
}


@pytest.fixture
def kept(monkeypatch, tmp_path):
    """The folder of drawings that earlier runs kept, and how often the library drew since."""
    drawn = []
    draw = vl_convert.vegalite_to_svg

    def counted(specification, **options):
        drawn.append(specification)
        return draw(specification, **options)

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", counted)
    monkeypatch.setattr(drawing, "folder_beside", lambda file: tmp_path)
    _drawn.cache_clear()
    yield tmp_path / "drawings", drawn
    _drawn.cache_clear()


def both(picture):
    """The drawings of a picture, waited for."""
    return picture.wide, picture.narrow


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_of_an_earlier_run_is_that_of_this_one(draw, kept):
    _, drawn = kept
    first = both(draw())
    _drawn.cache_clear()
    assert both(draw()) == first
    assert len(drawn) == 2


def test_another_chart_or_another_library_is_drawn_anew(kept, monkeypatch):
    _, drawn = kept
    first = both(DRAWINGS["cash"]())
    both(cash_call_picture(APPRAISAL.accounts.years[1:], "CNY m", "en"))
    assert len(drawn) == 4
    _drawn.cache_clear()
    monkeypatch.setattr(drawing, "_maker", lambda: b"another")
    assert both(DRAWINGS["cash"]()) == first
    assert len(drawn) == 6


def test_nobody_else_on_the_machine_reads_a_drawing(kept):
    folder, _ = kept
    both(DRAWINGS["cash"]())
    files = list(folder.iterdir())
    assert len(files) == 2
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_where_nothing_can_be_kept_every_run_draws(kept, monkeypatch):
    _, drawn = kept
    monkeypatch.setattr(drawing, "folder_beside", lambda file: None)
    first = both(DRAWINGS["cash"]())
    _drawn.cache_clear()
    assert both(DRAWINGS["cash"]()) == first
    assert len(drawn) == 4


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_is_sound_and_the_same_each_time(draw, kept):
    first = draw()
    assert first.narrow
    _drawn.cache_clear()
    for file in kept[0].iterdir():
        file.unlink()
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
