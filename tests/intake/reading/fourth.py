"""A fourth set of forms, by kind: heads, units, names of items and days that no form before has; written before any
was tried. The signs are those of ``further.py``."""

FOURTH_TABLES = {
    "years of two digits": """
> CONSOLIDATED BALANCE SHEET
> EUR thousands
| Note | 31-Dec-23 | 31-Dec-22
Cash and cash equivalents | 12 | 41,204 | 38,118
Total current assets | | 118,402 | 109,877
Total assets | | 312,440 | 301,118
Total liabilities | | 188,117 | 180,204
Total equity | | 124,323 | 120,914
= cash EUR: 2023-12-31 41204000, 2022-12-31 38118000
= current_assets EUR: 2023-12-31 118402000, 2022-12-31 109877000
= total_assets EUR: 2023-12-31 312440000, 2022-12-31 301118000
= total_liabilities EUR: 2023-12-31 188117000, 2022-12-31 180204000
= equity EUR: 2023-12-31 124323000, 2022-12-31 120914000
""",
    "short names of halves and of nine months": """
> Key figures (unaudited)
€ million | 1H24 | 1H23 | 9M23
Revenue | 412.4 | 388.1 | 602.2
Gross profit | 81.2 | 70.4 | 112.0
Operating profit | 18.4 | 12.2 | 20.1
= revenue EUR: 2024H1 412400000, 2023H1 388100000, 2023-01/2023-09 602200000
= gross_profit EUR: 2024H1 81200000, 2023H1 70400000, 2023-01/2023-09 112000000
= operating_profit EUR: 2024H1 18400000, 2023H1 12200000, 2023-01/2023-09 20100000
""",
    "a Chinese balance sheet in English": """
> Consolidated Balance Sheet
> December 31, 2023
> Unit: RMB Yuan
Item | Closing balance | Opening balance
Current assets:
Monetary funds | 1,204,118,402.55 | 988,117,204.31
Total current assets | 2,118,402,118.20 | 1,904,118,220.02
Total assets | 4,118,204,551.18 | 3,904,551,118.77
Total liabilities | 2,004,118,551.02 | 1,988,204,118.90
Undistributed profits | -118,204,551.02 | 41,204,118.90
Total owners' equity (or shareholders' equity) | 2,114,086,000.16 | 1,916,346,999.87
= cash CNY: 2023-12-31 1204118402.55, 2022-12-31 988117204.31
= current_assets CNY: 2023-12-31 2118402118.2, 2022-12-31 1904118220.02
= total_assets CNY: 2023-12-31 4118204551.18, 2022-12-31 3904551118.77
= total_liabilities CNY: 2023-12-31 2004118551.02, 2022-12-31 1988204118.9
= accumulated_deficit CNY: 2023-12-31 118204551.02
= retained_earnings CNY: 2022-12-31 41204118.9
= equity CNY: 2023-12-31 2114086000.16, 2022-12-31 1916346999.87
""",
    "a Chinese income statement in English": """
> Consolidated Income Statement
> January to June 2024
> Unit: Yuan Currency: RMB
Item | Amount for the current period | Amount for the previous period
I. Total operating revenue | 742,318,226.15 | 655,904,118.40
Including: Operating revenue | 742,318,226.15 | 655,904,118.40
R&D expenses | 88,120,554.00 | 81,340,118.92
III. Operating profit (loss to be listed with "-") | -12,441,118.02 | 58,204,118.00
V. Net profit (net loss to be listed with "-") | -16,273,441.20 | 51,927,003.11
= revenue CNY: 2024H1 742318226.15, 2023H1 655904118.4
= r_and_d CNY: 2024H1 88120554, 2023H1 81340118.92
= operating_loss CNY: 2024H1 12441118.02
= operating_profit CNY: 2023H1 58204118
= net_loss CNY: 2024H1 16273441.2
= net_profit CNY: 2023H1 51927003.11
""",
    "a cash flow of a Chinese company in English": """
> Consolidated cash flow statement
> Year 2023
> Unit: RMB 10,000
Item | 2023 | 2022
Net cash flows generated from operating activities | 18,204.11 | -4,118.02
Cash paid to acquire and construct fixed assets, intangible assets and other long-term assets | 41,204.55 | 38,118.20
= operating_cash_flow CNY: 2023 182041100, 2022 -41180200
= capex CNY: 2023 412045500, 2022 381182000
""",
    "names in two languages": """
> 合并资产负债表 CONSOLIDATED BALANCE SHEET
> 2023年12月31日 31 December 2023
> 单位：人民币千元 RMB'000
项目 Item | 2023年12月31日 31 December 2023 | 2022年12月31日 31 December 2022
货币资金 Cash at bank and on hand | 118,402 | 98,117
流动资产合计 Total current assets | 411,204 | 388,118
资产总计 Total assets | 912,404 | 888,117
负债合计 Total liabilities | 512,118 | 498,204
股东权益合计 Total shareholders' equity | 400,286 | 389,913
= cash CNY: 2023-12-31 118402000, 2022-12-31 98117000
= current_assets CNY: 2023-12-31 411204000, 2022-12-31 388118000
= total_assets CNY: 2023-12-31 912404000, 2022-12-31 888117000
= total_liabilities CNY: 2023-12-31 512118000, 2022-12-31 498204000
= equity CNY: 2023-12-31 400286000, 2022-12-31 389913000
""",
    "dots that lead to the figures": """
> Consolidated Statements of Operations
> (in thousands of U.S. dollars)
| Year Ended December 31, *2
| 2023 | 2022
Revenues ..................... | $ 118,204 | $ 96,411
Cost of revenues . . . . . . . | 88,117 | 75,204
Gross profit ................. | 30,087 | 21,207
Net loss ..................... | $ (24,118) | $ (31,204)
= revenue USD: 2023 118204000, 2022 96411000
= cost_of_revenue USD: 2023 88117000, 2022 75204000
= gross_profit USD: 2023 30087000, 2022 21207000
= net_loss USD: 2023 24118000, 2022 31204000
""",
    "a column of units": """
> 主要经营指标
指标名称 | 计量单位 | 2023年 | 2022年
营业收入 | 万元 | 41,204.55 | 38,118.20
净利润 | 万元 | -1,204.11 | 2,118.02
期末职工人数 | 人 | 1,204 | 1,118
整车产量 | 辆 | 38,416 | 30,118
整车销量 | 辆 | 37,900 | 29,877
综合毛利率 | % | 12.3 | 10.1
= revenue CNY: 2023 412045500, 2022 381182000
= net_loss CNY: 2023 12041100
= net_profit CNY: 2022 21180200
= headcount people: 2023-12-31 1204, 2022-12-31 1118
= output vehicles: 2023 38416, 2022 30118
= deliveries vehicles: 2023 37900, 2022 29877
= gross_margin ratio: 2023 0.123, 2022 0.101
""",
    "a bulletin of output and sales": """
> 2024年10月份产销快报
> 单位：辆
| 产量 *4 | 销量 *4
| 本月 | 去年同期 | 本年累计 | 去年累计 | 本月 | 去年同期 | 本年累计 | 去年累计
合计 | 5,204 | 4,118 | 42,377 | 36,118 | 5,126 | 4,004 | 41,902 | 35,877
= output vehicles: 2024-10 5204, 2023-10 4118, 2024-01/2024-10 42377, 2023-01/2023-10 36118
= deliveries vehicles: 2024-10 5126, 2023-10 4004, 2024-01/2024-10 41902, 2023-01/2023-10 35877
""",
    "a bulletin by product": """
> 2024年9月产销数据
> 单位：辆
类别 | 9月销量 | 上年同期 | 同比增减 | 1-9月累计销量 | 上年同期累计
轿车 | 3,118 | 2,877 | 8.38% | 26,118 | 22,204
SUV | 2,008 | 1,127 | 78.17% | 16,259 | 13,914
合计 | 5,126 | 4,004 | 28.02% | 42,377 | 36,118
= deliveries vehicles: 2024-09 5126, 2023-09 4004, 2024-01/2024-09 42377, 2023-01/2023-09 36118
""",
    "a release with five columns": """
> Key financial results for the third quarter of 2024
> (in RMB million, except for percentages)
| 2024Q3 | 2024Q2 | 2023Q3 | % Change *2
| | | | QoQ | YoY
Vehicle sales | 1,669.7 | 1,567.9 | 1,740.8 | 6.5% | -4.1%
Total revenues | 1,867.4 | 1,744.6 | 1,906.7 | 7.0% | -2.1%
Gross profit | 200.7 | 168.9 | 152.3 | 18.8% | 31.8%
Gross margin | 10.7% | 9.7% | 8.0% | 100bp | 270bp
Net loss | (506.0) | (504.6) | (455.7) | 0.3% | 11.0%
= vehicle_sales CNY: 2024Q3 1669700000, 2024Q2 1567900000, 2023Q3 1740800000
= revenue CNY: 2024Q3 1867400000, 2024Q2 1744600000, 2023Q3 1906700000
= gross_profit CNY: 2024Q3 200700000, 2024Q2 168900000, 2023Q3 152300000
= gross_margin ratio: 2024Q3 0.107, 2024Q2 0.097, 2023Q3 0.08
= net_loss CNY: 2024Q3 506000000, 2024Q2 504600000, 2023Q3 455700000
""",
    "a five-year summary of Hong Kong": """
> FIVE YEAR FINANCIAL SUMMARY
> RESULTS
| Year ended 31 December *4
| 2023 | 2022 | 2021 | 2020
| RMB'000 | RMB'000 | RMB'000 | RMB'000
Revenue | 412,404 | 388,117 | 301,118 | 212,404
Loss for the year | (41,204) | (38,118) | (30,111) | (21,204)
ASSETS AND LIABILITIES
| As at 31 December *4
| 2023 | 2022 | 2021 | 2020
| RMB'000 | RMB'000 | RMB'000 | RMB'000
Total assets | 912,404 | 888,117 | 801,118 | 712,404
Total liabilities | (512,404) | (488,117) | (401,118) | (312,404)
= revenue CNY: 2023 412404000, 2022 388117000, 2021 301118000, 2020 212404000
= net_loss CNY: 2023 41204000, 2022 38118000, 2021 30111000, 2020 21204000
= total_assets CNY: 2023-12-31 912404000, 2022-12-31 888117000, 2021-12-31 801118000, 2020-12-31 712404000
= total_liabilities CNY: 2023-12-31 512404000, 2022-12-31 488117000, 2021-12-31 401118000, 2020-12-31 312404000
""",
    "Hong Kong in Chinese numbers": """
> 综合损益及其他全面收益表
> 截至二零二三年十二月三十一日止年度
| 附注 | 二零二三年 | 二零二二年
| | 人民币千元 | 人民币千元
收益 | 5 | 412,404 | 388,117
销售成本 | | (301,118) | (290,204)
毛利 | | 111,286 | 97,913
研发开支 | | (41,204) | (38,118)
年内亏损及全面开支总额 | | (41,204) | (38,118)
= revenue CNY: 2023 412404000, 2022 388117000
= cost_of_revenue CNY: 2023 301118000, 2022 290204000
= gross_profit CNY: 2023 111286000, 2022 97913000
= r_and_d CNY: 2023 41204000, 2022 38118000
= net_loss CNY: 2023 41204000, 2022 38118000
""",
    "a position of Hong Kong in Chinese": """
> 综合财务状况表
> 于二零二三年十二月三十一日
| 附注 | 二零二三年 | 二零二二年
| | 千港元 | 千港元
银行结余及现金 | 21 | 118,402 | 98,117
流动资产总值 | | 411,204 | 388,118
资产总值 | | 912,404 | 888,117
流动负债总额 | | 212,118 | 198,204
负债总额 | | 512,118 | 498,204
权益总额 | | 400,286 | 389,913
= cash HKD: 2023-12-31 118402000, 2022-12-31 98117000
= current_assets HKD: 2023-12-31 411204000, 2022-12-31 388118000
= total_assets HKD: 2023-12-31 912404000, 2022-12-31 888117000
= current_liabilities HKD: 2023-12-31 212118000, 2022-12-31 198204000
= total_liabilities HKD: 2023-12-31 512118000, 2022-12-31 498204000
= equity HKD: 2023-12-31 400286000, 2022-12-31 389913000
""",
    "Taiwan": """
> 合併資產負債表
> 單位：新台幣仟元
| 2023年12月31日 | 2022年12月31日
現金及約當現金 | 118,402 | 98,117
流動資產合計 | 411,204 | 388,118
資產總計 | 912,404 | 888,117
流動負債合計 | 212,118 | 198,204
負債總計 | 512,118 | 498,204
權益總計 | 400,286 | 389,913
= cash TWD: 2023-12-31 118402000, 2022-12-31 98117000
= current_assets TWD: 2023-12-31 411204000, 2022-12-31 388118000
= total_assets TWD: 2023-12-31 912404000, 2022-12-31 888117000
= current_liabilities TWD: 2023-12-31 212118000, 2022-12-31 198204000
= total_liabilities TWD: 2023-12-31 512118000, 2022-12-31 498204000
= equity TWD: 2023-12-31 400286000, 2022-12-31 389913000
""",
    "loss and comprehensive loss in one row": """
> CONSOLIDATED STATEMENT OF PROFIT OR LOSS AND OTHER COMPREHENSIVE INCOME
> For the year ended 31 March 2024
| Notes | 2024 HK$'000 | 2023 HK$'000
Revenue | 4 | 41,204 | 38,118
Cost of services | | (30,111) | (28,204)
Gross profit | | 11,093 | 9,914
Loss and total comprehensive loss for the year | | (8,117) | (9,204)
= revenue HKD: 2023-04/2024-03 41204000, 2022-04/2023-03 38118000
= cost_of_revenue HKD: 2023-04/2024-03 30111000, 2022-04/2023-03 28204000
= gross_profit HKD: 2023-04/2024-03 11093000, 2022-04/2023-03 9914000
= net_loss HKD: 2023-04/2024-03 8117000, 2022-04/2023-03 9204000
""",
    "a caption that says it all": """
> Table 3: Consolidated balance sheets as of December 31, 2023 and 2022 (in thousands of U.S. dollars)
| 2023 | 2022
Cash and cash equivalents | 41,203 | 38,118
Total assets | 312,440 | 301,118
Total liabilities | 188,117 | 180,204
Total stockholders' equity | 124,323 | 120,914
= cash USD: 2023-12-31 41203000, 2022-12-31 38118000
= total_assets USD: 2023-12-31 312440000, 2022-12-31 301118000
= total_liabilities USD: 2023-12-31 188117000, 2022-12-31 180204000
= equity USD: 2023-12-31 124323000, 2022-12-31 120914000
""",
    "quarters below years": """
> Consolidated income statement, EUR m
| 2024 *2 | 2023 *2
| Q3 | Jan-Sep | Q3 | Jan-Sep
Net sales | 118.2 | 344.0 | 109.8 | 321.5
Gross profit | 30.1 | 88.2 | 27.4 | 80.1
Net profit | 4.2 | 11.8 | 3.1 | 9.9
= revenue EUR: 2024Q3 118200000, 2024-01/2024-09 344000000, 2023Q3 109800000, 2023-01/2023-09 321500000
= gross_profit EUR: 2024Q3 30100000, 2024-01/2024-09 88200000, 2023Q3 27400000, 2023-01/2023-09 80100000
= net_profit EUR: 2024Q3 4200000, 2024-01/2024-09 11800000, 2023Q3 3100000, 2023-01/2023-09 9900000
""",
    "rows that are years": """
> Selected figures of the Group (US$ million)
Year | Revenue | Net loss | Total assets
2021 | 118.2 | (24.1) | 312.4
2022 | 244.0 | (31.2) | 401.1
2023 | 388.1 | (18.4) | 512.0
= revenue USD: 2021 118200000, 2022 244000000, 2023 388100000
= net_loss USD: 2021 24100000, 2022 31200000, 2023 18400000
= total_assets USD: 2021-12-31 312400000, 2022-12-31 401100000, 2023-12-31 512000000
""",
    "rows that are months": """
> 公司月度交付情况
月份 | 交付量（辆） | 同比
2024年8月 | 4,718 | 12.1%
2024年9月 | 5,004 | 18.0%
2024年10月 | 5,126 | 24.5%
= deliveries vehicles: 2024-08 4718, 2024-09 5004, 2024-10 5126
""",
    "audited and unaudited periods of a prospectus": """
> SUMMARY CONSOLIDATED STATEMENTS OF PROFIT OR LOSS
| Year ended December 31, *3 | Six months ended June 30, *2
| 2021 | 2022 | 2023 | 2023 | 2024
| | | | (unaudited) |
| (RMB in thousands) *5
Revenue | 212,404 | 301,118 | 388,117 | 171,204 | 212,118
Cost of sales | (170,204) | (240,118) | (301,204) | (130,118) | (160,204)
Gross profit | 42,200 | 61,000 | 86,913 | 41,086 | 51,914
Research and development expenses | (61,204) | (71,118) | (81,204) | (40,118) | (42,204)
Loss for the year/period | (51,118) | (41,204) | (31,118) | (18,204) | (12,118)
= revenue CNY: 2021 212404000, 2022 301118000, 2023 388117000, 2023H1 171204000, 2024H1 212118000
= cost_of_revenue CNY: 2021 170204000, 2022 240118000, 2023 301204000, 2023H1 130118000, 2024H1 160204000
= gross_profit CNY: 2021 42200000, 2022 61000000, 2023 86913000, 2023H1 41086000, 2024H1 51914000
= r_and_d CNY: 2021 61204000, 2022 71118000, 2023 81204000, 2023H1 40118000, 2024H1 42204000
= net_loss CNY: 2021 51118000, 2022 41204000, 2023 31118000, 2023H1 18204000, 2024H1 12118000
""",
    "balances of a prospectus": """
| As of December 31, *3 | As of June 30,
| 2021 | 2022 | 2023 | 2024
| RMB'000 | RMB'000 | RMB'000 | RMB'000
Total non-current assets | 112,404 | 141,118 | 158,117 | 171,204
Total current assets | 212,404 | 301,118 | 388,117 | 371,204
Total current liabilities | 170,204 | 240,118 | 301,204 | 330,118
Total equity | 42,200 | 61,000 | 86,913 | 41,086
= current_assets CNY: 2021-12-31 212404000, 2022-12-31 301118000, 2023-12-31 388117000, 2024-06-30 371204000
= current_liabilities CNY: 2021-12-31 170204000, 2022-12-31 240118000, 2023-12-31 301204000, 2024-06-30 330118000
= equity CNY: 2021-12-31 42200000, 2022-12-31 61000000, 2023-12-31 86913000, 2024-06-30 41086000
""",
    "numbered rows": """
> 合并利润表
> 2023年1—12月
> 编制单位：海川重工股份有限公司 金额单位：人民币元
项目 | 本年累计 | 上年累计
（一）营业收入 | 412,404,118.02 | 388,117,204.11
1、营业成本 | 301,118,204.55 | 290,204,118.20
①研发费用 | 41,204,118.00 | 38,118,204.00
二、营业利润 | 18,204,118.00 | 12,118,204.00
四、净利润 | 12,404,118.00 | 8,117,204.00
= revenue CNY: 2023 412404118.02, 2022 388117204.11
= cost_of_revenue CNY: 2023 301118204.55, 2022 290204118.2
= r_and_d CNY: 2023 41204118, 2022 38118204
= operating_profit CNY: 2023 18204118, 2022 12118204
= net_profit CNY: 2023 12404118, 2022 8117204
""",
    "a month of a small company": """
> 利润表
> 编制单位：明川电机有限公司 2024年6月 单位：元
项目 | 行次 | 本年累计金额 | 本月金额
一、营业收入 | 1 | 41,204,118.02 | 6,118,204.55
减：营业成本 | 2 | 30,118,204.55 | 4,204,118.20
三、利润总额 | 30 | 2,204,118.00 | 318,204.00
四、净利润 | 32 | 1,904,118.00 | 271,204.00
= revenue CNY: 2024H1 41204118.02, 2024-06 6118204.55
= cost_of_revenue CNY: 2024H1 30118204.55, 2024-06 4204118.2
= net_profit CNY: 2024H1 1904118, 2024-06 271204
""",
    "a balance of a small company": """
> 资产负债表
> 编制单位：明川电机有限公司 2024年6月30日 单位：元
资产 | 行次 | 期末余额 | 年初余额
货币资金 | 1 | 4,204,118.02 | 6,118,204.55
流动资产合计 | 15 | 30,118,204.55 | 24,204,118.20
资产总计 | 30 | 52,204,118.00 | 48,318,204.00
= cash CNY: 2024-06-30 4204118.02, 2023-12-31 6118204.55
= current_assets CNY: 2024-06-30 30118204.55, 2023-12-31 24204118.2
= total_assets CNY: 2024-06-30 52204118, 2023-12-31 48318204
""",
    "net of tax and of returns": """
> Income statement for the financial year ended 30 September 2023
| 2023 | 2022
| £m | £m
Turnover | 41.2 | 38.1
Cost of sales | (30.1) | (28.2)
Gross profit | 11.1 | 9.9
Operating loss before exceptional items | (1.1) | (1.4)
Operating loss | (2.2) | (1.9)
Loss for the financial year after taxation | (3.1) | (2.4)
= revenue GBP: 2022-10/2023-09 41200000, 2021-10/2022-09 38100000
= cost_of_revenue GBP: 2022-10/2023-09 30100000, 2021-10/2022-09 28200000
= gross_profit GBP: 2022-10/2023-09 11100000, 2021-10/2022-09 9900000
= operating_loss GBP: 2022-10/2023-09 2200000, 2021-10/2022-09 1900000
= net_loss GBP: 2022-10/2023-09 3100000, 2021-10/2022-09 2400000
""",
    "key facts beside each other": """
> Harbor Cells at a glance, 31 December 2023
Number of employees | 2,310
Annual production capacity | 12 GWh
Granted patents | 412
Order backlog | 1,204 units
= headcount people: 2023-12-31 2310
= capacity kWh/year: 2023-12-31 12000000
= patents count: 2023-12-31 412
= orders units: 2023-12-31 1204
""",
    "shareholders in Chinese": """
> 截至2023年12月31日，公司前五名股东持股情况如下：
序号 | 股东名称 | 持股数量（万股） | 持股比例
1 | 陈立（创始人） | 4,118.20 | 21.40%
2 | 合川市国有资本投资有限公司（SS） | 2,118.02 | 11.01%
3 | 远航投资合伙企业（有限合伙） | 1,204.11 | 6.26%
= founder_share ratio: 2023-12-31 0.214
= public_stake ratio: 2023-12-31 0.1101
""",
    "customers in Chinese": """
> 2023年度前五大客户销售情况
> 单位：万元
序号 | 客户名称 | 销售金额 | 占营业收入比例
1 | 甲公司 | 12,840.42 | 31.16%
2 | 乙公司 | 5,511.80 | 13.38%
3 | 丙公司 | 4,120.40 | 10.00%
= largest_customer_share ratio: 2023 0.3116
""",
    "a statement with fiscal years in the head": """
> Consolidated statements of operations (in millions)
| Fiscal Year Ended June 30, *3
| 2024 | 2023 | 2022
Net revenue | $ 412.4 | $ 388.1 | $ 301.1
Cost of net revenue | 301.1 | 290.2 | 230.1
Research, development and engineering | 41.2 | 38.1 | 30.0
Net income | 12.4 | 8.1 | 4.4
= revenue USD: 2023-07/2024-06 412400000, 2022-07/2023-06 388100000, 2021-07/2022-06 301100000
= cost_of_revenue USD: 2023-07/2024-06 301100000, 2022-07/2023-06 290200000, 2021-07/2022-06 230100000
= r_and_d USD: 2023-07/2024-06 41200000, 2022-07/2023-06 38100000, 2021-07/2022-06 30000000
= net_profit USD: 2023-07/2024-06 12400000, 2022-07/2023-06 8100000, 2021-07/2022-06 4400000
""",
    "money in the names of the rows": """
> 主要财务数据
项目 | 2023年12月31日 | 2022年12月31日
资产总额（人民币万元） | 91,240.44 | 88,811.77
归属于母公司所有者权益（人民币万元） | 39,240.11 | 38,118.20
所有者权益总额（人民币万元） | 40,028.60 | 38,991.30
资产负债率（合并） | 56.13% | 56.10%
= total_assets CNY: 2023-12-31 912404400, 2022-12-31 888117700
= equity CNY: 2023-12-31 400286000, 2022-12-31 389913000
""",
    "debt": """
> Net debt as at 30 June 2024 (€ million)
| 30/06/2024 | 31/12/2023
Total financial debt | 412.4 | 388.1
Cash and cash equivalents | 118.2 | 96.4
Net debt | 294.2 | 291.7
= total_debt EUR: 2024-06-30 412400000, 2023-12-31 388100000
= cash EUR: 2024-06-30 118200000, 2023-12-31 96400000
""",
}

FOURTH_PROSE = {
    "employees as of a day": """
< We had approximately 2,310 employees worldwide as of December 31, 2023.
= headcount people: 2023-12-31 2310
""",
    "a total of employees": """
< As of September 30, 2024, our workforce totaled 2,310 full-time employees.
= headcount people: 2024-09-30 2310
""",
    "employees of a group": """
< At the end of June 2024 the Group's headcount stood at 2,310.
= headcount people: 2024-06-30 2310
""",
    "employees in Chinese": """
< 截至2023年12月31日，公司及子公司在册员工共计2,310人。
= headcount people: 2023-12-31 2310
""",
    "staff in Chinese": """
< 截至2024年6月30日，本集团合共聘用2,310名全职雇员。
= headcount people: 2024-06-30 2310
""",
    "handed over": """
< In the fourth quarter of 2023 a total of 5,126 vehicles were delivered to customers.
= deliveries vehicles: 2023Q4 5126
""",
    "deliveries of a month": """
< The Company today announced that it delivered 5,126 vehicles in October 2024, representing a
<< 24.5% year-over-year increase.
= deliveries vehicles: 2024-10 5126
""",
    "deliveries that came to": """
< Deliveries for the nine months ended September 30, 2024 came to 42,377 vehicles.
= deliveries vehicles: 2024-01/2024-09 42377
""",
    "vehicles in ten thousands": """
< 2023年，公司全年交付整车12.4万辆，同比增长35%。
= deliveries vehicles: 2023 124000
""",
    "sales of a year in Chinese": """
< 2023年度公司实现汽车销量124,118辆，市场占有率有所提高。
= deliveries vehicles: 2023 124118
""",
    "cumulative in Chinese": """
< 截至2024年10月底，公司历史累计交付量突破13万辆，达到137,812辆。
= cumulative_deliveries vehicles: 2024-10-31 137812
""",
    "revenue that reached": """
< Revenue reached US$41.2 million for the year ended December 31, 2023, up 12%.
= revenue USD: 2023 41200000
""",
    "revenue that we generated": """
< We generated revenue of RMB388.1 million and RMB412.4 million in 2022 and 2023, respectively.
= revenue CNY: 2022 388100000, 2023 412400000
""",
    "revenue in hundreds of millions": """
< 报告期内（2023年度），公司实现营业总收入4.12亿元，较上年增长6.3%。
= revenue CNY: 2023 412000000
""",
    "revenue of a half": """
< 2024年上半年，本集团录得收益人民币212.1百万元，较2023年上半年的人民币171.2百万元增加23.9%。
= revenue CNY: 2024H1 212100000, 2023H1 171200000
""",
    "a loss that narrowed over a year": """
< Net loss for the year ended 31 December 2023 narrowed to RMB41.2 million from RMB51.1 million in 2022.
= net_loss CNY: 2023 41200000, 2022 51100000
""",
    "a loss in Chinese": """
< 公司2023年度亏损人民币4,120万元，2022年度亏损人民币3,812万元。
= net_loss CNY: 2023 41200000, 2022 38120000
""",
    "operating cash": """
< Net cash generated from operating activities amounted to RMB18.2 million in 2023.
= operating_cash_flow CNY: 2023 18200000
""",
    "operating cash in Chinese": """
< 2023年公司经营活动产生的现金流量净额为1.82亿元，2022年为-0.41亿元。
= operating_cash_flow CNY: 2023 182000000, 2022 -41000000
""",
    "cash at a day": """
< Our cash and cash equivalents totaled RMB118.4 million at December 31, 2023.
= cash CNY: 2023-12-31 118400000
""",
    "cash in Chinese": """
< 于2023年12月31日，本集团的现金及现金等价物为人民币118.4百万元。
= cash CNY: 2023-12-31 118400000
""",
    "spent on research": """
< We spent RMB81.2 million on research and development in 2023.
= r_and_d CNY: 2023 81200000
""",
    "research in Chinese": """
< 2023年度，公司研发投入全部费用化，研发费用合计8,120.41万元。
= r_and_d CNY: 2023 81204100
""",
    "capital expenditure": """
< Our capital expenditures were RMB38.1 million and RMB41.2 million in 2022 and 2023, respectively.
= capex CNY: 2022 38100000, 2023 41200000
""",
    "the largest customer": """
< For the year ended December 31, 2023, sales to our largest customer represented 31.2% of our total revenue.
= largest_customer_share ratio: 2023 0.312
""",
    "the largest customer and supplier": """
< 2023年，公司对第一大客户的销售收入占当期营业收入的比例为31.2%。
= largest_customer_share ratio: 2023 0.312
""",
    "a margin": """
< Vehicle margin was 13.1% in the third quarter of 2024, compared with 11.0% in the third quarter of 2023.
= vehicle_margin ratio: 2024Q3 0.131, 2023Q3 0.11
""",
    "a gross margin in Chinese": """
< 2023年，公司毛利率为12.3%，同比上升2.2个百分点。
= gross_margin ratio: 2023 0.123
""",
    "a capacity of a plant": """
< As of June 30, 2024, our factory in Hefei has an annual production capacity of up to 120,000 vehicles.
= capacity vehicles/year: 2024-06-30 120000
""",
    "a capacity in Chinese": """
< 截至2024年6月30日，公司已形成年产12万辆新能源汽车的生产能力。
= capacity vehicles/year: 2024-06-30 120000
""",
    "an investment in Chinese": """
< 签署日期：2024年7月11日
< 项目总投资约人民币32亿元，规划用地约450亩，达产后预计新增就业岗位1,800个。
= plan_investment CNY: 2024-07-11 3200000000
= site_area hectares: 2024-07-11 30
= plan_jobs jobs: 2024-07-11 1800
""",
    "an agreement in English": """
< Date: 11 July 2024
< The Company undertakes to invest a total of RMB3.2 billion in the Project and to employ no fewer than
<< 1,800 persons by 31 December 2027.
= plan_investment CNY: 2024-07-11 3200000000
= plan_jobs jobs: 2024-07-11 1800
""",
    "a round": """
< In June 2023, the Company completed its Series B+ financing, raising RMB 800 million.
= equity_raised CNY: 2023-06 800000000
""",
    "a round that raised money in Chinese": """
< 2023年6月，公司完成B+轮融资，募集资金8亿元。
= equity_raised CNY: 2023-06 800000000
""",
    "going concern in English": """
< Date: 28 March 2024
< These conditions raise substantial doubt about the Company's ability to continue as a going concern.
= going_concern_doubt flag: 2024-03-28 1
""",
    "going concern in Chinese": """
< 签署日期：2024年4月26日
< 上述事项表明存在可能导致对公司持续经营能力产生重大疑虑的重大不确定性。
= going_concern_doubt flag: 2024-04-26 1
""",
    "assets and liabilities": """
< 截至2023年12月31日，公司总资产为9.12亿元，总负债为5.12亿元，净资产为4.00亿元。
= total_assets CNY: 2023-12-31 912000000
= total_liabilities CNY: 2023-12-31 512000000
= equity CNY: 2023-12-31 400000000
""",
    "net assets of Hong Kong": """
< As at 31 December 2023, the Group had total assets of RMB912.4 million, total liabilities of RMB512.1
<< million
<< and total equity of RMB400.3 million.
= total_assets CNY: 2023-12-31 912400000
= total_liabilities CNY: 2023-12-31 512100000
= equity CNY: 2023-12-31 400300000
""",
    "borrowings": """
< The Group's total borrowings as at 30 June 2024 were RMB318.4 million (31 December 2023: RMB301.2 million).
= total_debt CNY: 2024-06-30 318400000, 2023-12-31 301200000
""",
    "shares in issue": """
< As at the Latest Practicable Date, being 20 September 2024, 1,204,500,000 Shares were in issue.
= shares_outstanding shares: 2024-09-20 1204500000
""",
    "guidance of a year": """
< For full-year 2025, the company expects to deliver between 150,000 and 170,000 vehicles.
= delivery_guidance vehicles: 2025 150000~170000
""",
    "guidance in Chinese": """
< 公司预计2024年第四季度汽车交付量在7.2万辆至7.5万辆之间。
= delivery_guidance vehicles: 2024Q4 72000~75000
""",
}

FOURTH_DAYS = {
    "approved for issue": (
        "2024-03-28",
        [
            "The consolidated financial statements were approved and authorised for issue by the",
            "Board of Directors on 28 March 2024 and are signed on its behalf by:",
        ],
    ),
    "approved over two lines": (
        "2024-03-28",
        [
            "These financial statements were approved by the board of directors on",
            "28 March 2024 and signed on its behalf by",
            "A. Marsh, Director",
        ],
    ),
    "an office and a day after a stroke": (
        "2024-03-28",
        ["For and on behalf of the Board", "Wei Zhang", "Chairman - 28 March 2024"],
    ),
    "a place and a day below the auditor": (
        "2024-04-26",
        ["Hartwell & Lowe LLP", "Chartered Accountants", "Hong Kong, 26 April 2024"],
    ),
    "a place and a day on two lines": (
        "2024-04-26",
        ["Hartwell & Lowe", "Certified Public Accountants", "Hong Kong", "26 April 2024"],
    ),
    "an auditor in Chinese": (
        "2024-04-26",
        ["某某会计师事务所（特殊普通合伙）", "中国注册会计师：", "中国·北京", "二〇二四年四月二十六日"],
    ),
    "an auditor, whose day ends a month": (
        "2024-04-30",
        ["某某会计师事务所（特殊普通合伙）", "中国注册会计师：王某", "2024年4月30日"],
    ),
    "a stamp": ("2024-04-18", ["资产负债表", "2023年12月31日", "收 讫", "2024.04.18"]),
    "a stamp in letters": ("2024-04-18", ["Balance sheet as at 31 December 2023", "RECEIVED", "18 APR 2024"]),
    "a stamp with the word before it": ("2024-04-18", ["Balance sheet as at 31 December 2023", "RECEIVED 18 APR 2024"]),
    "filed": ("2024-04-18", ["Balance sheet as at 31 December 2023", "FILED 2024-04-18"]),
    "approved by the board in Chinese": ("2024-04-18", ["本财务报表业经本公司董事会于2024年4月18日批准报出。"]),
    "approved by a meeting in Chinese": (
        "2024-04-18",
        ["本财务报告于2024年4月18日经公司第三届董事会第五次会议批准报出。"],
    ),
    "a date of reporting in Chinese": ("2024-07-20", ["资产负债表", "2024年6月30日", "报送日期：2024年7月20日"]),
    "a date of making in Chinese": ("2024-07-20", ["资产负债表", "2024年6月30日", "制表日期 2024-07-20"]),
    "a date of issue in Chinese": ("2024-04-26", ["审计报告", "出具日期：2024年4月26日"]),
    "the day of a report of the auditor": ("2024-04-26", ["审计报告日：2024年4月26日"]),
    "a seal of the company": ("2024-04-26", ["海川重工股份有限公司（盖章）", "法定代表人：王某", "2024年4月26日"]),
    "letters of a seal that lost their spaces": (
        "2024-04-26",
        ["HaichuanHeavyIndustriesLimited", "Director", "26April2024"],
    ),
    "signed by the directors": (
        "2024-04-26",
        ["Signed on behalf of the directors", "J. Lowe", "Managing Director", "26 April 2024"],
    ),
    "a finance officer": ("2024-04-26", ["/s/ J. Lowe", "Chief Financial Officer", "April 26, 2024"]),
    "a date below a name": (
        "2024-04-26",
        ["By: /s/ J. Lowe", "Name: J. Lowe", "Title: Chief Financial Officer", "Date: April 26, 2024"],
    ),
    "a day of release": (
        "2024-08-22",
        [
            "INTERIM RESULTS ANNOUNCEMENT",
            "FOR THE SIX MONTHS ENDED 30 JUNE 2024",
            "By order of the Board",
            "Chairman",
            "Hong Kong, 22 August 2024",
        ],
    ),
    "a day with a weekday": (
        "2024-08-22",
        ["Results for the six months ended 30 June 2024", "Thursday, 22 August 2024"],
    ),
    "a day after the name of a firm": (
        "2024-04-26",
        ["Independent auditor's report", "Hartwell & Lowe LLP, Shanghai", "26th April 2024"],
    ),
    "a day with points": ("2024-04-26", ["Auditor's report", "Munich, 26.04.2024"]),
}
