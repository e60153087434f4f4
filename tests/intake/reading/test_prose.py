"""Sentences as filings write them: several years, comparisons, lists; what each states, and no other fact."""

import pytest
from tests.intake.reading.printed import said

STATED = {
    "Revenue was £12.3 million for the year ended 30 June 2023 (2022: £10.1 million).": (
        "revenue GBP 2021-07/2022-06 10100000; revenue GBP 2022-07/2023-06 12300000"
    ),
    "In 2021, 2022 and 2023, our revenues were RMB1.2 billion, RMB2.3 billion and RMB3.4 billion, respectively.": (
        "revenue CNY 2021 1200000000; revenue CNY 2022 2300000000; revenue CNY 2023 3400000000"
    ),
    "2021年、2022年和2023年，公司营业收入分别为1.2亿元、2.3亿元和3.4亿元。": (
        "revenue CNY 2021 120000000; revenue CNY 2022 230000000; revenue CNY 2023 340000000"
    ),
    "2021年至2023年，公司营业收入分别为1.2亿元、2.3亿元和3.4亿元。": (
        "revenue CNY 2021 120000000; revenue CNY 2022 230000000; revenue CNY 2023 340000000"
    ),
    "We incurred net losses of US$12.5 million and US$20.1 million in 2022 and 2023, respectively.": (
        "net_loss USD 2022 12500000; net_loss USD 2023 20100000"
    ),
    "Revenues increased by 57.1% to RMB1,893.2 million in 2023 from RMB1,204.8 million in 2022.": (
        "revenue CNY 2022 1204800000; revenue CNY 2023 1893200000"
    ),
    "Total revenue for the third quarter of 2023 was $45.2 million, compared to $38.1 million in Q3 2022.": (
        "revenue USD 2022Q3 38100000; revenue USD 2023Q3 45200000"
    ),
    "As of December 31, 2023, we had cash and cash equivalents of $525.9 million.": ("cash USD 2023-12-31 525900000"),
    "Cash and cash equivalents were $525.9 million as of December 31, 2023.": ("cash USD 2023-12-31 525900000"),
    "Cash, cash equivalents and short-term investments were RMB1.9 billion as of June 30, 2023.": (
        "cash_and_short_term_investments CNY 2023-06-30 1900000000"
    ),
    "截至2023年12月31日，公司货币资金余额为12.34亿元，有息负债为5.67亿元。": (
        "cash CNY 2023-12-31 1234000000; total_debt CNY 2023-12-31 567000000"
    ),
    "截至2023年末，公司总资产123.45亿元，净资产56.78亿元。": (
        "equity CNY 2023-12-31 5678000000; total_assets CNY 2023-12-31 12345000000"
    ),
    "2023年度，公司实现营业收入12.34亿元，同比增长23.4%；净利润-2.1亿元。": (
        "net_loss CNY 2023 210000000; revenue CNY 2023 1234000000"
    ),
    "2023年公司实现净利润1.23亿元。": "net_profit CNY 2023 123000000",
    "2023年，公司资本开支为3.2亿元。": "capex CNY 2023 320000000",
    "Capital expenditures were $305.4 million in 2023.": "capex USD 2023 305400000",
    "Net cash used in operating activities was $62.3 million in 2023.": ("operating_cash_flow USD 2023 -62300000"),
    "2023年经营活动产生的现金流量净额为-1.2亿元。": "operating_cash_flow CNY 2023 -120000000",
    "We delivered 9,417 vehicles in 2023, compared with 6,208 in 2022.": (
        "deliveries vehicles 2022 6208; deliveries vehicles 2023 9417"
    ),
    "2024年1-10月，公司累计交付42,377辆，同比增长15.4%。": "deliveries vehicles 2024-01/2024-10 42377",
    "2024年10月，公司交付新车5,126辆；1-10月累计交付42,377辆。": (
        "deliveries vehicles 2024-01/2024-10 42377; deliveries vehicles 2024-10 5126"
    ),
    "截至2024年10月31日，累计交付量达137,812辆。": "cumulative_deliveries vehicles 2024-10-31 137812",
    "Cumulative deliveries reached 137,812 as of October 31, 2024.": ("cumulative_deliveries units 2024-10-31 137812"),
    "As of December 31, 2023, we had delivered a total of 403 aircraft.": (
        "cumulative_deliveries aircraft 2023-12-31 403"
    ),
    "As of December 31, 2023, our backlog was 1,260 aircraft.": "orders aircraft 2023-12-31 1260",
    "As of December 31, 2023, we had 1,520 full-time employees.": "headcount people 2023-12-31 1520",
    "The Group employed 2,204 staff as at 31 December 2023 (2022: 2,010).": (
        "headcount people 2022-12-31 2010; headcount people 2023-12-31 2204"
    ),
    "As at 30 June 2024, the Group had a total of 2,310 employees (31 December 2023: 2,204).": (
        "headcount people 2023-12-31 2204; headcount people 2024-06-30 2310"
    ),
    "于2024年6月30日，本集团共有2,310名员工（2023年12月31日：2,204名）。": (
        "headcount people 2023-12-31 2204; headcount people 2024-06-30 2310"
    ),
    "于2024年6月30日，本集团借款总额为人民币318.4百万元。": "total_debt CNY 2024-06-30 318400000",
    "As at 30 June 2024, total borrowings of the Group amounted to RMB318.4 million.": (
        "total_debt CNY 2024-06-30 318400000"
    ),
    "Gross margin was 8.6% in the second quarter of 2024, compared with negative 1.4% in the second quarter of 2023.": (
        "gross_margin ratio 2023Q2 -0.014; gross_margin ratio 2024Q2 0.086"
    ),
    "2023年公司综合毛利率为12.3%，较2022年的10.1%提升2.2个百分点。": (
        "gross_margin ratio 2022 0.101; gross_margin ratio 2023 0.123"
    ),
    "In 2023, our largest customer accounted for 23% of our revenues.": ("largest_customer_share ratio 2023 0.23"),
    "Our five largest customers accounted for 65% of our revenues in 2023, of which the largest accounted for 23%.": (
        "largest_customer_share ratio 2023 0.23"
    ),
    "2023年，公司向第一大客户的销售额占营业收入的23.0%。": "largest_customer_share ratio 2023 0.23",
    "报告期内，公司对前五大客户的销售占比为65.0%，其中对第一大客户的销售占比为23.0%。": "",
    "The company expects deliveries of 13,500 to 14,500 vehicles in the third quarter of 2024.": (
        "delivery_guidance vehicles 2024Q3 13500..14500"
    ),
    "For the third quarter of 2024, we expect total revenues between RMB5.98 billion and RMB6.40 billion.": (
        "plan_revenue CNY 2024Q3 5980000000..6400000000"
    ),
    "公司预计2024年第三季度收入总额为59.8亿元至64.0亿元。": "plan_revenue CNY 2024Q3 5980000000..6400000000",
    "公司2024年全年交付目标为10万辆。": "delivery_guidance vehicles 2024 100000",
    "In March 2023, we completed our Series C financing of US$120 million.": ("equity_raised USD 2023-03 120000000"),
    "2023年3月，公司完成C轮融资，融资金额12亿元，投后估值100亿元。": (
        "equity_raised CNY 2023-03 1200000000; post_money CNY 2023-03 10000000000"
    ),
    "公司于2023年3月完成12亿元C轮融资，投前估值为88亿元。": "equity_raised CNY 2023-03 1200000000",
    "As of December 31, 2023, we held 152 granted patents.": "patents count 2023-12-31 152",
    "截至2023年12月31日，公司拥有授权专利152项，其中发明专利48项。": "patents count 2023-12-31 152",
    "截至2024年6月30日，公司已获授权专利152项。": "patents count 2024-06-30 152",
    "截至2023年12月31日，公司总股本为12,000万股。": "shares_outstanding shares 2023-12-31 120000000",
    "As of February 20, 2024, there were 184,220,615 shares of common stock outstanding.": (
        "shares_outstanding shares 2024-02-20 184220615"
    ),
    "As at 30 June 2024, the Company had 1,204,500,000 shares in issue.": (
        "shares_outstanding shares 2024-06-30 1204500000"
    ),
    "截至2023年12月31日，公司年产能为15万辆，产能利用率为65%。": "capacity vehicles/year 2023-12-31 150000",
    "As of December 31, 2023, our Hefei plant had an annual production capacity of 100,000 vehicles.": (
        "capacity vehicles/year 2023-12-31 100000"
    ),
    "2023年公司电池产量为8.5GWh，产能利用率为70.8%。": "output kWh 2023 8500000",
    "2023年公司生产汽车38,416辆，销售汽车37,900辆。": "deliveries vehicles 2023 37900; output vehicles 2023 38416",
    "2023年，公司产量为38,416辆，销量为37,900辆。": "deliveries vehicles 2023 37900; output vehicles 2023 38416",
    "The exchange rate was RMB7.0999 to US$1.00 on December 29, 2023.": ("usd_cny CNY_per_USD 2023-12-29 7.0999"),
    "Translations are at the rate of RMB7.0999 = US$1.00, the noon buying rate on December 29, 2023.": (
        "usd_cny CNY_per_USD 2023-12-29 7.0999"
    ),
    "US$1.00 = RMB7.0999 as at 29 December 2023.": "usd_cny CNY_per_USD 2023-12-29 7.0999",
    "Loss from operations was RMB841.0 million in 2023, compared with RMB557.4 million in 2022.": (
        "operating_loss CNY 2022 557400000; operating_loss CNY 2023 841000000"
    ),
    "The Group recorded a loss for the year of £9.4 million (2022: £4.9 million).": "",
    "The Group incurred a net loss of £9.4 million during the year ended 30 June 2023.": (
        "net_loss GBP 2022-07/2023-06 9400000"
    ),
    "As of March 31, 2024, Mr. Li, our founder, beneficially owned 21.4% of our outstanding shares.": (
        "founder_share ratio 2024-03-31 0.214"
    ),
    "Our accumulated deficit was $2,114.6 million as of December 31, 2023.": (
        "accumulated_deficit USD 2023-12-31 2114600000"
    ),
    "As of December 31, 2023, we had an accumulated deficit of $2,114.6 million.": (
        "accumulated_deficit USD 2023-12-31 2114600000"
    ),
    "截至2023年12月31日，公司累计未弥补亏损为12.3亿元。": "accumulated_deficit CNY 2023-12-31 1230000000",
    "2023年度研发费用为2.34亿元，占营业收入的比例为12.3%。": "r_and_d CNY 2023 234000000",
    "2023年1-6月，发行人实现营业收入12,345.67万元，净利润1,234.56万元。": (
        "net_profit CNY 2023H1 12345600; revenue CNY 2023H1 123456700"
    ),
    "Total assets and total liabilities were RMB3.3 billion and RMB1.5 billion as of December 31, 2023.": (
        "total_assets CNY 2023-12-31 3300000000; total_liabilities CNY 2023-12-31 1500000000"
    ),
    "截至2023年末，公司资产总额、负债总额分别为33.1亿元和15.0亿元。": (
        "total_assets CNY 2023-12-31 3310000000; total_liabilities CNY 2023-12-31 1500000000"
    ),
    "公司2022年度、2023年度净利润分别为-1.2亿元、2,300万元。": (
        "net_loss CNY 2022 120000000; net_profit CNY 2023 23000000"
    ),
    "In 2019, we delivered 20,565 vehicles, compared with 11,348 vehicles in 2018.": (
        "deliveries vehicles 2018 11348; deliveries vehicles 2019 20565"
    ),
    "2023年营业收入为12亿元，较2022年的营业收入10亿元增长20%。": (
        "revenue CNY 2022 1000000000; revenue CNY 2023 1200000000"
    ),
    "Our sales are seasonal. Revenue was $12.3 million in 2023.": "revenue USD 2023 12300000",
    "The gearing ratio was 24.6%.Total borrowings were $12.3 million as at 30 June 2024.": (
        "total_debt USD 2024-06-30 12300000"
    ),
    "2023年，前五名客户销售额占30.58%；其中第一名客户销售额占年度销售总额12.94%。": (
        "largest_customer_share ratio 2023 0.1294"
    ),
    "A subsidiary recorded revenue of RMB88.1 million in 2023.": "",
    "子公司2023年实现营业收入3.4亿元。": "",
    "In 2022 and 2023, revenue was RMB1.2 billion, RMB2.3 billion and RMB3.4 billion, respectively.": "",
}


def told(found):
    value = "..".join(f"{end:.15g}" for end in (found.value if isinstance(found.value, tuple) else (found.value,)))
    return f"{found.fact} {found.unit.replace(' ', '_')} {found.period} {value}"


@pytest.mark.parametrize("sentence", STATED)
def test_a_sentence_states_its_facts_and_no_other(sentence):
    assert sorted(map(told, said(sentence).found)) == sorted(filter(None, STATED[sentence].split("; ")))
