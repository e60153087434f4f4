"""Years from the workbooks of a yearbook: read into a shipped panel in either shape, refused by the cell."""

from dataclasses import replace

import openpyxl
import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.industries import names_of, read_yearbook, shipped_panel

PROVINCES = ("北  京", "安徽省", "Guangdong", "西藏自治区")
INDUSTRIES = ("农副食品加工业", "汽车制造业", "铁路、船舶、航空航天和其他运输设备制造业")


@pytest.fixture(scope="module")
def panel():
    return shipped_panel("cn-employment")


def saved(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def by_province(year=2018, unit="单位：人", value=None):
    head = ["地区", "Region", *INDUSTRIES, "合计"]
    rows = [[f"分行业城镇单位就业人员（{year}年）"], [unit], head, ["全国", "National Total", 9, 9, 9, 27]]
    rows += [[name, "", 10 * k, 20 * k, 30 * k, 60 * k] for k, name in enumerate(PROVINCES, 1)]
    if value is not None:
        rows[5][2] = value
    return rows


def refused(path, panel):
    with pytest.raises(InvalidInput) as error:
        read_yearbook(path, panel)
    return [(problem.cause.id.removeprefix("panels.yearbook."), str(problem.place)) for problem in error.value.problems]


def test_provinces_by_industries_with_a_year_a_sheet(panel, tmp_path):
    path = saved(
        tmp_path / "y.xlsx",
        {"说明": [["编制说明"]], "2017": by_province(2017), "2018": by_province(2018, "单位：万人")},
    )
    read = read_yearbook(path, panel)
    assert read.years == (*panel.years, 2017, 2018)
    food = str(names_of("industry")["C13"].name)
    assert read.series("Anhui", food)[2017] == 20
    assert read.series("Guangdong", food)[2018] == 300_000  # stated in ten thousands
    assert read.series("Anhui", "Manufacture of transport equipment")[2017] == 100  # two codes are one
    assert read.unknown(2017)[read.region_at("Hebei"), read.industry_at(food)]  # not in the workbook
    for year in panel.years:
        assert (read.matrix(year) == panel.matrix(year)).all()
        assert (read.unknown(year) == panel.unknown(year)).all()
    told = [finding.cause.id.removeprefix("panels.yearbook.") for finding in read.findings]
    assert told == ["added", "thin", "passed"]  # four provinces and three industries are no whole year


def test_a_whole_year_is_not_called_thin(panel, tmp_path):
    regions, industries = names_of("province").values(), names_of("industry").values()
    head = ["地区", *(one.name.zh for one in industries if one.code not in ("C36", "C37"))]
    rows = [["单位：人"], head, *([one.name.zh, *range(1, len(head))] for one in regions)]
    read = read_yearbook(saved(tmp_path / "y.xlsx", {"2017": rows}), panel)
    assert [finding.cause.id for finding in read.findings] == ["panels.yearbook.added"]
    assert not read.unknown(2017).any()


def test_years_in_the_head_with_an_industry_a_sheet(panel, tmp_path):
    rows = [["单位：人"], ["地区", 2017, "2018年"], ["北京", 5, "…"], ["安徽", 7, 8]]
    read = read_yearbook(saved(tmp_path / "y.xlsx", {"医药制造业": rows}), panel)
    medicine = str(names_of("industry")["C27"].name)
    assert read.series("Anhui", medicine)[2018] == 8
    assert read.unknown(2018)[read.region_at("Beijing"), read.industry_at(medicine)]


def test_industries_in_the_first_column_and_a_province_a_sheet(panel, tmp_path):
    rows = [["Unit: persons"], ["Industry", 2017, 2018], ["农副食品加工业", 5, 6], ["医药制造业", 7, 8]]
    read = read_yearbook(saved(tmp_path / "y.xlsx", {"安徽": rows}), panel)
    assert read.series("Anhui", str(names_of("industry")["C13"].name))[2018] == 6


def test_what_cannot_be_read_is_told_by_its_cell(panel, tmp_path):
    said = refused(saved(tmp_path / "y.xlsx", {"2018": by_province(value="约12")}), panel)
    assert said == [("number", f"{tmp_path}/y.xlsx:2018!C6")]
    assert refused(saved(tmp_path / "n.xlsx", {"2018": by_province(value=-4)}), panel) == [
        ("negative", f"{tmp_path}/n.xlsx:2018!C6")
    ]


@pytest.mark.parametrize(
    ("sheets", "kind"),
    [
        ({"a": by_province(unit="")}, "no_unit"),
        ({"a": by_province(unit="单位：吨")}, "unit"),
        ({"a": by_province(year="某")}, "no_year"),
        ({"a": by_province(2016)}, "year_held"),
        ({"a": by_province(2018), "b": by_province(2018)}, "twice"),
        ({"a": [["no table"]]}, "nothing"),
        ({"a": [*by_province(2018), ["安微", "", 1, 2, 3, 6]]}, "name"),
    ],
)
def test_nothing_is_guessed(panel, tmp_path, sheets, kind):
    assert kind in {said for said, _ in refused(saved(tmp_path / "y.xlsx", sheets), panel)}


def test_a_panel_of_ones_own_takes_no_yearbook(panel, tmp_path):
    path = saved(tmp_path / "y.xlsx", {"2018": by_province()})
    assert refused(path, replace(panel, record=None)) == [("no_base", "--add")]
