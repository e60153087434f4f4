"""A scan as of a day reads nothing that came out later, and offers no total as an industry to enter."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from tests.study.tracks.economies import economy, rows_of

from guanzi.base.core import dump_json
from guanzi.intake.industries import Roles
from guanzi.jobs.shared.run import USUAL
from guanzi.jobs.tracks import industries, regionscan
from guanzi.record.evidence import load_city
from guanzi.render import document_screen

pytestmark = pytest.mark.usefixtures("few_trees")
COLUMNS = Roles("region", "industry", "year", ("value",))
DAY = date(2020, 4, 29)
FRAME = pd.DataFrame(rows_of(economy(9, 12, 12), 2008, 1))  # years 2008 to 2019; those of 2019 are out in October 2020


def panel_of(folder, frame, name="panel.csv"):
    path = folder / name
    frame.to_csv(path, index=False)
    return industries.IndustryFile(path, COLUMNS)


def said(folder, frame, city=None):
    request = regionscan.Request(panel_of(folder, frame), "r000", horizon=3, tracks={}, as_of=DAY, city=city)
    found = regionscan.scan(request)
    return dump_json(regionscan.data(found)), document_screen(regionscan.document_of(found), "en"), found


def test_years_that_were_not_out_change_no_byte(tmp_path):
    later = FRAME[FRAME.year == 2019]
    planted = pd.concat([FRAME, later.assign(year=2020, value=later.value * 7), later.assign(year=2024)])
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    data, document, found = said(tmp_path / "a", FRAME[FRAME.year <= 2018])
    planted_data, planted_document, _ = said(tmp_path / "b", planted)
    assert found.scan.forecast.origin == 2018
    assert planted_data == data.replace("/a/", "/b/")
    assert planted_document == document.replace("/a/", "/b/")


def test_facts_of_the_city_that_came_later_are_not_read():
    whole = load_city("hefei")
    held = whole.known_by(DAY)
    assert {f.id for f in held.facts} == {f.id for f in whole.facts if f.known_on <= DAY}
    assert 0 < len(held.facts) < len(whole.facts)
    assert {s.id for s in held.sources} == {f.source for f in held.facts}
    assert replace(held).known_by(DAY) == held


@pytest.mark.parametrize("name", ["Total", "all  industries", "合计"])
def test_a_total_is_left_out_and_told_whether_or_not_it_adds_up(tmp_path, name):
    total = FRAME.groupby(["region", "year"], as_index=False).value.sum().assign(industry=name)
    total.value *= 1.07  # with cells that the office of statistics keeps back
    panel = industries.read(panel_of(tmp_path, pd.concat([FRAME, total])), USUAL)
    plain = industries.read(panel_of(tmp_path, FRAME, "plain.csv"), USUAL)
    assert [p.cause.id for p in panel.findings] == ["panels.remark.left_out"]
    assert replace(panel, name="", findings=()).sha256 == replace(plain, name="", findings=()).sha256


def test_a_level_above_others_and_a_region_that_is_the_whole_are_left_out(tmp_path):
    lower = FRAME.assign(industry="C1" + FRAME.industry.str[-2:])
    upper = lower.groupby(["region", "year"], as_index=False).value.sum().assign(industry="C1")
    rest = lower.assign(industry=lower.industry.str.replace("C1", "C2"), value=lower.value * 2)
    parts = pd.concat([lower, rest])
    whole = pd.concat([parts, upper])
    nation = whole.groupby(["industry", "year"], as_index=False).value.sum().assign(region="Nation")
    panel = industries.read(panel_of(tmp_path, pd.concat([whole, nation])), USUAL)
    assert set(panel.industries) == set(parts.industry)
    assert set(panel.regions) == set(parts.region)
    assert panel.sha256 == industries.read(panel_of(tmp_path, parts, "plain.csv"), USUAL).sha256
