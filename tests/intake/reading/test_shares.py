"""Tables of owners, customers and suppliers: whose share a row states; figures that are no such share are not read."""

import pytest
from tests.intake.reading.gridded import cells, sheet

from guanzi.intake.reading import read_document

OWNERS = (
    ["公告日期：2024年3月18日", "前十名股东持股情况"],
    ["股东名称", "持股数量", "持股比例（%）", "备注"],
    ["张三", "45,360,000", "37.80", "控股股东、创始人"],
    ["员工持股平台", "15,600,000", "13.00", ""],
    ["某市产业投资基金（SS）", "12,000,000", "10.00", "国有股东"],
)
CUSTOMERS = (
    ["2023年前五大客户销售情况", "单位：万元"],
    ["客户名称", "销售金额", "占营业收入比例"],
    ["甲公司", "15,206.44", "26.03%"],
    ["乙集团", "9,871.20", "16.90%"],
    ["合计", "25,077.64", "42.93%"],
)


def told(given, form):
    above, *rows = given
    return {(f.fact, f.value, str(f.period)) for f in read_document([form(above, rows)]).found}


def changed(given, old, new):
    return [[cell.replace(old, new) for cell in row] for row in given]


@pytest.mark.parametrize("form", [sheet, cells])
def test_a_table_of_owners_states_the_share_of_the_founder_and_of_the_public(form):
    day = "2024-03-18"
    assert told(OWNERS, form) == {("founder_share", 0.378, day), ("public_stake", 0.1, day)}
    assert told(changed(OWNERS, "持股比例", "表决权比例"), form) == set()
    assert told(changed(OWNERS, "员工持股平台", "国有资本公司"), form) == {("founder_share", 0.378, day)}


@pytest.mark.parametrize("form", [sheet, cells])
def test_a_table_of_customers_by_rank_states_the_share_of_the_largest(form):
    assert told(CUSTOMERS, form) == {("largest_customer_share", 0.2603, "2023")}
    assert told(changed(CUSTOMERS, "客户", "供应商"), form) == {("largest_supplier_share", 0.2603, "2023")}
    assert told(changed(CUSTOMERS, "26.03%", "6.03%"), form) == set()  # not by rank
    assert told(changed(CUSTOMERS, "前五大客户", "主要产品"), form) == set()
