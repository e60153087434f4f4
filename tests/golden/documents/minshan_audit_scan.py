"""审计报告，四页灰度扫描件：持续经营重大不确定性、只有合并数的报表、括号和负号、日期在签章处."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import ONE_DEBT, OWNERS
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, center, h1, p, right


def source() -> Source:
    """岷山轴承 2023年度审计报告."""
    m = Marks("2024-06-18")
    b = books(171, [214_306_000, 268_140_000], 0.06, research=0.05, selling=0.05, digits=2, minority=0.08)
    end, start = "2023-12-31", "2022-12-31"

    def show(number):
        return shown(number, 2, "-")

    def table(head, lines, spans=("note", "2023", "2022")):
        return Table([head, *rows(m, list(spans), lines, "CNY", show)], [3.6, 0.8, 2, 2], rules="none")

    def titled(title, day):
        return [h1(title), center(day), right("编制单位：岷山轴承集团有限公司　　　　　　　　　　金额单位：人民币元")]

    gap = m(f"{-b['retained'][0] / 10000:,.2f}", f"?accumulated_deficit {end} CNY*10000")
    assets = [
        ("-", "流动资产：", []),
        ("cash", "货币资金", b["cash"], "七、1"),
        ("-", "应收票据及应收账款", b["receivables"], "七、2"),
        ("-", "预付款项", b["other_current"], "七、3"),
        ("-", "存货", b["stock"], "七、4"),
        ("-", "一年内到期的非流动资产", b["securities"]),
        ("current_assets", "流动资产合计", b["current_assets"]),
        ("-", "非流动资产：", []),
        ("-", "固定资产", b["plant"], "七、6"),
        ("-", "在建工程", b["building"], "七、7"),
        ("-", "无形资产", b["intangibles"], "七、8"),
        ("-", "长期待摊费用", b["other_fixed"]),
        ("!total_assets #assets that are not current alone", "非流动资产合计", b["fixed_assets"]),
        ("total_assets", "资产总计", b["total_assets"]),
        ("-", "流动负债：", []),
        (f"!total_debt #{ONE_DEBT}", "短期借款", b["short_loans"], "七、12"),
        ("-", "应付账款", b["payables"], "七、13"),
        ("?customer_prepayments", "预收款项", b["prepaid"], "七、14"),
        ("-", "其他应付款", b["other_due"], "七、15"),
        ("current_liabilities", "流动负债合计", b["current_liabilities"]),
        (f"!total_debt #{ONE_DEBT}", "长期借款", b["long_loans"], "七、18"),
        ("-", "长期应付款", b["leases"]),
        ("-", "预计负债", b["grants"]),
        ("!total_liabilities #not current alone", "非流动负债合计", b["late_liabilities"]),
        ("total_liabilities", "负债合计", b["total_liabilities"]),
        ("-", "实收资本", b["capital"], "七、21"),
        ("-", "资本公积", b["reserves"], "七、22"),
        ("retained_earnings", "未分配利润", b["retained"], "七、24"),
        (f"!equity #{OWNERS}", "归属于母公司所有者权益合计", b["owners_equity"]),
        ("-", "少数股东权益", b["minority_equity"]),
        ("equity", "所有者权益合计", b["equity"]),
        ("?total_assets", "负债和所有者权益总计", b["total_both"]),
    ]
    cost = [r - o for r, o in zip(b["revenue"], b["operating"], strict=True)]
    income = [
        ("revenue", "一、营业总收入", b["revenue"], "七、25"),
        ("!cost_of_revenue #all costs, not those of sales alone", "二、营业总成本（扣除其他收益）", cost),
        ("cost_of_revenue", "其中：营业成本", b["cost"], "七、25"),
        ("-", "税金及附加", b["levies"]),
        ("!sga #selling alone", "销售费用", b["selling"], "七、26"),
        ("!sga #administration alone", "管理费用", b["admin"], "七、27"),
        ("r_and_d", "研发费用", b["research"], "七、28"),
        ("-", "财务费用", b["interest"], "七、29"),
        ("-", "其他收益", b["other_income"], "七、30"),
        ("operating_profit", "三、营业利润（亏损以“-”号填列）", b["operating"]),
        ("-", "加：营业外收入", b["odd_income"]),
        ("-", "减：营业外支出", b["odd_cost"]),
        ("-", "四、利润总额（亏损总额以“-”号填列）", b["before_tax"]),
        ("-", "减：所得税费用", b["tax"]),
        ("net_profit", "五、净利润（净亏损以“-”号填列）", b["net"]),
        (f"!net_profit #{OWNERS}", "其中：归属于母公司所有者的净利润", b["owners_profit"]),
        ("-", "少数股东损益", b["minority_profit"]),
    ]
    cash = [
        ("!revenue #cash received, with tax", "销售商品、提供劳务收到的现金", b["from_customers"]),
        ("-", "购买商品、接受劳务支付的现金", b["to_suppliers"]),
        ("-", "支付给职工以及为职工支付的现金", b["to_staff"]),
        ("-", "支付的各项税费", b["to_state"]),
        ("operating_cash_flow", "经营活动产生的现金流量净额", b["operating_flow"]),
        ("-", "处置固定资产收回的现金净额", b["sold_plant"]),
        ("capex", "购建固定资产、无形资产和其他长期资产支付的现金", b["capex"]),
        ("!operating_cash_flow #of investing", "投资活动产生的现金流量净额", b["investing_flow"]),
        ("-", "取得借款收到的现金", b["borrowed"]),
        ("-", "偿还债务支付的现金", b["repaid"]),
        ("!operating_cash_flow #of financing", "筹资活动产生的现金流量净额", b["financing_flow"]),
        ("!cash #a change, no balance", "现金及现金等价物净增加额", b["change"]),
        ("?cash_before", "期初现金及现金等价物余额", b["opening"]),
        ("?cash", "期末现金及现金等价物余额", b["closing"]),
    ]
    loss = m(f"{-b['net'][0] / 10000:,.2f}", "?net_loss 2023 CNY*10000")
    doubt = m("存在重大不确定性", f"going_concern_doubt {end}|2024-06-18|2023 flag =true")
    pages = [
        [
            h1("审　计　报　告"), right("信衡审字（2024）第1106号"), p("岷山轴承集团有限公司董事会："), p("一、审计意见"),
            p("我们审计了岷山轴承集团有限公司（以下简称岷山集团）财务报表，包括2023年12月31日的合并资产负债表，2023年度的合并利润表、合并现金流量表以及相关财务报表附注。我们认为，后附的财务报表在所有重大方面按照企业会计准则的规定编制，公允反映了岷山集团2023年12月31日的合并财务状况以及2023年度的合并经营成果和现金流量。"),
            p("二、与持续经营相关的重大不确定性"),
            p(f"我们提醒财务报表使用者关注，如财务报表附注三所述，岷山集团2023年度发生净亏损{loss}万元，截至2023年12月31日累计未弥补亏损{gap}万元，且部分银行借款已逾期。这些事项或情况表明{doubt}，可能导致对岷山集团持续经营能力产生重大疑虑。该事项不影响已发表的审计意见。"),
            p("三、管理层对财务报表的责任"),
            p("管理层负责按照企业会计准则的规定编制财务报表，使其实现公允反映，并设计、执行和维护必要的内部控制。"),
            right("信衡会计师事务所（特殊普通合伙）"), right("中国注册会计师：甄以宁"), right("中国注册会计师：步云舟"), right("2024年6月18日"),
        ],
        [*titled("合并资产负债表", "2023年12月31日"), table(["项　　目", "附注", "期末余额", "上年年末余额"], assets, ("note", end, start))],
        [*titled("合并利润表", "2023年度"), table(["项　　目", "附注", "本期金额", "上期金额"], income), p("法定代表人：　　　　　　主管会计工作负责人：　　　　　　会计机构负责人：")],
        [*titled("合并现金流量表", "2023年度"), table(["项　　目", "附注", "本期金额", "上期金额"], cash), p("法定代表人：　　　　　　主管会计工作负责人：　　　　　　会计机构负责人：")],
    ]  # fmt: skip
    return Source(
        "minshan-audit-2023.pdf", "zh", m, pages, scan=Scan(dpi=130, tilt=(1.4, -0.5, 0.7, -0.9), noise=2.5), size=10
    )
