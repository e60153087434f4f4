"""Kinds of pages that were read falsely or not at all in the second golden set, each as a form of its own."""

from dataclasses import replace

import pytest
from tests.intake.reading.further import parsed
from tests.intake.reading.gridded import cells, prose, sheet

from guanzi.intake.reading import read_document
from guanzi.record.evidence.dataroom.gridding import place_html

TABLES = {
    "a unit above the names with other words": """
> Accounts by quarter
EUR 000, at end of | Q1 23 | Q2 23
Cash | 3,478 | 5,760
Current assets | 10,892 | 16,471
Total assets | 21,809 | 31,259
= cash EUR: 2023-03-31 3478000, 2023-06-30 5760000
= current_assets EUR: 2023-03-31 10892000, 2023-06-30 16471000
= total_assets EUR: 2023-03-31 21809000, 2023-06-30 31259000
""",
    "months since the beginning of a year": """
> Cash flow, EUR thousand
| 3M 23 | 9M 23
Cash flow from operations | 2,111 | 4,624
Purchases of plant and equipment | -2,126 | -7,856
= operating_cash_flow EUR: 2023Q1 2111000, 2023-01/2023-09 4624000
= capex EUR: 2023Q1 2126000, 2023-01/2023-09 7856000
""",
    "columns of a budget": """
> EUR thousand
| Q1 24 B | Q2 24 B
Revenue | 6,500 | 7,200
Operating profit | 150 | 310
""",
    "the parent above the names": """
> 主要财务数据
> 单位：亿元
公司本部（母公司） | 2023年 | 2022年
资产总额 | 83.47 | 80.33
营业总收入 | 27.62 | 30.14
""",
    "a remark between two tables": """
> 主要财务数据
> 单位：亿元
> 注：1.2024年一季度财务数据未经审计。
项目 | 2023年 | 2022年
营业总收入 | 66.41 | 70.26
净利润 | 1.46 | 3.30
= revenue CNY: 2023 6641000000, 2022 7026000000
= net_profit CNY: 2023 146000000, 2022 330000000
""",
    "a year that ends in September by the name of the report alone": """
> Annual report for the 52 weeks ended 30 September 2023
---
> 9. Borrowings
| 2023 £'000 | 2022 £'000
Bank loans | 47,823 | 41,204
Total borrowings | 54,583 | 48,118
= total_debt GBP: 2023-09-30 54583000, 2022-09-30 48118000
""",
    "equity without and with minorities": """
> Consolidated balance sheet
> (Millions of yen)
| As of March 31, 2023 | As of December 31, 2023
Total assets | 60,501 | 64,082
Total shareholders' equity | 30,187 | 29,824
Total net assets | 31,776 | 31,394
= total_assets JPY: 2023-03-31 60501000000, 2023-12-31 64082000000
= equity JPY: 2023-03-31 31776000000, 2023-12-31 31394000000
""",
    "rows with letters": """
> Balance sheet as at 31 December 2023
| 31.12.2023 kEUR | 31.12.2022 kEUR
B. Current assets | 71,262 | 64,929
Balance sheet total | 145,064 | 124,378
A. Equity | 68,547 | 61,446
= current_assets EUR: 2023-12-31 71262000, 2022-12-31 64929000
= total_assets EUR: 2023-12-31 145064000, 2022-12-31 124378000
= equity EUR: 2023-12-31 68547000, 2022-12-31 61446000
""",
    "a total output, which is an amount": """
> Income statement for the period from 1 January to 31 December 2023
| 2023 kEUR | 2022 kEUR
Sales revenues | 84,612 | 79,148
Total output | 86,458 | 79,407
= revenue EUR: 2023 84612000, 2022 79148000
""",
    "a unit that lost its brackets": """
> 主要财务数据
项目 | 2023年 | 2022年
全部债务亿元 | 40.86 | 37.79
营业总收入（亿元） | 66.41 | 70.26
= total_debt CNY: 2023-12-31 4086000000, 2022-12-31 3779000000
= revenue CNY: 2023 6641000000, 2022 7026000000
""",
    "shipments and backlog of a quarter": """
> Key performance indicators
| Three months ended April 30, 2024 | Three months ended January 31, 2024
Revenue ($ in millions) | 61.3 | 58.9
Chargers shipped (units) | 4,318 | 4,106
Backlog at end of quarter (units) | 7,904 | 8,250
Employees at end of quarter | 1,012 | 1,055
= revenue USD: 2024-02/2024-04 61300000, 2023-11/2024-01 58900000
= deliveries units: 2024-02/2024-04 4318, 2023-11/2024-01 4106
= orders units: 2024-04-30 7904, 2024-01-31 8250
= headcount people: 2024-04-30 1012, 2024-01-31 1055
""",
    "quarters of the year of the report": """
> 2023年年度报告摘要
---
> 分季度主要会计数据
> 单位：元
| 第一季度 | 第二季度
营业收入 | 387,702,000.14 | 480,012,000.18
经营活动产生的现金流量净额 | -41,207,318.66 | 12,980,442.17
= revenue CNY: 2023Q1 387702000.14, 2023Q2 480012000.18
= operating_cash_flow CNY: 2023Q1 -41207318.66, 2023Q2 12980442.17
""",
    "a question with boxes above the columns": """
> 主要会计数据和财务指标
> 单位：元
公司是否需追溯调整或重述以前年度会计数据 | √是 | □否
| 2023年 | 2022年
营业收入（元） | 1,846,200,000.69 | 2,013,700,000.71
经营活动产生的现金流量净额（元） | 445,067,176.04 | 449,467,062.90
= revenue CNY: 2023 1846200000.69, 2022 2013700000.71
= operating_cash_flow CNY: 2023 445067176.04, 2022 449467062.9
""",
    "a translated income, which may be revenue or profit": """
> Consolidated income statement
> Year 2023
> Unit: RMB 10,000
Item | 2023 | 2022
Total operating income | 41,204.55 | 38,118.20
Operating profit | 2,204.11 | 1,118.02
= operating_profit CNY: 2023 22041100, 2022 11180200
""",
    "a name of two letters": """
> US$ million
| FY22A | FY23A
Revenue | 6.5 | 14.2
R&D | (5.2) | (7.4)
= revenue USD: 2022 6500000, 2023 14200000
= r_and_d USD: 2022 5200000, 2023 7400000
""",
    "a month without its year": """
> 2024年8月产销数据
> 单位：辆
| 8月 *2 | 1—8月累计 *2
| 2024年 | 2023年 | 2024年 | 2023年
产量合计 | 16,237 | 15,531 | 114,178 | 108,252
销量合计 | 16,068 | 15,594 | 114,434 | 107,331
= output vehicles: 2024-08 16237, 2023-08 15531, 2024-01/2024-08 114178, 2023-01/2023-08 108252
= deliveries vehicles: 2024-08 16068, 2023-08 15594, 2024-01/2024-08 114434, 2023-01/2023-08 107331
""",
}

PROSE = {
    "a comparison of a period in brackets": "< INTERIM RESULTS FOR THE SIX MONTHS ENDED 30 JUNE 2024"
    "\n< Gross profit margin was 31.7% (six months ended 30 June 2023: 34.8%)."
    "\n= gross_margin ratio: 2024H1 0.317, 2023H1 0.348",
    "the year before in brackets": "< Annual report 2023\n< Cash flow from operating activities was EUR 7.8 million"
    "\n<< (prior year: EUR 4.9 million).\n= operating_cash_flow EUR: 2023 7800000, 2022 4900000",
    "a capacity at the end of what is reported": "< 2023年年度报告"
    "\n< 截至报告期末，公司具备年产32万辆汽车的生产能力。\n= capacity vehicles/year: 2023-12-31 320000",
    "an amount of one customer": "< In 2023, revenue of approximately RMB171,240,000 was derived from sales to a"
    "\n<< single customer.",
    "a pledge that falls due": "< 2024-10-25\n< 未来半年内到期的质押股份数量为40,000,000股，占其所持股份的25.00%。",
    "debt that falls due": "< 截至2024年6月末，发行人有息债务中一年内到期的有息债务为21.06亿元。",
    "a margin that was negative": "< Gross margin was 8.1% in 2023 compared with (3.6)% in 2022."
    "\n= gross_margin ratio: 2023 0.081, 2022 -0.036",
    "a budget after a comparison": "< Capital expenditures were EUR 6.2 million; for 2024 we have"
    "\n<< budgeted EUR 8.5 million.",
    "shares with their par value": "< As of July 31, 2024, the registrant had 61,388,240 shares of common stock, $0.001"
    "\n<< par value per share, outstanding.\n= shares_outstanding shares: 2024-07-31 61388240",
    "units that were shipped": "< We shipped 842 drive units in the second quarter of 2024."
    "\n= deliveries units: 2024Q2 842",
    "a machine": "< 2023年，公司销售挖掘机11,862台，同比下降12.38%。\n= deliveries units: 2023 11862",
    "a target of sales": "< 公司2024年销量目标为19万辆。\n= delivery_guidance vehicles: 2024 190000",
}
ROWSPAN = """
<p>2024年8月产销数据（单位：辆）</p><table>
<tr><td rowspan="2">项目</td><td colspan="2">8月</td></tr><tr><td>2024年</td><td>2023年</td></tr>
<tr><td>产量合计</td><td>16,237</td><td>15,531</td></tr><tr><td>销量合计</td><td>16,068</td><td>15,594</td></tr>
</table>
"""


def stated(pages):
    return {(f.fact, f.value, f.unit, str(f.period)) for f in read_document(pages).found}


@pytest.mark.parametrize("form", TABLES)
def test_a_kind_of_table_gives_its_facts_and_no_other(form):
    pages, facts = parsed(TABLES[form])
    for render in (sheet, cells):
        drawn = [render(above, rows, n) if rows else prose(above, n) for n, (above, rows, _) in enumerate(pages, 1)]
        assert stated(drawn) == facts


@pytest.mark.parametrize("form", PROSE)
def test_a_kind_of_sentence_gives_its_facts_and_no_other(form):
    (page,), facts = parsed(PROSE[form])
    assert stated([prose(page[2])]) == facts


def test_the_name_of_a_sheet_says_that_it_is_a_budget():
    ((above, rows, _),), facts = parsed(TABLES["months since the beginning of a year"])
    page = cells(above, rows)
    assert stated([replace(page, label="Cash")]) == facts
    assert stated([replace(page, label="Budget 2023")]) == set()


def test_cells_below_one_that_spans_rows_keep_their_columns():
    found = stated(place_html(ROWSPAN.encode(), "month.html"))
    assert ("output", 16237.0, "vehicles", "2024-08") in found
    assert ("deliveries", 15594.0, "vehicles", "2023-08") in found
    assert len(found) == 4


def test_notes_of_one_figure_leave_their_head_to_the_columns():
    form = """
> CONDENSED CONSOLIDATED STATEMENT OF PROFIT OR LOSS
> For the six months ended 30 June
| Notes | 2024 | 2023
| | RMB'000 | RMB'000
REVENUE | 4 | 1,284,516 | 1,395,207
Cost of sales | 5 | (876,721) | (909,201)
= revenue CNY: 2024H1 1284516000, 2023H1 1395207000
= cost_of_revenue CNY: 2024H1 876721000, 2023H1 909201000
"""
    ((above, rows, _),), facts = parsed(form)
    page = sheet(above, rows)
    lines = [replace(line, words=tuple(w for w in line.words if w.text != "Notes")) for line in page.lines]
    assert stated([replace(page, lines=tuple(lines))]) == facts


def test_a_room_of_an_address_is_no_currency_beside_the_one_of_the_page():
    ((above, rows, _),), _ = parsed(
        """
> Rm 2301, 23/F, Harbour Centre, Hong Kong
> Statement of financial position as at 31 December 2023, all amounts in full US$
| 2023 | 2022
Total assets | 912,404 | 888,117
Total liabilities | 512,118 | 498,204
"""
    )
    assert {unit for _, _, unit, _ in stated([sheet(above, rows)])} == {"USD"}


def test_vehicles_delivered_mean_deliveries_where_they_stand_alone():
    ((above, rows, _),), facts = parsed(
        """
> Release of 2023
| 2023 | 2022
Vehicles delivered | 9,417 | 6,208
= deliveries vehicles: 2023 9417, 2022 6208
"""
    )
    assert stated([sheet(above, rows)]) == facts
