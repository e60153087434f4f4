"""The section on the work-streams."""

from xml.etree import ElementTree as ET

import pytest
from tests.jobs.sample import sample

from guanzi.advice.appraisal import BarData, StreamFound, UnitCostData
from guanzi.advice.appraisal.data import Text
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.jobs.appraisal.documents.stream_chart import StreamsDrawing
from guanzi.jobs.appraisal.documents.workstreams import streams_table
from guanzi.jobs.diligence.documents.break_even_chart import (
    break_even_picture,
    break_even_table,
    tornado_table,
    unit_cost_tornado,
)
from guanzi.render.localised import localise_table

LEVELS = tuple(i / 100 for i in range(1, 100))
MODEL = {"id": "diligence.unitcost.vehicle", "params": {}}
SENTENCE = Text(
    id="appraisal.unit_cost.open",
    params={"now": 5.0, "low": 1.0, "middle": 2.0, "high": 9.0, "unit": "", "disputed": []},
)


def words_of(table):
    return [cell.text for _, _, cells in localise_table(table, "en").rows for cell in cells]


def cost(**changes):
    fields = {
        "model": "vehicle",
        "label": Text(id="appraisal.unit_cost.label", params={"model": MODEL}),
        "sentence": SENTENCE,
        "unit": "vehicles",
        "now": 20_000.0,
        "levels": LEVELS,
        "middle": tuple(100_000.0 * (1 + level) if level < 0.9 else None for level in LEVELS),
        "low": tuple(90_000.0 for _ in LEVELS),
        "high": tuple(None for _ in LEVELS),
        "tornado": (
            BarData(
                label=Text(id="diligence.unitcost.vehicle.price"), low=1.0, high=2.0, at_low=None, at_high=80_000.0
            ),
        ),
        "result": Text(id="appraisal.unit_cost.of.break_even"),
        "result_unit": "vehicles",
        "base": 100_000.0,
    }
    return UnitCostData(**{**fields, **changes})


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_picture_is_drawn_in_both_sizes_and_names_the_volume_that_is_there(lang):
    picture = break_even_picture(cost(), lang)
    for svg in (picture.wide, picture.narrow):
        assert {"en": "today", "zh": "目前"}[lang] in "".join(ET.fromstring(svg).itertext())
    assert picture.alternative


def test_what_never_breaks_even_says_so_in_the_tables():
    assert words_of(break_even_table(cost())).count("never") == 6
    assert words_of(tornado_table(cost()))[2] == "never"


def test_everything_known_closes_the_band():
    closed = cost(high=tuple(300_000.0 for _ in LEVELS), middle=tuple(200_000.0 for _ in LEVELS))
    assert "never" not in words_of(break_even_table(closed))
    assert break_even_picture(closed, "en").wide


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_dossier_shows_streams_pictures_and_what_is_missing(lang):
    streams = (StreamFound(stream="legal", checks=8, held=1, risks=2, assets=0, gaps=7),)
    lacking = cost(
        model="swap-station", levels=(), middle=(), low=(), high=(), missing=(Text(id="diligence.unitcost.vehicle"),)
    )
    whole = sample().model_copy(update={"streams": streams, "unit_costs": (cost(), lacking)})
    page = dossier_html(whole, lang)
    assert 'id="workstreams"' in page
    assert 'id="unit-cost-vehicle"' in page
    assert 'id="unit-cost-swap-station"' in page
    assert {"en": "2 of 2", "zh": "2/2"}[lang] in page


def test_a_stream_without_questions_in_the_plan_has_none_asked():
    streams = (StreamFound(stream="terms", checks=0, held=0, risks=1, assets=0, gaps=0),)
    table = streams_table(sample().model_copy(update={"streams": streams}))
    assert words_of(table)[:5] == ["no finding", "0", "0", "0", "none asked"]
    assert words_of(table)[5:] == ["2 of 2", "2", "0", "0", "1 of 2"], "the findings below it, and the plan's answers"


def drawn(svg):
    """Words and numbers of points of a drawing."""
    root = ET.fromstring(svg)
    points = [element for element in root.iter() if element.tag.endswith("path") and "A" in element.get("d", "")]
    return "".join(root.itertext()), len(points)


def bar(input, at_low, at_high):
    label = Text(id=f"diligence.unitcost.vehicle.{input}")
    return BarData(label=label, low=1.0, high=2.0, at_low=at_low, at_high=at_high)


@pytest.mark.parametrize(("lang", "unit"), [("en", "vehicles"), ("zh", "辆")])
def test_what_moves_the_break_even_is_drawn_with_its_names_and_unit(lang, unit):
    found = unit_cost_tornado(cost(tornado=(bar("price", 90_000.0, 80_000.0), bar("volume", 1.0, 2.0))), lang)
    for svg in (found.wide, found.narrow):
        words, _ = drawn(svg)
        assert unit in words
        assert {"en": "price", "zh": "价"}[lang] in words.lower()
    assert {"en": "What affects break-even", "zh": "影响盈亏平衡点的因素"}[lang] in found.alternative


def test_a_bar_that_leads_to_no_break_even_has_no_point_at_that_end():
    both = unit_cost_tornado(cost(tornado=(bar("price", 90_000.0, 80_000.0),)), "en")
    one = unit_cost_tornado(cost(tornado=(bar("price", None, 80_000.0),)), "en")
    assert drawn(both.wide)[1] == drawn(one.wide)[1] + 1
    assert unit_cost_tornado(cost(tornado=(bar("price", None, None),)), "en") is None


def test_a_margin_may_be_negative_and_stands_on_an_even_axis():
    margin = {"result": Text(id="appraisal.unit_cost.of.unit_margin"), "result_unit": "CNY", "base": -5_000.0}
    found = unit_cost_tornado(cost(tornado=(bar("price", -40_000.0, 30_000.0),), **margin), "en")
    words, _ = drawn(found.wide)
    assert "yuan" in words
    assert "40,000" in words


def test_the_dossier_shows_what_moves_a_unit_cost_beside_its_break_even():
    plain = sample().model_copy(update={"unit_costs": (cost(tornado=()),)})
    whole = sample().model_copy(update={"unit_costs": (cost(),)})
    assert dossier_html(whole, "en").count("<svg") == dossier_html(plain, "en").count("<svg") + 2


def test_the_picture_of_the_work_streams_has_a_mark_for_each_finding():
    found = sample().findings
    drawn = StreamsDrawing(found).picture("en")
    for svg in (drawn.wide, drawn.narrow):
        marks = {"risk": svg.count("▲"), "asset": svg.count("<circle"), "gap": svg.count(">?<")}
        for kind, n in marks.items():
            assert n == 1 + sum(f.kind == kind for f in found)  # and one in the key
    assert drawn.alternative.startswith(f"{len(found)} findings: ")


def test_without_a_gap_the_picture_does_not_say_where_most_of_them_are():
    known = tuple(f for f in sample().findings if f.kind != "gap")
    assert "missing" not in StreamsDrawing(known).picture("en").alternative
    assert "missing most often" in StreamsDrawing(sample().findings).picture("en").alternative
