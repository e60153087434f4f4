"""Further forms of pages, written before it was tried whether they are read, with what a careful analyst takes of them.

Lines above a table (>), its rows with their cells (|) and over how many columns each goes (*n), running text (<, going
on with <<), a new page (---), and facts (=) as name, unit, and periods with values.
"""

TABLES = {
    "a half-year report in Chinese, with its months in the head": """
> 第二节 公司简介和主要财务指标
> 2024年半年度报告
> 单位：元 币种：人民币
主要会计数据 | 本报告期（1－6月） | 上年同期 | 本报告期比上年同期增减(%)
营业收入 | 742,318,226.15 | 655,904,118.40 | 13.17
归属于上市公司股东的净利润 | -16,273,441.20 | 51,927,003.11 | -131.34
经营活动产生的现金流量净额 | -88,120,554.00 | 12,340,118.92 | 不适用
| 本报告期末 | 上年度末 | 本报告期末比上年度末增减(%)
总资产 | 3,128,440,217.66 | 2,987,115,902.31 | 4.73
= revenue CNY: 2024H1 742318226.15, 2023H1 655904118.4
= operating_cash_flow CNY: 2024H1 -88120554, 2023H1 12340118.92
= total_assets CNY: 2024-06-30 3128440217.66, 2023-12-31 2987115902.31
""",
    "a first quarter in Chinese": """
> 2024年第一季度报告
> 一、主要财务数据
> 单位：元
项目 | 本报告期 | 上年同期 | 本报告期比上年同期增减（%）
营业收入 | 318,204,511.31 | 402,118,640.02 | -20.87%
经营活动产生的现金流量净额 | -31,220,118.45 | 8,411,203.91 | -471.17%
项目 | 本报告期末 | 上年度末 | 变动幅度（%）
总资产 | 1,728,222,894.22 | 1,811,497,601.54 | -4.60%
= revenue CNY: 2024Q1 318204511.31, 2023Q1 402118640.02
= operating_cash_flow CNY: 2024Q1 -31220118.45, 2023Q1 8411203.91
= total_assets CNY: 2024-03-31 1728222894.22, 2023-12-31 1811497601.54
""",
    "three years and a period in a prospectus": """
> 二、发行人报告期的主要财务数据和财务指标
项目 | 2024.6.30/2024年1-6月 | 2023.12.31/2023年度 | 2022.12.31/2022年度
资产总额（万元） | 128,440.21 | 117,115.90 | 98,204.55
营业收入（万元） | 42,318.22 | 65,904.11 | 51,002.87
净利润（万元） | -1,627.34 | 5,192.70 | 3,887.02
研发投入占营业收入的比例（%） | 9.11 | 8.02 | 7.45
= total_assets CNY: 2024-06-30 1284402100, 2023-12-31 1171159000, 2022-12-31 982045500
= revenue CNY: 2024H1 423182200, 2023 659041100, 2022 510028700
= net_loss CNY: 2024H1 16273400
= net_profit CNY: 2023 51927000, 2022 38870200
""",
    "highlights of Hong Kong with units in a head of their own": """
> ANNUAL RESULTS ANNOUNCEMENT FOR THE YEAR ENDED 31 DECEMBER 2023
> FINANCIAL HIGHLIGHTS
| For the year ended 31 December *2 |
| 2023 | 2022 | Change
| RMB million | RMB million | %
Revenue | 4,118.2 | 3,702.5 | 11.2
Gross profit | 812.4 | 655.1 | 24.0
Loss for the year | (214.8) | (388.3) | (44.7)
= revenue CNY: 2023 4118200000, 2022 3702500000
= gross_profit CNY: 2023 812400000, 2022 655100000
= net_loss CNY: 2023 214800000, 2022 388300000
""",
    "a quarterly balance sheet of the United States": """
> NORTHFIELD MOTORS, INC.
> CONDENSED CONSOLIDATED BALANCE SHEETS
> (In thousands, except share and per share amounts)
| September 30, 2024 | December 31, 2023
| (Unaudited) |
ASSETS
Current assets:
Cash and cash equivalents | $ 118,204 | $ 96,411
Accounts receivable, net of allowance of $1,204 and $988 | 42,118 | 38,020
Total current assets | 211,340 | 187,902
Total assets | $ 508,119 | $ 492,006
LIABILITIES AND STOCKHOLDERS' EQUITY
Total current liabilities | 98,404 | 87,118
Total liabilities | 231,900 | 219,477
Accumulated deficit | (188,205) | (164,030)
Total stockholders' equity | 276,219 | 272,529
Total liabilities and stockholders' equity | $ 508,119 | $ 492,006
= cash USD: 2024-09-30 118204000, 2023-12-31 96411000
= current_assets USD: 2024-09-30 211340000, 2023-12-31 187902000
= total_assets USD: 2024-09-30 508119000, 2023-12-31 492006000
= current_liabilities USD: 2024-09-30 98404000, 2023-12-31 87118000
= total_liabilities USD: 2024-09-30 231900000, 2023-12-31 219477000
= accumulated_deficit USD: 2024-09-30 188205000, 2023-12-31 164030000
= equity USD: 2024-09-30 276219000, 2023-12-31 272529000
""",
    "cash flows of nine months": """
> CONDENSED CONSOLIDATED STATEMENTS OF CASH FLOWS
> (In millions) (Unaudited)
| Nine Months Ended September 30, *2
| 2024 | 2023
Cash flows from operating activities:
Net loss | $ (24.2) | $ (31.7)
Net cash provided by (used in) operating activities | 18.4 | (9.6)
Cash flows from investing activities:
Purchases of property, plant and equipment | (32.5) | (28.8)
= net_loss USD: 2024-01/2024-09 24200000, 2023-01/2023-09 31700000
= operating_cash_flow USD: 2024-01/2024-09 18400000, 2023-01/2023-09 -9600000
= capex USD: 2024-01/2024-09 32500000, 2023-01/2023-09 28800000
""",
    "a German statement with the year before in thousands": """
> Income statement for the period from 1 January to 31 December 2023
| | 2023 EUR | 2022 EUR k
1. Revenue | | 12,345,678.90 | 11,234
2. Cost of materials | | 7,118,203.11 | 6,874
3. Net loss for the year | | -1,204,118.02 | -988
= revenue EUR: 2023 12345678.9, 2022 11234000
= net_loss EUR: 2023 1204118.02, 2022 988000
""",
    "German figures, which stand otherwise": """
> Gewinn- und Verlustrechnung 2023
| 2023 EUR | 2022 EUR
Umsatzerlöse | 12.345.678,90 | 11.234.567,80
Jahresüberschuss | 1.204.118,02 | 988.117,40
""",
    "a summary of Tokyo": """
> Consolidated Financial Results for the Six Months Ended September 30, 2024 [Japanese GAAP]
> (1) Consolidated operating results (% indicates changes from the previous corresponding period)
| Net sales *2 | Operating profit *2 | Profit attributable to owners of parent *2
Six months ended | Millions of yen | % | Millions of yen | % | Millions of yen | %
September 30, 2024 | 157,233 | 5.2 | 8,120 | (3.1) | 4,872 | 1.2
September 30, 2023 | 149,461 | 3.8 | 8,380 | 11.7 | 4,814 | 9.4
= revenue JPY: 2024-04/2024-09 157233000000, 2023-04/2023-09 149461000000
= operating_profit JPY: 2024-04/2024-09 8120000000, 2023-04/2023-09 8380000000
""",
    "a financial position of Tokyo": """
> (2) Consolidated financial position
| Total assets | Net assets | Equity-to-asset ratio
As of | Millions of yen | Millions of yen | %
September 30, 2024 | 310,233 | 120,333 | 38.7
March 31, 2024 | 301,118 | 117,204 | 38.8
= total_assets JPY: 2024-09-30 310233000000, 2024-03-31 301118000000
= equity JPY: 2024-09-30 120333000000, 2024-03-31 117204000000
""",
    "a capitalisation table": """
> CAPITALIZATION
> The following table sets forth our cash and our capitalization as of June 30, 2024:
| As of June 30, 2024 *3
| Actual | Pro Forma | Pro Forma As Adjusted
| (in thousands, except share data) *3
Cash and cash equivalents | $ 41,203 | $ 41,203 | $ 188,404
Accumulated deficit | (212,440) | (213,002) | (213,002)
Total stockholders' (deficit) equity | (188,117) | 31,404 | 178,605
= cash USD: 2024-06-30 41203000
= accumulated_deficit USD: 2024-06-30 212440000
= equity USD: 2024-06-30 -188117000
""",
    "a table of segments that is added up": """
> Note 4. Segment information
> Year ended December 31, 2023 (in millions of euros)
| Vehicles | Batteries | Eliminations | Consolidated
Revenue | 812.4 | 244.1 | (31.2) | 1,025.3
Operating profit | 64.2 | 12.0 | – | 76.2
= revenue EUR: 2023 1025300000
= operating_profit EUR: 2023 76200000
""",
    "scales that differ by column": """
> 主要财务指标
项目 | 2023年（万元） | 2022年（元）
营业收入 | 12,345.60 | 98,765,432.10
净利润 | -1,204.11 | 2,345,678.90
= revenue CNY: 2023 123456000, 2022 98765432.1
= net_loss CNY: 2023 12041100
= net_profit CNY: 2022 2345678.9
""",
    "a year restated beside what was reported": """
> CONSOLIDATED INCOME STATEMENT
> Year ended 30 June
| 2024 | 2023 | 2023
| | Restated* | As previously reported
| £000 | £000 | £000
Revenue | 51,204 | 47,118 | 48,002
Loss for the year | (2,118) | (3,402) | (2,911)
= revenue GBP: 2023-07/2024-06 51204000, 2022-07/2023-06 47118000
= net_loss GBP: 2023-07/2024-06 2118000, 2022-07/2023-06 3402000
""",
    "notes with letters and several of them": """
> CONSOLIDATED STATEMENT OF FINANCIAL POSITION
> AS AT 31 DECEMBER 2023
| NOTE | 2023 RMB'000 | 2022 RMB'000
NON-CURRENT ASSETS
Property, plant and equipment | 14(a) | 812,404 | 655,118
CURRENT ASSETS
Cash and cash equivalents | 21, 22 | 118,402 | 204,887
TOTAL ASSETS | | 1,311,204 | 1,208,440
NET ASSETS | | 512,008 | 498,112
= cash CNY: 2023-12-31 118402000, 2022-12-31 204887000
= total_assets CNY: 2023-12-31 1311204000, 2022-12-31 1208440000
= equity CNY: 2023-12-31 512008000, 2022-12-31 498112000
""",
    "other signs of a minus": """
> Consolidated statement of income
> Fiscal year ended March 31, 2024 (Millions of yen)
| FY2023 | FY2022
Net sales | 48,204 | 47,118
Operating loss | ▲1,204 | △988
Net loss | ▲2,118 | △1,402
= revenue JPY: 2023-04/2024-03 48204000000, 2022-04/2023-03 47118000000
= operating_loss JPY: 2023-04/2024-03 1204000000, 2022-04/2023-03 988000000
= net_loss JPY: 2023-04/2024-03 2118000000, 2022-04/2023-03 1402000000
""",
    "brackets of full width": """
> 综合损益表
> 截至12月31日止年度
| 2023年 | 2022年
| 千港元 | 千港元
收益 | ８１２，４０４ | ６５５，１１８
经营亏损 | （１２，４０４） | （３５，１１８）
年内亏损 | （４１，２０４） | （５８，００２）
= revenue HKD: 2023 812404000, 2022 655118000
= operating_loss HKD: 2023 12404000, 2022 35118000
= net_loss HKD: 2023 41204000, 2022 58002000
""",
    "shares of revenue beside amounts": """
> For the Years Ended December 31,
> (RMB in thousands, except for percentages)
| 2022 *2 | 2023 *2
| RMB | % | RMB | %
Total revenues | 812,404 | 100.0 | 1,025,118 | 100.0
Cost of revenues | (655,118) | (80.6) | (802,440) | (78.3)
Gross profit | 157,286 | 19.4 | 222,678 | 21.7
Net loss | (88,204) | (10.9) | (61,402) | (6.0)
= revenue CNY: 2022 812404000, 2023 1025118000
= cost_of_revenue CNY: 2022 655118000, 2023 802440000
= gross_profit CNY: 2022 157286000, 2023 222678000
= net_loss CNY: 2022 88204000, 2023 61402000
""",
    "amounts and percent in Taiwan": """
> CONSOLIDATED STATEMENTS OF COMPREHENSIVE INCOME
> FOR THE YEARS ENDED DECEMBER 31, 2023 AND 2022
> (In Thousands of New Taiwan Dollars)
| 2023 *2 | 2022 *2
| Amount | % | Amount | %
NET REVENUE | $ 8,124,040 | 100 | $ 6,551,180 | 100
COST OF REVENUE | 6,118,202 | 75 | 5,204,118 | 79
GROSS PROFIT | 2,005,838 | 25 | 1,347,062 | 21
NET INCOME | 412,008 | 5 | 118,402 | 2
= revenue TWD: 2023 8124040000, 2022 6551180000
= cost_of_revenue TWD: 2023 6118202000, 2022 5204118000
= gross_profit TWD: 2023 2005838000, 2022 1347062000
= net_profit TWD: 2023 412008000, 2022 118402000
""",
    "a Nordic report with five spans": """
> Key figures, Group
SEK m | Q3 2024 | Q3 2023 | Jan–Sep 2024 | Jan–Sep 2023 | Full year 2023
Net sales | 1,204 | 1,118 | 3,704 | 3,402 | 4,611
Operating profit | 82 | -14 | 244 | 118 | 160
Cash flow from operating activities | 44 | 31 | 188 | 92 | 171
= revenue SEK: 2024Q3 1204000000, 2023Q3 1118000000
= revenue SEK: 2024-01/2024-09 3704000000, 2023-01/2023-09 3402000000, 2023 4611000000
= operating_profit SEK: 2024Q3 82000000, 2024-01/2024-09 244000000, 2023-01/2023-09 118000000, 2023 160000000
= operating_loss SEK: 2023Q3 14000000
= operating_cash_flow SEK: 2024Q3 44000000, 2023Q3 31000000
= operating_cash_flow SEK: 2024-01/2024-09 188000000, 2023-01/2023-09 92000000, 2023 171000000
""",
    "units that are one word": """
> Income statement
TEUR | 2023 | 2022
Revenue | 41,204 | 38,117
Net profit | 1,204 | 988
= revenue EUR: 2023 41204000, 2022 38117000
= net_profit EUR: 2023 1204000, 2022 988000
""",
    "months counted before a year": """
> Group key figures
EUR million | 9M 2024 | 9M 2023 | FY 2023
Revenue | 812.4 | 744.1 | 1,025.3
Free cash flow | 41.2 | -12.8 | 22.0
Employees (period end) | 3,456 | 3,302 | 3,388
= revenue EUR: 2024-01/2024-09 812400000, 2023-01/2023-09 744100000, 2023 1025300000
= free_cash_flow EUR: 2024-01/2024-09 41200000, 2023-01/2023-09 -12800000, 2023 22000000
= headcount people: 2024-09-30 3456, 2023-09-30 3302, 2023-12-31 3388
""",
    "days with points": """
> Consolidated balance sheet (EUR thousand)
| 31.12.2023 | 31.12.2022
Cash and cash equivalents | 12,404 | 9,117
Total assets | 188,204 | 171,118
Equity | 88,117 | 81,402
= cash EUR: 2023-12-31 12404000, 2022-12-31 9117000
= total_assets EUR: 2023-12-31 188204000, 2022-12-31 171118000
= equity EUR: 2023-12-31 88117000, 2022-12-31 81402000
""",
    "an Indian quarter in crore": """
> STATEMENT OF CONSOLIDATED FINANCIAL RESULTS FOR THE QUARTER ENDED 30 JUNE 2024
> (₹ in crore)
Particulars | Quarter ended *3 | Year ended
| 30.06.2024 | 31.03.2024 | 30.06.2023 | 31.03.2024
| Unaudited | Audited | Unaudited | Audited
Revenue from operations | 1,204.11 | 1,318.40 | 1,118.02 | 4,811.90
Net profit for the period | 82.40 | 96.11 | 71.02 | 312.88
= revenue INR: 2024Q2 12041100000, 2024Q1 13184000000, 2023Q2 11180200000, 2023-04/2024-03 48119000000
= net_profit INR: 2024Q2 824000000, 2024Q1 961100000, 2023Q2 710200000, 2023-04/2024-03 3128800000
""",
    "a shortened year in a release": """
> Third Quarter 2024 Financial Highlights
| Q3'24 | Q2'24 | Q3'23 | QoQ | YoY
Vehicle deliveries | 12,404 | 11,118 | 8,204 | 11.6% | 51.2%
Total revenues (US$ million) | 312.4 | 288.1 | 211.0 | 8.4% | 48.1%
Gross margin | 14.2% | 12.8% | 8.1% | 1.4pp | 6.1pp
= deliveries vehicles: 2024Q3 12404, 2024Q2 11118, 2023Q3 8204
= revenue USD: 2024Q3 312400000, 2024Q2 288100000, 2023Q3 211000000
= gross_margin ratio: 2024Q3 0.142, 2024Q2 0.128, 2023Q3 0.081
""",
    "employees in a list without heads": """
> 2023年年度报告
> 员工情况
母公司在职员工的数量 | 1,204
主要子公司在职员工的数量 | 2,118
在职员工的数量合计 | 3,322
母公司及主要子公司需承担费用的离退休职工人数 | 88
= headcount people: 2023-12-31 3322
""",
    "the first page of an offer": """
> Annual report 2023
> Company at a glance
Number of employees | 346
Patents granted | 118
Annual capacity (vehicles per year) | 60,000
= headcount people: 2023-12-31 346
= patents count: 2023-12-31 118
= capacity vehicles/year: 2023-12-31 60000
""",
    "products by their rows": """
> 2023年年度报告
> （2）产销量情况分析表
主要产品 | 单位 | 生产量 | 销售量 | 库存量 | 生产量比上年增减（%） | 销售量比上年增减（%）
新能源乘用车 | 辆 | 38,416 | 37,902 | 2,118 | 41.20 | 39.88
合计 | 辆 | 38,416 | 37,902 | 2,118 | 41.20 | 39.88
= output vehicles: 2023 38416
= deliveries vehicles: 2023 37902
""",
    "rounds of financing": """
> History of financing
Round | Date | Amount raised | Lead investor
Series A | March 2021 | US$12.0 million | Harbour Ventures
Series B | July 2022 | US$48.5 million | Northern Fund
= equity_raised USD: 2021-03 12000000, 2022-07 48500000
""",
    "a table that goes on on the next page": """
> 合并资产负债表
> 2023年12月31日
> 单位：元
项目 | 附注 | 2023年12月31日 | 2022年12月31日
流动资产：
货币资金 | 七、1 | 118,402,118.02 | 204,887,204.11
流动资产合计 | | 512,204,887.40 | 498,112,008.02
---
> 甲乙丙股份有限公司2023年年度报告
短期借款 | 七、32 | 88,204,118.00 | 92,117,004.00
流动负债合计 | | 204,118,402.11 | 211,402,008.33
负债合计 | | 298,204,887.02 | 301,118,004.11
= cash CNY: 2023-12-31 118402118.02, 2022-12-31 204887204.11
= current_assets CNY: 2023-12-31 512204887.4, 2022-12-31 498112008.02
= current_liabilities CNY: 2023-12-31 204118402.11, 2022-12-31 211402008.33
= total_liabilities CNY: 2023-12-31 298204887.02, 2022-12-31 301118004.11
""",
    "a table that is said to go on": """
> Consolidated Statements of Cash Flows
> (Dollars in thousands)
| Year ended December 31, *3
| 2023 | 2022 | 2021
Net loss | (96,898) | (74,289) | (51,204)
Net cash used in operating activities | (81,118) | (66,402) | (44,008)
---
> Consolidated Statements of Cash Flows (continued)
> (Dollars in thousands)
Purchases of property and equipment | (32,404) | (28,118) | (12,002)
Net cash used in investing activities | (33,008) | (29,117) | (13,404)
= net_loss USD: 2023 96898000, 2022 74289000, 2021 51204000
= operating_cash_flow USD: 2023 -81118000, 2022 -66402000, 2021 -44008000
= capex USD: 2023 32404000, 2022 28118000, 2021 12002000
""",
    "names over two lines": """
> Consolidated cash flow statement
> For the year ended 31 December 2023
| 2023 | 2022
| US$'000 | US$'000
Net cash flows generated from / (used in) operating activities | (12,404) | 9,117
Payments for the purchase of property, plant and equipment and other non-current assets | (41,118) | (38,204)
= operating_cash_flow USD: 2023 -12404000, 2022 9117000
= capex USD: 2023 41118000, 2022 38204000
""",
    "quarters beside each other in Chinese": """
> 分季度主要财务数据
> 单位：万元
项目 | 2024年Q1 | 2024年Q2 | 2024年Q3
营业收入 | 8,204.11 | 9,117.02 | 9,840.33
净利润 | -412.08 | 118.40 | 204.88
= revenue CNY: 2024Q1 82041100, 2024Q2 91170200, 2024Q3 98403300
= net_loss CNY: 2024Q1 4120800
= net_profit CNY: 2024Q2 1184000, 2024Q3 2048800
""",
    "a table of a state-owned enterprise": """
> 利 润 表
> 会企02表
> 编制单位：甲乙控股有限公司   2023年度   金额单位：人民币元
项 目 | 行次 | 本年累计数 | 上年累计数
一、营业总收入 | 1 | 812,404,118.02 | 655,118,402.11
其中：营业收入 | 2 | 812,404,118.02 | 655,118,402.11
五、净利润（净亏损以“-”号填列） | 41 | -12,404,118.02 | 5,118,402.11
= revenue CNY: 2023 812404118.02, 2022 655118402.11
= net_loss CNY: 2023 12404118.02
= net_profit CNY: 2022 5118402.11
""",
    "a French half year": """
> Condensed consolidated income statement
In millions of euros | Notes | First half 2024 | First half 2023
Revenue | 3.1 | 412.4 | 388.2
Operating income | 3.4 | 21.1 | 18.8
Net income | | 12.4 | 9.2
= revenue EUR: 2024H1 412400000, 2023H1 388200000
= operating_profit EUR: 2024H1 21100000, 2023H1 18800000
= net_profit EUR: 2024H1 12400000, 2023H1 9200000
""",
    "a period that ends and began on days": """
> Abridged accounts of Orrin Cells Limited
| Period from 1 January 2023 to 31 December 2023 | Period from 1 January 2022 to 31 December 2022
| £ | £
Turnover | 8,204,118 | 6,118,402
Loss for the financial year | (1,204,118) | (988,204)
= revenue GBP: 2023 8204118, 2022 6118402
= net_loss GBP: 2023 1204118, 2022 988204
""",
}

PROSE = {
    "a rise from a corresponding period": """
< For the six months ended 30 June 2024, the Group recorded revenue of approximately RMB742.3 million,
<< representing an increase of 13.2% as compared with RMB655.9 million for the corresponding period in 2023.
= revenue CNY: 2024H1 742300000, 2023H1 655900000
""",
    "from one year to another": """
< The Group's revenue decreased by 12.0% from HK$1,234.0 million in 2022 to HK$1,086.0 million in 2023.
= revenue HKD: 2022 1234000000, 2023 1086000000
""",
    "from one period to another in Chinese of Hong Kong": """
< 本集團收益由截至二零二三年六月三十日止六個月的人民幣655.9百萬元增加13.2%至截至二零二四年六月三十日止六個月的人民
<< 幣742.3百萬元。
= revenue CNY: 2023H1 655900000, 2024H1 742300000
""",
    "a balance with the last one in brackets": """
< As at 30 June 2024, the Group's cash and cash equivalents amounted to RMB349.8 million (31 December 2023:
<< RMB605.3 million).
= cash CNY: 2024-06-30 349800000, 2023-12-31 605300000
""",
    "employees with those of last year in brackets": """
< As at 30 June 2024, the Group had a total of 2,345 employees (31 December 2023: 2,210 employees).
= headcount people: 2024-06-30 2345, 2023-12-31 2210
""",
    "a workforce": """
< Our workforce comprised 2,345 employees as of June 30, 2024, of whom 812 worked in research and development.
= headcount people: 2024-06-30 2345
""",
    "employees in Chinese of Hong Kong": """
< 於二零二四年六月三十日，本集團共有2,345名僱員（二零二三年十二月三十一日：2,210名）。
= headcount people: 2024-06-30 2345, 2023-12-31 2210
""",
    "a half year in Chinese": """
< 2024年上半年，公司实现营业收入7.42亿元，同比增长13.2%；实现净利润0.31亿元，上年同期为净亏损0.12亿元。
= revenue CNY: 2024H1 742000000
= net_profit CNY: 2024H1 31000000
= net_loss CNY: 2023H1 12000000
""",
    "margins of two quarters": """
< Gross margin was 18.4% in the third quarter of 2024, compared with 16.1% in the same quarter of 2023.
= gross_margin ratio: 2024Q3 0.184, 2023Q3 0.161
""",
    "spending of a fiscal year": """
< Capital expenditures totaled $45.2 million in 2024 and $38.1 million in 2023.
= capex USD: 2024 45200000, 2023 38100000
""",
    "figures in words": """
< As at 31 December 2023 the company employed two hundred and forty people.
= headcount people: 2023-12-31 240
""",
    "a sum in capital numerals": """
< 2024年3月18日，公司完成B轮融资人民币壹亿贰仟万元。
= equity_raised CNY: 2024-03-18 120000000
""",
    "a round with its day first": """
< On 18 March 2024, the Company closed its Series B financing round, raising US$48.5 million.
= equity_raised USD: 2024-03-18 48500000
""",
    "what the auditors say": """
< These conditions indicate the existence of a material uncertainty that may cast significant doubt on the Group's
<< ability to continue as a going concern.
< 28 March 2024
= going_concern_doubt flag: 2024-03-28 1
""",
    "capacity of a plant": """
< Our Changzhou plant has an annual production capacity of 60,000 vehicles as of December 31, 2023.
= capacity vehicles/year: 2023-12-31 60000
""",
    "orders": """
< As of September 30, 2024, our order backlog stood at 4,120 vehicles.
= orders vehicles: 2024-09-30 4120
""",
}

DAYS = {
    "by an auditor in Hong Kong": ("2024-03-28", ["Certified Public Accountants", "Hong Kong, 28 March 2024"]),
    "by an auditor on two lines": (
        "2024-03-31",
        ["Marlow & Penn LLP", "Chartered Accountants", "London", "31 March 2024"],
    ),
    "by an auditor in China": ("2024-04-12", ["中国注册会计师：", "中国 北京", "二〇二四年四月十二日"]),
    "with noughts that are letters": ("2024-04-12", ["甲乙会计师事务所（特殊普通合伙）", "二O二四年四月十二日"]),
    "with noughts that are figures": ("2024-04-30", ["中国·上海", "二0二四年四月三十日"]),
    "over a seal": (
        "2023-06-30",
        ["甲方（盖章）：江州市国有资本投资有限公司", "法定代表人（签字）：", "2023年6月30日"],
    ),
    "in a stamp with blanks": ("2024-05-17", ["受理专用章", "2024 年 5 月 17 日"]),
    "by a received stamp": ("2024-05-17", ["RECEIVED", "17 MAY 2024"]),
    "as an agreement is made": ("2024-06-18", ["THIS AGREEMENT is made on 18 June 2024", "BETWEEN:"]),
    "as an agreement is dated": ("2024-06-18", ["INVESTMENT AGREEMENT", "dated as of June 18, 2024", "by and among"]),
    "as the day of a month in words": ("2024-06-18", ["DATED this 18th day of June 2024"]),
    "as an agreement is signed in Chinese": ("2024-06-18", ["本协议由以下各方于2024年6月18日在江州市签订："]),
    "with a label in Chinese": ("2024-06-18", ["投资协议", "签订日期：2024年6月18日"]),
    "with a label of signing": ("2024-06-18", ["签署日：2024年6月18日"]),
    "as a board approved it": (
        "2024-03-26",
        ["The financial statements were approved and authorised for issue by the board of directors on 26 March 2024"],
    ),
    "as a board approved it in Chinese": ("2024-03-26", ["本财务报表业经公司董事会于2024年3月26日批准报出。"]),
    "in the foot of a page": ("2024-08-29", ["甲乙丙股份有限公司董事会", "2024-08-29"]),
    "with points": ("2024-08-29", ["甲乙丙股份有限公司", "2024.08.29"]),
    "with a slash, the year first": ("2024-08-29", ["Announcement date: 2024/08/29"]),
    "with blanks lost": ("2024-08-30", ["By order of the Board", "HongKong,30August2024"]),
    "with blanks lost and a label": ("2024-08-30", ["Date:30August2024"]),
    "with blanks lost, the month first": ("2024-08-30", ["Dated:August30,2024"]),
    "with the place in Chinese": ("2024-08-30", ["香港，二零二四年八月三十日"]),
    "as it was printed": ("2024-11-14", ["Berlin, 14 November 2024", "The Management Board"]),
    "with the weekday": ("2024-11-14", ["Thursday, 14 November 2024"]),
    "as of a filing": ("2024-11-14", ["Date of Report (Date of earliest event reported): November 14, 2024"]),
}
"""Days of documents, by the lines that say them."""


SECOND_TABLES = {
    "a change in amount and in percent": """
> (dollars in thousands)
| Three Months Ended March 31, *2 | Change *2
| 2024 | 2023 | Amount | %
Revenue | $ 41,204 | $ 38,117 | $ 3,087 | 8 %
Gross profit | 8,204 | 6,118 | 2,086 | 34 %
Loss from operations | (12,404) | (14,118) | 1,714 | (12) %
= revenue USD: 2024Q1 41204000, 2023Q1 38117000
= gross_profit USD: 2024Q1 8204000, 2023Q1 6118000
= operating_loss USD: 2024Q1 12404000, 2023Q1 14118000
""",
    "thousands parted by spaces": """
> Consolidated income statement
MSEK | 2023 | 2022
Net sales | 12 404 | 11 118
Operating profit | 1 204 | –988
Net profit | 812 | –1 402
= revenue SEK: 2023 12404000000, 2022 11118000000
= operating_profit SEK: 2023 1204000000
= operating_loss SEK: 2022 988000000
= net_profit SEK: 2023 812000000
= net_loss SEK: 2022 1402000000
""",
    "thousands parted by apostrophes": """
> Consolidated balance sheet
in CHF 1'000 | 31.12.2023 | 31.12.2022
Cash and cash equivalents | 12'404 | 9'117
Total assets | 1'188'204 | 1'171'118
Total equity | 588'117 | 581'402
= cash CHF: 2023-12-31 12404000, 2022-12-31 9117000
= total_assets CHF: 2023-12-31 1188204000, 2022-12-31 1171118000
= equity CHF: 2023-12-31 588117000, 2022-12-31 581402000
""",
    "years of two numbers": """
> Income statement for the year ended 30 June
€ million | 2023/24 | 2022/23
Revenue | 412.4 | 388.2
Operating profit | 21.1 | 18.8
= revenue EUR: 2023-07/2024-06 412400000, 2022-07/2023-06 388200000
= operating_profit EUR: 2023-07/2024-06 21100000, 2022-07/2023-06 18800000
""",
    "three quarters together in Chinese": """
> 单位：亿元
指标 | 2024年前三季度 | 2023年前三季度 | 同比增减
营业总收入 | 86.15 | 115.50 | -25.41%
净利润 | 3.12 | 5.04 | -38.10%
= revenue CNY: 2024-01/2024-09 8615000000, 2023-01/2023-09 11550000000
= net_profit CNY: 2024-01/2024-09 312000000, 2023-01/2023-09 504000000
""",
    "ends and years of a bond": """
项目 | 2024年9月末/1-9月 | 2023年末/度 | 2022年末/度
总资产（亿元） | 684.21 | 651.90 | 602.11
总负债（亿元） | 412.08 | 398.44 | 371.20
营业总收入（亿元） | 118.40 | 160.22 | 151.07
= total_assets CNY: 2024-09-30 68421000000, 2023-12-31 65190000000, 2022-12-31 60211000000
= total_liabilities CNY: 2024-09-30 41208000000, 2023-12-31 39844000000, 2022-12-31 37120000000
= revenue CNY: 2024-01/2024-09 11840000000, 2023 16022000000, 2022 15107000000
""",
    "twelve months to a day": """
> Group results
| 12 months to 31 Dec 2023 £m | 12 months to 31 Dec 2022 £m
Revenue | 212.4 | 198.0
Operating profit | 12.4 | 10.1
Profit after tax | 8.4 | 7.7
= revenue GBP: 2023 212400000, 2022 198000000
= operating_profit GBP: 2023 12400000, 2022 10100000
= net_profit GBP: 2023 8400000, 2022 7700000
""",
    "cells that are empty by other words": """
> STATEMENT OF CASH FLOWS
> For the year ended 31 December 2023
| 2023 | 2022
| HK$'000 | HK$'000
Net cash used in operating activities | (12,404) | (9,117)
Purchase of property, plant and equipment | Nil | (1,204)
= operating_cash_flow HKD: 2023 -12404000, 2022 -9117000
= capex HKD: 2022 1204000
""",
    "marks of notes": """
> Operating data
| Q3 2024 | Q3 2023
Vehicle deliveries(1) | 12,404 | 8,204
Vehicle production* | 12,911 | 9,020
Employees at end of period(2) | 3,456 | 3,302
= deliveries vehicles: 2024Q3 12404, 2023Q3 8204
= output vehicles: 2024Q3 12911, 2023Q3 9020
= headcount people: 2024-09-30 3456, 2023-09-30 3302
""",
    "a balance sheet with two sides": """
> 资产负债表
> 编制单位：甲乙丙有限公司   2023年12月31日   单位：元
资产 | 期末余额 | 年初余额 | 负债和所有者权益 | 期末余额 | 年初余额
货币资金 | 118,402.11 | 204,887.02 | 短期借款 | 88,204.00 | 92,117.00
流动资产合计 | 512,204.40 | 498,112.02 | 流动负债合计 | 204,118.11 | 211,402.33
资产总计 | 812,404.40 | 798,112.02 | 负债合计 | 298,204.02 | 301,118.11
= cash CNY: 2023-12-31 118402.11, 2022-12-31 204887.02
= current_assets CNY: 2023-12-31 512204.4, 2022-12-31 498112.02
= total_assets CNY: 2023-12-31 812404.4, 2022-12-31 798112.02
= current_liabilities CNY: 2023-12-31 204118.11, 2022-12-31 211402.33
= total_liabilities CNY: 2023-12-31 298204.02, 2022-12-31 301118.11
""",
    "pure years over columns of the group and the company": """
> 资产负债表
> 2023年12月31日   金额单位：人民币万元
项目 | 合并 *2 | 公司 *2
| 年末余额 | 年初余额 | 年末余额 | 年初余额
资产总计 | 81,240.40 | 79,811.02 | 41,204.40 | 38,117.02
负债合计 | 29,820.02 | 30,111.11 | 12,404.02 | 11,118.11
= total_assets CNY: 2023-12-31 812404000, 2022-12-31 798110200
= total_liabilities CNY: 2023-12-31 298200200, 2022-12-31 301111100
""",
    "a half of a financial year": """
> Half-year results, financial year ending 31 March
INR crore | H1 FY25 | H1 FY24
Revenue from operations | 2,412.4 | 2,118.2
""",
    "Chinese money of a company in Hong Kong": """
> 綜合財務狀況表
> 於2023年12月31日
| | 二零二三年 | 二零二二年
| 附註 | 千港元 | 千港元
流動資產
現金及現金等價物 | 18 | 118,402 | 204,887
流動資產總值 | | 512,204 | 498,112
資產總值 | | 812,404 | 798,112
流動負債總額 | | 204,118 | 211,402
= cash HKD: 2023-12-31 118402000, 2022-12-31 204887000
= current_assets HKD: 2023-12-31 512204000, 2022-12-31 498112000
= total_assets HKD: 2023-12-31 812404000, 2022-12-31 798112000
= current_liabilities HKD: 2023-12-31 204118000, 2022-12-31 211402000
""",
}
"""A second set, written after readers were built to the first one and before they were built to it."""

SECOND_PROSE = {
    "a year and the last in brackets in Chinese": """
< 2023年，公司实现营业总收入123.45亿元（2022年：101.20亿元）。
= revenue CNY: 2023 12345000000, 2022 10120000000
""",
    "borrowings with a year in brackets": """
< At 31 December 2023, total borrowings were £41.2m (2022: £38.0m).
= total_debt GBP: 2023-12-31 41200000, 2022-12-31 38000000
""",
    "research of two quarters": """
< Research and development expenses were RMB3,218.5 million in the second quarter of 2024, representing a decrease
<< of 3.8% from RMB3,344.6 million in the second quarter of 2023.
= r_and_d CNY: 2024Q2 3218500000, 2023Q2 3344600000
""",
    "cash that is more than cash": """
< Cash and cash equivalents, restricted cash and short-term investments were RMB41.6 billion as of June 30, 2024.
""",
    "employees at the end in Chinese": """
< 截至2023年末，公司在职员工总数为3,322人，其中研发人员812人。
= headcount people: 2023-12-31 3322
""",
    "a loss that narrowed": """
< Net loss narrowed to US$12.4 million in the third quarter of 2024 from US$31.7 million in the same period of 2023.
= net_loss USD: 2024Q3 12400000, 2023Q3 31700000
""",
    "a year ago": """
< Total revenues were $312.4 million for the third quarter of 2024, compared to $211.0 million a year ago.
= revenue USD: 2024Q3 312400000, 2023Q3 211000000
""",
    "deliveries of a month in Chinese": """
< 2024年9月，公司交付新车21,181辆，同比增长35.7%；1-9月累计交付149,281辆。
= deliveries vehicles: 2024-09 21181, 2024-01/2024-09 149281
""",
    "cash flow in Chinese": """
< 报告期内，公司经营活动产生的现金流量净额为-1.20亿元，上年同期为0.85亿元。
< 2023年年度报告
= operating_cash_flow CNY: 2023 -120000000, 2022 85000000
""",
    "capacity in Chinese": """
< 截至2024年6月30日，公司已建成产能20GWh，在建产能30GWh。
= capacity kWh/year: 2024-06-30 20000000
""",
    "customers": """
< For the year ended 31 December 2023, sales to our largest customer accounted for 31.2% of our total
<< revenue, and sales to our five largest customers accounted for 64.0%.
= largest_customer_share ratio: 2023 0.312
""",
    "the same period of another year": """
< NIO delivered 8,224 vehicles in the fourth quarter of 2019, up 3.0% from 7,980 in the same period of 2018.
= deliveries vehicles: 2019Q4 8224, 2018Q4 7980
""",
    "not of the company": """
< The market for electric vehicles in China reached 9.5 million units in 2023, and revenue of the
<< industry was RMB1.2 trillion.
""",
}

SECOND_DAYS = {
    "after a place and a name": ("2024-03-28", ["代表董事会", "主席", "王某", "香港，2024年3月28日"]),
    "by the chairman": (
        "2024-03-28",
        ["By order of the Board", "Orrin Holdings Limited", "Chen Wei", "Chairman", "28 March 2024"],
    ),
    "by the chairman at the end of a month": (
        "2024-05-31",
        ["By order of the Board", "Orrin Holdings Limited", "Chen Wei", "Chairman", "Hong Kong, 31 May 2024"],
    ),
    "of a report that was signed": ("2024-04-26", ["Signed in London on 26 April 2024"]),
    "of signing with a colon": ("2024-04-26", ["Place and date of signing: Shanghai, 26 April 2024"]),
    "of an accountants' report in Chinese": (
        "2024-04-26",
        ["XYZ会计师事务所", "执业会计师", "香港", "二零二四年四月二十六日"],
    ),
    "of a letter": ("2024-05-02", ["2 May 2024", "To the Board of Directors"]),
    "of an announcement of an exchange": (
        "2024-05-02",
        [
            "证券代码：600000  证券简称：甲乙丙  公告编号：2024-018",
            "甲乙丙股份有限公司关于签订投资协议的公告",
            "特此公告。",
            "甲乙丙股份有限公司董事会",
            "2024年5月2日",
        ],
    ),
    "of a report of a state office": ("2024-05-20", ["江州市发展和改革委员会", "2024年5月20日印发"]),
    "of a form": (
        "2024-05-09",
        ["Pursuant to the requirements of the Securities Exchange Act", "Date: May 9, 2024", "By: /s/ Jane Doe"],
    ),
}


THIRD_TABLES = {
    "terms in two columns": """
> TERM SHEET
> Dated 16 May 2024
Post-money valuation | EUR 640 million
Amount raised in this round | EUR 120 million
Number of employees at signing | 412
= post_money EUR: 2024-05-16 640000000
= equity_raised EUR: 2024-05-16 120000000
= headcount people: 2024-05-16 412
""",
    "a guidance table": """
> Guidance for the third quarter of 2024
| Low | High
Vehicle deliveries | 13,500 | 14,500
Total revenues (US$ million) | 598 | 640
= delivery_guidance vehicles: 2024Q3 13500~14500
= plan_revenue USD: 2024Q3 598000000~640000000
""",
    "employees by function": """
> 2023年年度报告
> 专业构成
专业构成类别 | 专业构成人数（人）
生产人员 | 1,204
销售人员 | 311
技术人员 | 902
合计 | 2,417
= headcount people: 2023-12-31 2417
""",
    "owners": """
> As of 31 March 2024
Shareholder | Shares | % of ordinary shares
Orla Venn, founder and chief executive | 64,218,400 | 21.4
Tidewater Growth Partners | 33,010,000 | 11.0
Total | 300,085,046 | 100.0
= founder_share ratio: 2024-03-31 0.214
""",
    "the five largest customers": """
> Five largest customers for the year ended 31 December 2023
Customer | Sales (RMB'000) | % of total revenue
Customer A | 128,404 | 31.2
Customer B | 55,118 | 13.4
Customer C | 41,204 | 10.0
= largest_customer_share ratio: 2023 0.312
""",
    "plants": """
> 截至2023年12月31日
生产基地 | 设计产能（万辆/年） | 产能利用率（%）
合肥基地 | 20 | 81.2
常州基地 | 10 | 64.0
合计 | 30 | 75.4
= capacity vehicles/year: 2023-12-31 300000
""",
}
"""A third set, of deals, plans and announcements, written before readers were built to it."""

THIRD_PROSE = {
    "an investment agreement in English": """
< Dated 18 June 2024
< The Project Company shall build a factory with a total planned investment of RMB 3.2 billion and an annual
<< capacity of 60,000 vehicles, and shall create no fewer than 1,800 jobs by 2027.
= plan_investment CNY: 2024-06-18 3200000000
= plan_capacity vehicles/year: 2024-06-18 60000
= plan_jobs jobs: 2024-06-18 1800
""",
    "a project in Chinese": """
< 签订日期：2024年6月18日
< 项目计划总投资32亿元，占地约450亩，分两期建设，一期年产能6万辆，二期年产能4万辆，全部建成后年产能10万辆，可
<< 提供就业岗位约2,000个。
= plan_investment CNY: 2024-06-18 3200000000
= site_area hectares: 2024-06-18 30
= plan_capacity_first_phase vehicles/year: 2024-06-18 60000
= plan_capacity vehicles/year: 2024-06-18 100000
= plan_jobs jobs: 2024-06-18 2000
""",
    "a repurchase in Chinese": """
< 签署日：2024年6月18日
< 若公司未能于2028年12月31日前完成合格上市，投资方有权要求创始人按投资本金加年化8%单利回购其持有的股权。
= put_rate ratio: 2024-06-18 0.08
""",
    "a repurchase in English": """
< Dated 18 June 2024
< If no Qualified IPO has been completed by 31 December 2028, the Investor may require the Company to redeem
<< its shares at the issue price plus simple interest of 8% per annum.
= put_rate ratio: 2024-06-18 0.08
""",
    "a round led by an investor": """
< On 18 March 2024, Harbor Cells announced that it had raised US$120 million in a Series C round led by
<< Northern Fund, at a post-money valuation of US$640 million.
= equity_raised USD: 2024-03-18 120000000
= post_money USD: 2024-03-18 640000000
""",
    "a round in Chinese": """
< 2024年3月18日，公司宣布完成C轮融资，融资金额8亿元人民币，投后估值60亿元。
= equity_raised CNY: 2024-03-18 800000000
= post_money CNY: 2024-03-18 6000000000
""",
    "a subscription": """
< Dated 16 May 2024
< The Investor subscribes for new shares of the Company for an aggregate subscription price of EUR 240 million.
= equity_raised EUR: 2024-05-16 240000000
""",
    "notes": """
< In January 2024, we completed an offering of US$575 million in aggregate principal amount of 1.5%
<< convertible senior notes due 2029.
= convertible_notes_raised USD: 2024-01 575000000
""",
    "guidance of a quarter": """
< For the fourth quarter of 2024, the Company expects vehicle deliveries to be between 72,000 and 75,000, and
<< total revenues of between RMB19.7 billion and RMB20.4 billion.
= delivery_guidance vehicles: 2024Q4 72000~75000
= plan_revenue CNY: 2024Q4 19700000000~20400000000
""",
    "guidance of a quarter in Chinese": """
< 公司预计2024年第四季度交付量为72,000至75,000辆，收入总额为197亿元至204亿元。
= delivery_guidance vehicles: 2024Q4 72000~75000
= plan_revenue CNY: 2024Q4 19700000000~20400000000
""",
    "pledged shares": """
< 2024-05-10
< 截至本公告日，控股股东累计质押股份8,200万股，占其所持股份的41.2%，占公司总股本的12.3%。
= pledged_share ratio: 2024-05-10 0.412
""",
    "a founder": """
< As of 31 March 2024, our founder, Mr. Chen, beneficially owned 21.4% of our total issued shares and 57.7% of
<< the aggregate voting power.
= founder_share ratio: 2024-03-31 0.214
= founder_votes ratio: 2024-03-31 0.577
""",
    "a listing": """
< Our ADSs commenced trading on the New York Stock Exchange on September 12, 2018.
= listed flag: 2018-09-12 1
""",
    "a recall": """
< 2024年8月2日，公司决定自即日起召回2021年6月至2023年3月生产的部分车型，共计12,404辆。
= recalled_vehicles vehicles: 2024-08-02 12404
""",
    "patents": """
< As of December 31, 2023, we held 1,204 granted patents and had 902 patent applications pending.
= patents count: 2023-12-31 1204
""",
    "orders in Chinese": """
< 截至2024年9月30日，公司在手订单4,120辆。
= orders vehicles: 2024-09-30 4120
""",
    "the start of production": """
< The plant is expected to start series production in October 2026.
= plan_production_start flag: 2026-10 1
""",
    "the start of production in Chinese": """
< 项目计划于2026年10月建成投产。
= plan_production_start flag: 2026-10 1
""",
    "shares": """
< As of March 31, 2024, there were 300,085,046 ordinary shares outstanding.
= shares_outstanding shares: 2024-03-31 300085046
""",
    "raised to date": """
< Dated 3 June 2024
< To date, the company has raised approximately US$310 million from investors.
= raised_to_date USD: 2024-06-03 310000000
""",
    "a rate of exchange": """
< All translations from RMB to US$ were made at RMB7.0999 to US$1.00, the rate on December 29, 2023.
= usd_cny CNY per USD: 2023-12-29 7.0999
""",
    "deliveries since the beginning": """
< As of September 30, 2024, cumulative deliveries of the Company reached 598,875 vehicles.
= cumulative_deliveries vehicles: 2024-09-30 598875
""",
    "a supplier": """
< In 2023, purchases from our largest supplier accounted for 28.4% of our total purchases.
= largest_supplier_share ratio: 2023 0.284
""",
}


TRAP_TABLES = {
    "an acquired company": """
> Note 30. Business combination: assets acquired and liabilities assumed on 1 July 2023 (RMB million)
| Fair value
Cash and cash equivalents | 41.2
Total assets | 312.4
Total liabilities | 188.1
Net assets | 124.3
""",
    "a joint venture": """
> Summarised balance sheet of the joint venture as at 31 December 2023 (RMB million)
| 2023 | 2022
Current assets | 412.4 | 388.1
Total assets | 912.4 | 888.1
Total liabilities | 512.4 | 488.1
Net assets | 400.0 | 400.0
""",
    "a subsidiary in Chinese": """
> 主要控股公司分析
> 2023年度 单位：万元
公司名称 | 主要业务 | 总资产 | 净资产 | 营业收入 | 净利润
甲乙电池有限公司 | 电池 | 41,204.11 | 21,118.02 | 38,204.55 | 1,204.88
""",
    "a company that is compared": """
> Comparable companies, year ended 31 December 2023 (US$ million)
| Revenue | Net profit | Employees
Peer One | 412.4 | 31.2 | 3,456
Peer Two | 388.1 | 22.0 | 2,118
""",
    "the parent's balance sheet": """
> Company balance sheet as at 31 December 2023
| 2023 £'000 | 2022 £'000
Investments | 12,404 | 12,404
Total assets | 18,204 | 17,118
Net assets | 8,117 | 8,402
""",
    "a sensitivity": """
> Sensitivity of 2023 results to a change of 5% in exchange rates (RMB million)
| Revenue | Net profit
Renminbi stronger by 5% | 41.2 | 12.4
Renminbi weaker by 5% | (41.2) | (12.4)
""",
    "an average of employees": """
> 2023
> Average number of employees during the year
| 2023 | 2022
Production | 1,204 | 1,118
Administration | 311 | 302
Total | 1,515 | 1,420
""",
    "debts by when they fall due": """
> 31 December 2023 (RMB million)
| Within one year | One to five years | Total
Borrowings | 41.2 | 118.4 | 159.6
Trade payables | 88.2 | – | 88.2
Total liabilities | 129.4 | 118.4 | 247.8
""",
    "targets of a plan": """
> 股权激励业绩考核目标
考核年度 | 营业收入 | 净利润
2024年 | 不低于12亿元 | 不低于1亿元
2025年 | 15.00 | 1.50
""",
    "one plant of a group": """
> 2023年
基地 | 产能（万辆/年） | 产量（辆）
常州 | 10 | 64,118
""",
    "customers of a partner": """
> The partner at a glance, 2023
Number of employees | 12,404
Annual capacity (vehicles per year) | 300,000
Patents granted | 1,204
""",
    "the market": """
> China's market for electric vehicles, 2023
Vehicle deliveries | 9,495,000
Production | 9,587,000
""",
    "rows of a segment": """
> Segment results for the year ended 31 December 2023 (RMB million)
| Consolidated before eliminations | Batteries
Revenue | 1,204.1 | 412.4
""",
    "a bridge of profit": """
> From net loss to adjusted EBITDA, year ended December 31, 2023 (US$ million)
| 2023 | 2022
Adjusted net loss | (41.2) | (38.1)
Adjusted EBITDA | (12.4) | (18.2)
""",
    "units of a fund": """
> Municipal fund, 31 December 2023 (RMB million)
| 2023 | 2022
Committed capital | 3,204 | 3,204
Net assets of the fund | 2,118 | 1,988
""",
}
"""Tables of which nothing may be taken for the company: of others, of parts, of plans."""

TRAP_PROSE = {
    "a subsidiary's revenue": "< In 2023, our subsidiary Volt GmbH's revenue decreased"
    "\n<< from EUR 41.2 million in 2022 to EUR 38.1 million in 2023.",
    "an average": "< The average workforce of 2,345 people in 2023 was paid RMB 312 million.",
    "a fund": "< The investor's total assets amounted to RMB 3.2 billion as of 31 December 2023.",
    "a workforce cut": "< The plan reduces the workforce of 2,345 people to 1,800 by June 2024.",
    "a peer": "< 2023年上半年，可比公司甲公司营业收入由2022年上半年的3.2亿元增长至4.1亿元。",
    "a supplier in Chinese": "< 供应商乙公司2023年营业收入12.4亿元，上年同期为11.2亿元。",
    "a put of others": "< 若乙方违约，应按逾期金额年化8%支付违约金，并回购全部股份。",
    "an option for others": "< The landlord may require the tenant to purchase the building at"
    "\n<< cost with interest of 6% per annum.",
    "a planned subscription": "< The Investor may, at its discretion, subscribe for new shares of the"
    "\n<< Company for an aggregate subscription price of up to EUR 240 million.",
    "two hundred words": "< Clause two hundred and forty people may read says nothing.",
}
"""Sentences of which nothing may be."""


def parsed(text):
    """The pages of a form as lines above, rows and running text, and its facts as name, value, unit and period."""
    pages, facts = [([], [], [])], set()
    for line in text.strip("\n").split("\n"):
        above, rows, prose = pages[-1]
        if line == "---":
            pages.append(([], [], []))
        elif line.startswith("> "):
            above.append(line[2:])
        elif line.startswith("< "):
            prose.append(line[2:])
        elif line.startswith("<< "):
            prose[-1] += (" " if line.isascii() else "") + line[3:]
        elif line.startswith("= "):
            name, _, stated = line[2:].partition(": ")
            fact, _, unit = name.partition(" ")
            for one in stated.split(", "):
                period, _, value = one.rpartition(" ")
                ends = tuple(float(end) for end in value.split("~"))
                facts.add((fact, ends if len(ends) > 1 else ends[0], unit, period))
        else:
            parts = [cell.strip().partition(" *") for cell in line.split("|")]
            rows.append([(cell, int(span or 1)) for cell, _, span in parts])
    return pages, facts
