"""Statements in Chinese and English tables: items, units, periods, and whose accounts they are."""

from datetime import date

import pytest
from tests.record.evidence.dataroom.made import workbook
from tests.record.evidence.folders import SOURCES, write_case

from guanzi.base.core import InvalidInput, format_problem, render
from guanzi.intake.importers.drafts import write_import
from guanzi.intake.importers.statements import Terms, read_statements
from guanzi.record.evidence import load_case
from guanzi.record.evidence.dataroom.store import add_documents
from guanzi.record.evidence.dataroom.verifying import verify_data_room

DAY = date(2020, 3, 18)
CHINESE = """\
某某汽车股份有限公司
合并利润表,,
单位：万元,,
项目,2019年度,2018年度
一、营业总收入,"1,200.50",980
减：营业成本,"1,100",900
研发费用,50,—
五、净利润（净亏损以“－”号填列）,(35.2),12
其他综合收益,3,4

合并资产负债表,,
项目,2019年12月31日,2018年12月31日
货币资金,400,300
资产总计,"2,000","1,800"
"""
ENGLISH = """\
Muster AG - consolidated statements,,
(in thousands of USD),,
,FY2019,FY2018
Revenues,"12,500","9,800"
Net loss,(400),350
Total assets,"20,000",
"""


def read(tmp_path, text, name="t.csv", **terms):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    draft = read_statements(path, name, Terms("x", "filing", DAY, **terms))
    for remark in draft.remarks:
        assert render(remark, "en")
        assert render(remark, "zh")
    return draft


def facts(draft):
    return {(f.subject, f.name, f.period): (f.value, f.unit) for f in draft.facts}


def test_a_chinese_statement_is_read_with_unit_sign_and_day(tmp_path):
    found = facts(read(tmp_path, CHINESE))
    assert found == {
        ("company", "revenue", "2019"): (12.005, "CNY m"),
        ("company", "revenue", "2018"): (9.8, "CNY m"),
        ("company", "cost_of_revenue", "2019"): (11.0, "CNY m"),
        ("company", "cost_of_revenue", "2018"): (9.0, "CNY m"),
        ("company", "r_and_d", "2019"): (0.5, "CNY m"),
        ("company", "net_loss", "2019"): (0.352, "CNY m"),
        ("company", "net_profit", "2018"): (0.12, "CNY m"),
        ("company", "cash", "2019-12-31"): (4.0, "CNY m"),
        ("company", "cash", "2018-12-31"): (3.0, "CNY m"),
        ("company", "total_assets", "2019-12-31"): (20.0, "CNY m"),
        ("company", "total_assets", "2018-12-31"): (18.0, "CNY m"),
    }


def test_rows_that_are_not_known_are_named(tmp_path):
    (remark,) = read(tmp_path, CHINESE).remarks
    assert dict(remark.params)["rows"] == ("其他综合收益",)


def test_an_english_statement_goes_through_the_same_adapter(tmp_path):
    assert facts(read(tmp_path, ENGLISH)) == {
        ("company", "revenue", "2019"): (12.5, "USD m"),
        ("company", "revenue", "2018"): (9.8, "USD m"),
        ("company", "net_loss", "2019"): (0.4, "USD m"),
        ("company", "net_loss", "2018"): (0.35, "USD m"),
        ("company", "total_assets", "2019-12-31"): (20.0, "USD m"),
    }


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("单位：元", 1.2e-3),
        ("单位：人民币千元", 1.2),
        ("金额单位：万元", 12.0),
        ("单位：百万元", 1200.0),
        ("（单位：亿元）", 120_000.0),
        ("RMB million", 1200.0),
        ("amounts in thousands of RMB", 1.2),
    ],
)
def test_units_as_they_are_written(tmp_path, unit, value):
    assert facts(read(tmp_path, f"合并利润表,\n{unit},\n项目,2019年\n营业收入,1200\n")) == {
        ("company", "revenue", "2019"): (pytest.approx(value), "CNY m")
    }


def test_the_parent_alone_is_kept_apart(tmp_path):
    text = "资产负债表,,\n单位：元,,\n项目,2019年12月31日(合并),2019年12月31日(母公司)\n资产总计,5000000,3000000\n"
    text = text.replace("2019年12月31日(合并)", "合并2019年").replace("2019年12月31日(母公司)", "母公司2019年")
    assert facts(read(tmp_path, text)) == {
        ("company", "total_assets", "2019-12-31"): (5.0, "CNY m"),
        ("company-parent-only", "total_assets", "2019-12-31"): (3.0, "CNY m"),
    }


def test_sheets_of_a_workbook_say_whose_accounts_they_are(tmp_path):
    head: list[list[object]] = [["单位：万元"], ["项目", "2019年12月31日"]]
    sheets = {"合并资产负债表": [*head, ["资产总计", 2000]], "母公司资产负债表": [*head, ["资产总计", 1500.5]]}
    draft = read_statements(workbook(tmp_path / "t.xlsx", sheets), "t.xlsx", Terms("x", "filing", DAY))
    assert {(f.subject, f.value) for f in draft.facts} == {("company", 20.0), ("company-parent-only", 15.005)}
    assert len({f.id for f in draft.facts}) == 2


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("项目,2019年\n营业收入,1200\n", "no_unit"),
        ("单位：元,\n项目,期末余额\n资产总计,1200\n", "vague_period"),
        ("单位：元,\n项目,2019年\n营业收入,=1+1\n", "formula"),
        ("单位：元,\n项目,2019年\n营业收入,大约一亿\n", "no_number"),
        ("just,some,words\n", "no_table"),
        ('单位：元,\n项目,"2019年\n', "csv"),
    ],
)
def test_what_a_table_does_not_say_is_asked_for(tmp_path, text, cause):
    with pytest.raises(InvalidInput) as caught:
        read(tmp_path, text)
    (problem,) = caught.value.problems
    assert problem.cause.id == f"importers.{cause}"
    for lang in ("en", "zh"):
        assert format_problem(problem, lang)


def test_a_formula_in_a_workbook_is_not_calculated(tmp_path):
    sheets = {"合并利润表": [["单位：元"], ["项目", "2019年"], ["营业收入", "=1+1"]]}
    with pytest.raises(InvalidInput) as caught:
        read_statements(workbook(tmp_path / "t.xlsx", sheets), "t.xlsx", Terms("x", "filing", DAY))
    assert caught.value.problems[0].cause.id == "importers.formula"
    assert "B3" in str(caught.value.problems[0].place)


def test_amounts_that_look_like_years_are_no_head(tmp_path):
    text = "合并利润表,\n单位：元,\n项目,2019年,2018年\n其他收益,2019,1850\n营业收入,2000,2018\n"
    assert facts(read(tmp_path, text))[("company", "revenue", "2018")] == (pytest.approx(0.002018), "CNY m")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_imported_facts_quote_the_row_in_which_they_stand(tmp_path, kind):
    folder = write_case(tmp_path / "case", {"facts/s.yaml": SOURCES})
    if kind == "csv":
        path = tmp_path / "t.csv"
        path.write_text(CHINESE, "utf-8")
    else:
        rows = [line.split(",") for line in ("单位：万元,", "项目,2019年度", "营业收入,1200.5")]
        path = workbook(tmp_path / "t.xlsx", {"封面": [["某公司"]], "合并利润表": rows})
    (added,) = add_documents(folder, [path], DAY)
    draft = read_statements(path, path.name, Terms("x", "filing", DAY, document=added.entry.id))
    write_import(folder, "x", draft)
    case = load_case(folder)
    assert case.warnings == ()
    found = verify_data_room(folder, case.facts)
    assert found.quotes == found.standing == len(draft.facts) > 0
