"""信用评级报告，两页扫描件：亿元、三年一期并列、公司本部另列、比率、日期在页眉."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, h1, h2, p, right, small

SPANS = ["2021", "2022", "2023", "2024Q1"]
UNIT = "CNY*100000000"
OWN = "of the parent company alone"


def source() -> Source:
    """康陆机械 2024年度信用评级报告."""
    m = Marks("2024-05-31")

    def line(label, fact, values, unit=UNIT, why=""):
        cells = [label]
        for span, value in zip(SPANS, values, strict=True):
            said = f"{fact} {span} {unit}" + (f" #{why}" if why else "")
            cells.append(m(value, said) if fact and value[-1].isdigit() else value)
        return cells

    whole = [
        ["项　目", "2021年", "2022年", "2023年", "2024年1-3月"],
        line("现金类资产（亿元）", "cash_and_short_term_investments", ["18.42", "21.07", "16.95", "15.31"]),
        line("资产总额（亿元）", "total_assets", ["96.13", "108.74", "112.60", "113.28"]),
        line("所有者权益（亿元）", "equity", ["41.55", "44.02", "45.19", "45.36"]),
        line("短期债务（亿元）", "!total_debt", ["19.70", "22.31", "25.84", "26.17"], why="short debts alone"),
        line("长期债务（亿元）", "!total_debt", ["12.26", "15.48", "15.02", "14.90"], why="long debts alone"),
        line("全部债务（亿元）", "total_debt", ["31.96", "37.79", "40.86", "41.07"]),
        line("营业总收入（亿元）", "revenue", ["63.80", "70.26", "66.41", "14.12"]),
        line("利润总额（亿元）", "!net_profit", ["4.03", "3.91", "1.74", "0.21"], why="before tax"),
        line("净利润（亿元）", "net_profit", ["3.38", "3.30", "1.46", "0.17"]),
        line("EBITDA（亿元）", "ebitda", ["9.07", "9.45", "7.62", "—"]),
        line("经营性净现金流（亿元）", "operating_cash_flow", ["5.12", "6.38", "2.09", "-1.83"]),
        line("营业利润率（%）", "", ["19.02", "18.33", "15.40", "14.96"]),
        line("资产负债率（%）", "", ["56.78", "59.52", "59.87", "59.96"]),
        line("EBITDA利息倍数（倍）", "", ["6.55", "6.21", "4.38", "—"]),
    ]
    own = [
        ["公司本部（母公司）", "2021年", "2022年", "2023年", "2024年1-3月"],
        line("资产总额（亿元）", "!total_assets", ["71.90", "80.33", "83.47", "83.95"], why=OWN),
        line("所有者权益（亿元）", "!equity", ["37.14", "38.60", "39.05", "39.11"], why=OWN),
        line("全部债务（亿元）", "!total_debt", ["22.05", "27.16", "29.90", "30.24"], why=OWN),
        line("营业总收入（亿元）", "!revenue", ["28.77", "30.14", "27.62", "5.93"], why=OWN),
    ]
    pages = [
        [
            right("中衡评字〔2024〕0872号　　评级日期：2024年5月31日"), h1("康陆工程机械集团有限公司"), h1("2024年度主体信用评级报告"),
            h2("主要财务数据（合并口径）"), Table(whole, [2.6, 1.2, 1.2, 1.2, 1.4]),
            small("注：1. 2024年一季度财务数据未经审计；2. 本报告将其他流动负债中的短期融资券计入短期债务。"),
            Table(own, [2.6, 1.2, 1.2, 1.2, 1.4]),
        ],
        [
            h2("评级观点"),
            p(
                f"公司是区域内规模较大的工程机械制造企业。2023年，公司销售挖掘机{m('11,862', 'deliveries 2023 units')}台，同比下降12.38%；挖掘机产能为{m('20,000', 'capacity 2023-12-31 units/year', '?local_plant_capacity 2023-12-31 units/year')}台/年，"
                f"国内市场占有率为{m('6.08%', 'market_share 2023|2023-12-31 ratio*0.01')}。同期，国内挖掘机行业总销量为{m('19.50', '!deliveries 2023 units*10000 #of the whole market')}万台。"
            ),
            p(
                f"截至2024年3月末，公司控股股东康陆投资持股{m('51.00%', 'founder_share 2024-03-31 ratio*0.01')}，云梁市国资委通过云梁国投持股{m('34.00%', 'public_stake 2024-03-31 ratio*0.01', '!founder_share 2024-03-31 ratio*0.01 #of the public side')}。"
                f"公司获得银行授信额度{m('88.50', '!total_debt 2024-03-31 CNY*100000000 #a limit, not drawn')}亿元，尚未使用额度37.66亿元。"
            ),
            p(
                f"截至2023年末，公司对外担保余额{m('7.35', '!related_party_guarantees 2023-12-31 CNY*100000000 #of customers of leasing, not of owners')}亿元，全部为对按揭及融资租赁客户的回购担保。在建项目计划总投资{m('14.20', 'plan_investment 2024-05-31|2024-03-31|2023-12-31|2024|2023 CNY*100000000', '?plan_plant_investment 2024-05-31|2023-12-31 CNY*100000000')}亿元，"
                f"已完成投资{m('9.66', 'invested_to_date 2023-12-31|2024-03-31 CNY*100000000')}亿元。2023年研发投入{m('3.05', 'r_and_d 2023 CNY*100000000')}亿元，占营业总收入的4.59%。"
            ),
            p(f"2023年，公司购建固定资产、无形资产和其他长期资产支付的现金为{m('4.71', 'capex 2023 CNY*100000000')}亿元。截至2023年末，公司在职员工{m('6,418', 'headcount 2023-12-31 people')}人。"),
            h2("关注"),
            p("1．行业需求持续下行，公司盈利能力明显减弱。2．短期债务占比高，现金类资产对短期债务的覆盖倍数由2022年的0.94倍下降至2023年的0.66倍。"),
            p(f"3．应收账款规模较大，前五大客户销售额占比为{m('22.85%', '!largest_customer_share 2023 ratio*0.01 #of five customers together')}，其中第一大客户占{m('7.02%', 'largest_customer_share 2023 ratio*0.01', '?customer_share 2023 ratio*0.01')}。"),
            p("展望：稳定。未来，如公司所在行业需求回升、债务结构改善，评级机构将考虑调整其级别。"),
        ],
    ]  # fmt: skip
    return Source("kanglu-rating-2024.pdf", "zh", m, pages, scan=Scan(dpi=150, tilt=(0.9, -1.5), noise=2.5), size=10.5)
