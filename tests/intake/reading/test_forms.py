"""Forms of tables as filings print them: heads, units, periods, rows and columns that are traps, in any figures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.reading.gridded import cells, sheet

from guanzi.intake.reading import read_document
from guanzi.intake.reading.amounts import figure_of

FORMS = {
    "three and six months over years": """
> Condensed Consolidated Statements of Operations
> (in millions, except per share data)
| Three Months Ended June 30, *2 | Six Months Ended June 30, *2
| 2023 | 2022 | 2023 | 2022
Net revenues | $ 1,234 | $ 1,100 | $ 2,400 | $ 2,100
Net income | 321 | 300 | 640 | 600
Net income per share | 1.20 | 1.10 | 2.00 | 1.90
= net_profit USD: 2022H1 600000000, 2022Q2 300000000, 2023H1 640000000, 2023Q2 321000000
= revenue USD: 2022H1 2100000000, 2022Q2 1100000000, 2023H1 2400000000, 2023Q2 1234000000
""",
    "a whole period in each head": """
> (in thousands)
| Three months ended | Three months ended
| 30 June 2023 | 30 June 2022
| £'000 | £'000
Revenue | 5,123 | 4,001
Operating loss | (812) | (911)
Net loss | (802) | (900)
= net_loss GBP: 2022Q2 900000, 2023Q2 802000
= operating_loss GBP: 2022Q2 911000, 2023Q2 812000
= revenue GBP: 2022Q2 4001000, 2023Q2 5123000
""",
    "this period and the last in Chinese": """
> 合并利润表
> 2023年度
> 编制单位：甲乙股份有限公司    单位：元 币种：人民币
项目 | 附注 | 本期金额 | 上期金额
一、营业总收入 | 七、61 | 123,456,789.01 | 98,765,432.10
五、净利润（净亏损以“－”号填列） | | -1,234,567.89 | 2,345,678.90
= net_loss CNY: 2023 1234567.89
= net_profit CNY: 2022 2345678.9
= revenue CNY: 2022 98765432.1, 2023 123456789.01
""",
    "half a year in Chinese": """
> 合并利润表
> 2023年1-6月
> 单位：万元
项目 | 本期发生额 | 上期发生额
一、营业收入 | 12,345.01 | 9,876.10
减：营业成本 | 8,345.01 | 7,876.10
= cost_of_revenue CNY: 2022H1 78761000, 2023H1 83450100
= revenue CNY: 2022H1 98761000, 2023H1 123450100
""",
    "end and beginning": """
> 合并资产负债表
> 2023年12月31日
> 单位：元
项目 | 期末余额 | 期初余额
流动资产：
货币资金 | 1,234,567.00 | 987,654.00
资产总计 | 5,234,567.00 | 4,987,654.00
= cash CNY: 2022-12-31 987654, 2023-12-31 1234567
= total_assets CNY: 2022-12-31 4987654, 2023-12-31 5234567
""",
    "end of a half year and of the year before": """
> 合并资产负债表
> 2023年6月30日
> 单位：元
项目 | 期末余额 | 上年年末余额
货币资金 | 1,234,567.00 | 987,654.00
资产总计 | 5,234,567.00 | 4,987,654.00
= cash CNY: 2022-12-31 987654, 2023-06-30 1234567
= total_assets CNY: 2022-12-31 4987654, 2023-06-30 5234567
""",
    "three years, changes, and ends of years under a second head": """
> 主要会计数据
> 单位：元 币种：人民币
主要会计数据 | 2023年 | 2022年 | 本期比上年同期增减(%) | 2021年
营业收入 | 1,234,567.00 | 987,654.00 | 25.00 | 812,345.00
经营活动产生的现金流量净额 | 234,567.00 | 187,654.00 | 25.00 | -12,345.00
| 2023年末 | 2022年末 | 本期末比上年同期末增减（%） | 2021年末
总资产 | 9,234,567.00 | 8,987,654.00 | 2.75 | 7,812,345.00
= operating_cash_flow CNY: 2021 -12345, 2022 187654, 2023 234567
= revenue CNY: 2021 812345, 2022 987654, 2023 1234567
= total_assets CNY: 2021-12-31 7812345, 2022-12-31 8987654, 2023-12-31 9234567
""",
    "before and after restatement": """
> 主要会计数据
> 单位：万元
| 2023年 | 2022年 *2 | 本年比上年增减 | 2021年
|  | 调整前 | 调整后 | 调整后 |
营业收入 | 5,000.11 | 4,000.22 | 4,100.33 | 21.95% | 3,000.44
总资产 | 15,000.11 | 14,000.22 | 14,100.33 | 6.38% | 13,000.44
= revenue CNY: 2021 30004400, 2022 41003300, 2023 50001100
= total_assets CNY: 2021-12-31 130004400, 2022-12-31 141003300, 2023-12-31 150001100
""",
    "quarters as columns": """
> 2023年分季度主要财务数据
> 单位：元 币种：人民币
| 第一季度（1-3月份） | 第二季度（4-6月份） | 第三季度（7-9月份） | 第四季度（10-12月份）
营业收入 | 921,300,000.00 | 1,104,600,000.00 | 1,287,900,000.00 | 1,548,500,000.00
经营活动产生的现金流量净额 | 21,300,000.00 | -4,600,000.00 | 87,900,000.00 | 48,500,000.00
= operating_cash_flow CNY: 2023Q1 21300000, 2023Q2 -4600000, 2023Q3 87900000, 2023Q4 48500000
= revenue CNY: 2023Q1 921300000, 2023Q2 1104600000, 2023Q3 1287900000, 2023Q4 1548500000
""",
    "Hong Kong in English": """
> CONSOLIDATED STATEMENT OF PROFIT OR LOSS
> For the six months ended 30 June 2024
| Notes | 2024 | 2023
|  | RMB'000 | RMB'000
|  | (Unaudited) | (Unaudited)
Revenue | 4 | 742,318 | 655,904
Cost of sales | | (581,176) | (481,952)
Gross profit | | 161,142 | 173,952
Profit for the period | | 16,273 | 51,927
= cost_of_revenue CNY: 2023H1 481952000, 2024H1 581176000
= gross_profit CNY: 2023H1 173952000, 2024H1 161142000
= net_profit CNY: 2023H1 51927000, 2024H1 16273000
= revenue CNY: 2023H1 655904000, 2024H1 742318000
""",
    "a balance sheet of Hong Kong": """
> CONSOLIDATED STATEMENT OF FINANCIAL POSITION
|  | As at 30 June | As at 31 December
|  | 2024 | 2023
| Notes | RMB'000 | RMB'000
|  | (Unaudited) | (Audited)
Total current assets | | 939,182 | 905,331
Cash and bank balances | 12 | 349,835 | 605,331
Total equity | | 994,721 | 980,111
= cash CNY: 2023-12-31 605331000, 2024-06-30 349835000
= current_assets CNY: 2023-12-31 905331000, 2024-06-30 939182000
= equity CNY: 2023-12-31 980111000, 2024-06-30 994721000
""",
    "Hong Kong in traditional Chinese": """
> 簡明綜合損益表
> 截至2024年6月30日止六個月
|  | 截至6月30日止六個月 *2
| 附註 | 2024年 | 2023年
|  | 人民幣千元 | 人民幣千元
|  | （未經審核） | （未經審核）
收入 | 4 | 742,318 | 655,904
銷售成本 | | (581,176) | (481,952)
毛利 | | 161,142 | 173,952
期內利潤／（虧損） | | (16,273) | 51,927
= cost_of_revenue CNY: 2023H1 481952000, 2024H1 581176000
= gross_profit CNY: 2023H1 173952000, 2024H1 161142000
= net_loss CNY: 2024H1 16273000
= net_profit CNY: 2023H1 51927000
= revenue CNY: 2023H1 655904000, 2024H1 742318000
""",
    "translated for convenience": """
> CONSOLIDATED BALANCE SHEETS
> (In thousands, except share data)
| As of December 31, *3
| 2022 | 2023 | 2023
| RMB | RMB | US$
Total current assets | 959,438 | 1,608,519 | 226,555
Total assets | 2,019,192 | 3,309,994 | 466,203
Total liabilities | 974,705 | 1,502,373 | 211,605
= current_assets CNY: 2022-12-31 959438000, 2023-12-31 1608519000
= total_assets CNY: 2022-12-31 2019192000, 2023-12-31 3309994000
= total_liabilities CNY: 2022-12-31 974705000, 2023-12-31 1502373000
""",
    "a year that ends in March": """
> Consolidated income statement
> for the year ended 31 March 2024
| 2024 | 2023
| £m | £m
Revenue | 212.4 | 198.0
Operating profit | 12.4 | –
Profit for the year | 8.4 | (3.0)
= net_loss GBP: 2022-04/2023-03 3000000
= net_profit GBP: 2023-04/2024-03 8400000
= operating_profit GBP: 2023-04/2024-03 12400000
= revenue GBP: 2022-04/2023-03 198000000, 2023-04/2024-03 212400000
""",
    "columns of the parent in Chinese": """
> 利润表
> 2023年度
> 单位：元
项目 | 合并 *2 | 母公司 *2
| 2023年度 | 2022年度 | 2023年度 | 2022年度
一、营业收入 | 1,234,567.00 | 987,654.00 | 234,567.00 | 187,654.00
四、净利润 | 34,567.00 | 7,654.00 | 4,567.00 | 1,654.00
= net_profit CNY: 2022 7654, 2023 34567
= revenue CNY: 2022 987654, 2023 1234567
""",
    "columns of the company alone": """
> Statements of financial position
> As at 31 December 2023
| Group *2 | Company *2
| 2023 | 2022 | 2023 | 2022
| $'000 | $'000 | $'000 | $'000
Total assets | 8,234 | 7,654 | 4,567 | 1,654
Total liabilities | 3,234 | 2,654 | 567 | 654
= total_assets USD: 2022-12-31 7654000, 2023-12-31 8234000
= total_liabilities USD: 2022-12-31 2654000, 2023-12-31 3234000
""",
    "columns of changes": """
> Results of operations
> (dollars in millions)
| Fiscal Year Ended September 30, *2 | Change *2
| 2023 | 2022 | $ | %
Net revenues | $ 412.8 | $ 368.1 | $ 44.7 | 12.1%
Gross profit | 112.8 | 68.1 | 44.7 | 65.6%
= gross_profit USD: 2021-10/2022-09 68100000, 2022-10/2023-09 112800000
= revenue USD: 2021-10/2022-09 368100000, 2022-10/2023-09 412800000
""",
    "units in a column": """
> 主要经营指标
指标 | 单位 | 2023年 | 2022年
营业收入 | 亿元 | 12.34 | 10.01
净利润 | 万元 | -234.5 | 120.1
交付量 | 辆 | 12,345 | 9,876
产能 | 万辆/年 | 15 | 10
产量 | 辆 | 12,401 | 9,912
员工人数 | 人 | 3,456 | 2,345
毛利率 | % | 12.3 | -1.2
= capacity vehicles/year: 2022-12-31 100000, 2023-12-31 150000
= deliveries vehicles: 2022 9876, 2023 12345
= gross_margin ratio: 2022 -0.012, 2023 0.123
= headcount people: 2022-12-31 2345, 2023-12-31 3456
= net_loss CNY: 2023 2345000
= net_profit CNY: 2022 1201000
= output vehicles: 2022 9912, 2023 12401
= revenue CNY: 2022 1001000000, 2023 1234000000
""",
    "units in names": """
> Key operating data
| 2023 | 2022
Revenue (RMB million) | 1,234.5 | 987.6
Vehicles delivered | 12,345 | 9,876
Gross margin (%) | 12.3 | (1.2)
Capacity (vehicles per year) | 150,000 | 100,000
Number of employees (at year end) | 3,456 | 2,345
= capacity vehicles/year: 2022-12-31 100000, 2023-12-31 150000
= deliveries vehicles: 2022 9876, 2023 12345
= gross_margin ratio: 2022 -0.012, 2023 0.123
= headcount people: 2022-12-31 2345, 2023-12-31 3456
= revenue CNY: 2022 987600000, 2023 1234500000
""",
    "quarters as rows": """
> Quarterly results
> (in thousands of US dollars)
Quarter | Revenue | Gross profit | Net loss
Q1 2023 | 12,345 | 1,234 | (2,345)
Q2 2023 | 13,345 | 1,334 | (2,445)
Q3 2023 | 14,345 | 1,434 | (2,545)
= gross_profit USD: 2023Q1 1234000, 2023Q2 1334000, 2023Q3 1434000
= net_loss USD: 2023Q1 2345000, 2023Q2 2445000, 2023Q3 2545000
= revenue USD: 2023Q1 12345000, 2023Q2 13345000, 2023Q3 14345000
""",
    "years as rows": """
> 最近三年主要数据
> 单位：万元
年度 | 营业收入 | 净利润 | 资产总额
2021年 | 12,345.00 | -1,234.00 | 32,345.00
2022年 | 13,345.00 | 1,334.00 | 42,445.00
2023年 | 14,345.00 | 1,434.00 | 52,545.00
= net_loss CNY: 2021 12340000
= net_profit CNY: 2022 13340000, 2023 14340000
= revenue CNY: 2021 123450000, 2022 133450000, 2023 143450000
= total_assets CNY: 2021-12-31 323450000, 2022-12-31 424450000, 2023-12-31 525450000
""",
    "end and year in one head": """
> 发行人最近三年主要财务数据
> 单位：亿元
项目 | 2023年末/度 | 2022年末/度 | 2021年末/度
总资产 | 123.45 | 112.34 | 99.01
有息债务 | 45.67 | 40.01 | 33.02
营业收入 | 56.78 | 50.12 | 44.21
= revenue CNY: 2021 4421000000, 2022 5012000000, 2023 5678000000
= total_assets CNY: 2021-12-31 9901000000, 2022-12-31 11234000000, 2023-12-31 12345000000
= total_debt CNY: 2021-12-31 3302000000, 2022-12-31 4001000000, 2023-12-31 4567000000
""",
    "a day and a period in one head": """
> 主要财务数据
> 单位：人民币万元
项目 | 2023年12月31日/2023年度 | 2024年3月31日/2024年1-3月
资产总额 | 684,215.07 | 701,938.42
营业收入 | 298,774.30 | 71,206.55
净利润 | -8,340.92 | 4,012.83
= net_loss CNY: 2023 83409200
= net_profit CNY: 2024Q1 40128300
= revenue CNY: 2023 2987743000, 2024Q1 712065500
= total_assets CNY: 2023-12-31 6842150700, 2024-03-31 7019384200
""",
    "a third quarter in Chinese": """
> 主要会计数据和财务指标  2024年第三季度报告
> 单位：元 币种：人民币
项目 | 本报告期 | 本报告期比上年同期增减变动幅度(%) | 年初至报告期末 | 年初至报告期末比上年同期增减变动幅度(%)
营业收入 | 318,204,511.31 | -20.87 | 861,470,236.34 | -25.41
经营活动产生的现金流量净额 | 不适用 | 不适用 | 109,594,536.04 | 41.72
| 本报告期末 | 上年度末 | 本报告期末比上年度末增减变动幅度(%) *2
总资产 | 1,728,222,894.22 | 2,031,497,601.54 | -14.93 *2
= operating_cash_flow CNY: 2024-01/2024-09 109594536.04
= revenue CNY: 2024-01/2024-09 861470236.34, 2024Q3 318204511.31
= total_assets CNY: 2023-12-31 2031497601.54, 2024-09-30 1728222894.22
""",
    "months under two products": """
> 2024年11月产销快报
> 单位：辆
项目 | 产量 *3 | 交付量 *3
| 本月 | 去年同期 | 本年累计 | 本月 | 去年同期 | 本年累计
乘用车 | 9,206 | 7,118 | 81,334 | 8,947 | 7,025 | 79,810
合计 | 10,218 | 8,105 | 91,539 | 9,991 | 8,028 | 89,928
= deliveries vehicles: 2023-11 8028, 2024-01/2024-11 89928, 2024-11 9991
= output vehicles: 2023-11 8105, 2024-01/2024-11 91539, 2024-11 10218
""",
    "forecasts beside actuals": """
> Financial summary
> (US$ in millions)
| 2022A | 2023A | 2024E | 2025E
Revenue | 12.3 | 23.4 | 45.6 | 67.8
EBITDA | (2.3) | (1.4) | 5.6 | 7.8
Net income | (3.3) | (2.4) | 1.6 | 3.8
= ebitda USD: 2022 -2300000, 2023 -1400000
= net_loss USD: 2022 3300000, 2023 2400000
= revenue USD: 2022 12300000, 2023 23400000
""",
    "two spans of two years under heads over both": """
> (in thousands, except share and per share
> data)
| Year Ended December 31, *2 | Six Months Ended June 30, *2
| 2020 | 2021 | 2021 | 2022
Total revenues | 34,432 | 71,861 | 29,201 | 55,259
Net loss | $ (96,898) | $ (167,547) | $ (74,289) | $ (113,211)
= net_loss USD: 2020 96898000, 2021 167547000, 2021H1 74289000, 2022H1 113211000
= revenue USD: 2020 34432000, 2021 71861000, 2021H1 29201000, 2022H1 55259000
""",
    "years and days in Chinese numbers": """
> （股份代號：09961）
> 簡明綜合損益表
> 截至二零二四年六月三十日止六個月
| 附註 | 二零二四年 | 二零二三年
| | 人民幣千元 | 人民幣千元
收入 | 4 | 1,882,340 | 1,553,210
毛利 | | 270,331 | 132,654
期內虧損 | | (111,204) | (296,631)
= gross_profit CNY: 2023H1 132654000, 2024H1 270331000
= net_loss CNY: 2023H1 296631000, 2024H1 111204000
= revenue CNY: 2023H1 1553210000, 2024H1 1882340000
""",
    "the unit above the names": """
> Consolidated income statement
€ million | 2023 | 2022
Revenue | 4,118 | 3,702
Operating result (EBIT) | 94 | –91
Profit/loss after tax | 29 | –123
= net_loss EUR: 2022 123000000
= net_profit EUR: 2023 29000000
= operating_loss EUR: 2022 91000000
= operating_profit EUR: 2023 94000000
= revenue EUR: 2022 3702000000, 2023 4118000000
""",
    "items as columns and ends of years as rows": """
> Financial Results for the Fiscal Year Ended March 31, 2024
| Net sales | Operating profit | Profit attributable to owners of parent
| Million yen | Million yen | Million yen
March 31, 2024 | 312,480 | 15,221 | 9,930
March 31, 2023 | 298,112 | -2,310 | -4,118
= operating_loss JPY: 2022-04/2023-03 2310000000
= operating_profit JPY: 2023-04/2024-03 15221000000
= revenue JPY: 2022-04/2023-03 298112000000, 2023-04/2024-03 312480000000
""",
    "four columns under two products": """
> 2024年9月产销快报
> 单位：辆
类别 | 产量 *4 | 销量 *4
| 本月 | 去年同期 | 本年累计 | 累计同比 | 本月 | 去年同期 | 本年累计 | 累计同比
合计 | 35,630 | 33,112 | 279,988 | 6.4% | 35,378 | 32,341 | 277,773 | 7.1%
= deliveries vehicles: 2023-09 32341, 2024-01/2024-09 277773, 2024-09 35378
= output vehicles: 2023-09 33112, 2024-01/2024-09 279988, 2024-09 35630
""",
    "end and beginning of what is reported": """
> 2023年度业绩快报
> 单位：万元
项目 | 本报告期末 | 本报告期初
总资产 | 410,220.90 | 390,118.42
货币资金 | 10,220.90 | 90,118.42
= cash CNY: 2022-12-31 901184200, 2023-12-31 102209000
= total_assets CNY: 2022-12-31 3901184200, 2023-12-31 4102209000
""",
    "names over three lines with their unit": """
> 主要会计数据和财务指标
主要会计数据 | 2023年 | 2022年
归属于上市公司股东的 扣除非经常性损益的 净利润（元） | 180,121,455.02 | 160,990,101.87
经营活动产生的现金流量净额（元） | -98,776,340.15 | 301,223,907.66
营业收入（元） | 214,556,781.22 | 876,120,934.05
= operating_cash_flow CNY: 2022 301223907.66, 2023 -98776340.15
= revenue CNY: 2022 876120934.05, 2023 214556781.22
""",
}
"""Lines above (>), rows with their cells and over how many columns they go (*), and facts: periods with values (=)."""


def parsed(text):
    above, rows, facts = [], [], []
    for line in text.strip("\n").split("\n"):
        if line.startswith("> "):
            above.append(line[2:])
        elif line.startswith("= "):
            name, _, stated = line[2:].partition(": ")
            facts.extend((*name.split(" "), *one.split(" ")) for one in stated.split(", "))
        else:
            parts = [cell.strip().partition(" *") for cell in line.split("|")]
            rows.append([(cell, int(span or 1)) for cell, _, span in parts])
    return above, rows, facts


def turned(text, digits):
    """A text whose digits other than nought are others."""
    return text.translate(str.maketrans("123456789", "".join(digits)))


def with_digits(cell, digits):
    figure = figure_of(cell[0])
    return (turned(cell[0], digits), cell[1]) if figure is not None and not figure.is_year else cell


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=4, deadline=None)
@given(digits=st.permutations("123456789"))
def test_a_form_gives_its_facts_and_no_other(form, digits):
    above, rows, facts = parsed(FORMS[form])
    rows = [[row[0], *(with_digits(cell, digits) for cell in row[1:])] for row in rows]
    meant = {(fact, float(turned(value, digits)), unit, period) for fact, unit, period, value in facts}
    for page in (sheet(above, rows), cells(above, rows)):
        assert {(f.fact, f.value, f.unit, str(f.period)) for f in read_document([page]).found} == meant
