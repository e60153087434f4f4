"""An annual report in Chinese as it is made in Hong Kong: 人民币千元, notes, brackets, segments, a restated year."""

from tests.golden.making.books import books, rows
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

SEGMENT = "of one segment"
BEFORE = "as first reported, restated since"


def source() -> Source:
    """汀溪智行控股2023年年报，四页."""
    m = Marks("2024-03-21")
    b = books(111, [1_284_507, 803_216], 0.12, research=0.42, selling=0.22, minority=0.03, assets=2.1)
    two = ["note", "2023", "2022"]

    def less(name):
        return [-value for value in b[name]]

    income = [
        ("revenue", "收入", b["revenue"], "5"),
        ("cost_of_revenue", "销售成本", less("cost"), "7"),
        ("gross_profit", "毛利", b["gross"]),
        ("r_and_d", "研发开支", less("research"), "7"),
        ("!sga #selling alone", "销售及营销开支", less("selling"), "7"),
        ("!sga #administration alone", "行政开支", less("admin"), "7"),
        ("-", "税金及附加", less("levies")),
        ("-", "其他收入", b["other_income"], "6"),
        ("-", "财务成本", less("interest"), "9"),
        ("operating_loss", "经营亏损", b["operating"]),
        ("-", "其他收益", b["odd_income"]),
        ("-", "其他损失", less("odd_cost")),
        ("-", "除所得税前亏损", b["before_tax"]),
        ("-", "所得税开支", less("tax"), "10"),
        ("net_loss", "年内亏损", b["net"]),
        ("-", "以下各项应占：", []),
        ("!net_loss #of the owners of the parent alone", "本公司权益持有人", b["owners_profit"]),
        ("-", "非控股权益", b["minority_profit"]),
    ]
    balance = [
        ("-", "非流动资产", []),
        ("-", "物业、厂房及设备", b["plant"], "14"),
        ("-", "在建工程", b["building"], "14"),
        ("-", "无形资产", b["intangibles"], "15"),
        ("-", "其他非流动资产", b["other_fixed"]),
        ("!total_assets #assets that are not current alone", "非流动资产总值", b["fixed_assets"]),
        ("-", "存货", b["stock"], "18"),
        ("-", "贸易应收款项", b["receivables"], "19"),
        ("-", "按公允价值计入损益的金融资产", b["securities"], "20"),
        ("-", "预付款项及其他流动资产", b["other_current"], "21"),
        ("cash", "现金及现金等价物", b["cash"], "22"),
        ("current_assets", "流动资产总值", b["current_assets"]),
        ("total_assets", "资产总值", b["total_assets"]),
        (
            "!accumulated_deficit #capital and reserves",
            "股本及储备",
            [x + y for x, y in zip(b["capital"], b["reserves"], strict=True)],
            "24",
        ),
        ("accumulated_deficit", "累计亏损", b["retained"]),
        ("-", "非控股权益", b["minority_equity"]),
        ("equity", "权益总额", b["equity"]),
        ("!total_debt #one kind of debt, not all debt", "借款（非即期）", b["long_loans"], "27"),
        ("-", "租赁负债", b["leases"], "28"),
        ("-", "递延收入", b["grants"]),
        ("!total_liabilities #not current alone", "非流动负债总额", b["late_liabilities"]),
        ("-", "贸易应付款项", b["payables"], "30"),
        ("!total_debt #one kind of debt, not all debt", "借款（即期）", b["short_loans"], "27"),
        ("-", "其他应付款项", b["other_due"]),
        ("?customer_prepayments", "合约负债", b["prepaid"], "31"),
        ("current_liabilities", "流动负债总额", b["current_liabilities"]),
        ("total_liabilities", "负债总额", b["total_liabilities"]),
        ("?total_assets;!total_liabilities #liabilities and equity together", "权益及负债总额", b["total_both"]),
    ]
    segments = [
        (f"!revenue #{SEGMENT}", "智能驾驶系统", [861_330, 540_018]),
        (f"!revenue #{SEGMENT}", "软件授权及服务", [308_902, 196_207]),
        (
            f"!revenue #{SEGMENT}",
            "其他",
            [float(b["revenue"][0]) - 861_330 - 308_902, float(b["revenue"][1]) - 540_018 - 196_207],
        ),
        ("revenue", "合计", b["revenue"]),
    ]
    margin = f"{b['gross'][0] / b['revenue'][0] * 100:.1f}"
    pages = [
        [
            h1("汀溪智行控股有限公司"),
            center("（于开曼群岛注册成立的有限公司）"),
            center("截至2023年12月31日止年度之年度业绩公告"),
            right("2024年3月21日"),
            h2("综合损益表"),
            Table(
                [[("", 1, 3), ("附注", 1, 3), ("截至12月31日止年度", 2, 1)], ["2023年", "2022年"], ["人民币千元", "人民币千元"], *rows(m, two, income, "CNY*1000")],
                [3.2, 0.8, 1.5, 1.5],
                head=3,
                rules="none",
            ),
        ],
        [
            h2("综合财务状况表"),
            Table(
                [[("", 1, 3), ("附注", 1, 3), ("于12月31日", 2, 1)], ["2023年", "2022年"], ["人民币千元", "人民币千元"], *rows(m, two, balance, "CNY*1000")],
                [3.2, 0.8, 1.5, 1.5],
                head=3,
                rules="none",
            ),
        ],
        [
            h2("附注5　收入及分部资料"),
            Table([["", "2023年", "2022年"], ["", "人民币千元", "人民币千元"], *rows(m, ["2023", "2022"], segments, "CNY*1000")], [3, 1.5, 1.5], head=2),
            h2("附注2.3　比较数字之重列"),
            p("集团于2023年变更硬件销售之收入确认政策，比较期间之若干数字已予重列："),
            Table(
                [
                    ["截至2022年12月31日止年度", "如前呈列", "重列调整", "经重列"],
                    ["", "人民币千元", "人民币千元", "人民币千元"],
                    ["收入", m("829,640", f"!revenue 2022 CNY*1000 #{BEFORE}"), m("(26,424)", "!revenue 2022 CNY*1000 #an adjustment"), m("803,216", "revenue 2022 CNY*1000")],
                    ["毛利", m("118,905", f"!gross_profit 2022 CNY*1000 #{BEFORE}"), m(f"({118_905 - int(b['gross'][1]):,})", "!gross_profit 2022 CNY*1000 #an adjustment"), m(f"{int(b['gross'][1]):,}", "gross_profit 2022 CNY*1000")],
                ],
                [2.6, 1.4, 1.4, 1.4],
                head=2,
            ),
        ],
        [
            h2("管理层讨论与分析"),
            p(
                f"收入由2022年的人民币{m('8.03', '?revenue 2022 CNY*100000000')}亿元增加59.9%至2023年的人民币{m('12.85', '?revenue 2023 CNY*100000000')}亿元。毛利率为{m(margin + '%', 'gross_margin 2023 ratio*0.01')}。"
                f"经调整净亏损（非国际财务报告准则计量）为人民币{m('512.6', '!net_loss 2023 CNY*1000000 #adjusted, leaves out costs')}百万元。"
            ),
            p(
                f"截至2023年12月31日，我们有{m('1,986', 'headcount 2023-12-31 people')}名全职雇员，其中研发人员{m('1,204', '!headcount 2023-12-31 people #in research alone')}名，持有{m('641', 'patents 2023-12-31 count')}项已授权专利。"
                f"五大客户占收入的{m('63.4%', '!largest_customer_share 2023 ratio*0.01 #five customers together')}，最大客户占{m('28.9%', 'largest_customer_share 2023 ratio*0.01', '?customer_share 2023 ratio*0.01')}。最大供应商占采购额的{m('14.2%', 'largest_supplier_share 2023 ratio*0.01', '?supplier_share 2023 ratio*0.01')}。"
            ),
            p(f"据行业顾问报告，中国高阶智能驾驶市场规模于2023年为人民币{m('612', '!revenue 2023 CNY*100000000 #of the whole market', '?market_size 2023 CNY*100000000')}亿元，我们按收入计的市场份额为{m('2.1%', 'market_share 2023 ratio*0.01')}。"),
            p(f"于2024年1月，本公司完成D轮融资，向投资者发行新股募集人民币{m('15', 'equity_raised 2024-01|2024-01-31|2024Q1|2024 CNY*100000000')}亿元，投后估值人民币{m('120', 'post_money 2024-01|2024-01-31|2024 CNY*100000000')}亿元。"),
            small("本公告载有前瞻性陈述，实际结果可能有重大差异。"),
        ],
    ]  # fmt: skip
    return Source("tingxi-annual-2023.pdf", "zh", m, pages, size=10)
