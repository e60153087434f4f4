"""企业月报，两页横向黑白扫描件：资产与负债左右并列、年初数在前、本月数与累计数、单位千元、填报日期在表下."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import ONE_DEBT
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, center, h1, p, right

UNIT = "CNY*1000"


def source() -> Source:
    """阜阳新材 2024年6月报表."""
    m = Marks("2024-07-12")
    e = books(181, [168_420, 151_300], 0.22, minority=0.0)
    six = books(182, [81_604, 76_915], 0.2, order="apart")
    month = {name: [round(values[0] * 18 / 100)] for name, values in six.items()}
    month["gross"] = [month["revenue"][0] - month["cost"][0]]
    spent = ("levies", "selling", "admin", "research", "interest")
    month["operating"] = [month["gross"][0] - sum(month[n][0] for n in spent) + month["other_income"][0]]
    month["before_tax"] = [month["operating"][0] + month["odd_income"][0] - month["odd_cost"][0]]
    month["net"] = [month["before_tax"][0] - month["tax"][0]]

    def show(number):
        return shown(number, 0, "-")

    def sides(lines, first):
        made = rows(
            m, ["2023-12-31", "2024-06-30"], [(f, label, values[::-1]) for f, label, values in lines], UNIT, show
        )
        return [[row[0], str(first + i) if row[1] else "", *row[1:]] for i, row in enumerate(made)]

    left = [
        ("-", "流动资产：", []),
        ("cash", "货币资金", e["cash"]),
        ("-", "短期投资", e["securities"]),
        ("-", "应收账款", e["receivables"]),
        ("-", "存货", e["stock"]),
        ("-", "其他流动资产", e["other_current"]),
        ("current_assets", "流动资产合计", e["current_assets"]),
        ("-", "固定资产净值", e["plant"]),
        ("-", "在建工程", e["building"]),
        ("-", "无形资产", e["intangibles"]),
        ("-", "其他资产", e["other_fixed"]),
        ("!total_assets #assets that are not current alone", "非流动资产合计", e["fixed_assets"]),
        ("-", "", []),
        ("-", "", []),
        ("-", "", []),
        ("-", "", []),
        ("total_assets", "资产总计", e["total_assets"]),
    ]
    other = [
        ("-", "流动负债：", []),
        (f"!total_debt #{ONE_DEBT}", "短期借款", e["short_loans"]),
        ("-", "应付账款", e["payables"]),
        ("?customer_prepayments", "预收账款", e["prepaid"]),
        ("-", "其他应付款", e["other_due"]),
        ("current_liabilities", "流动负债合计", e["current_liabilities"]),
        (f"!total_debt #{ONE_DEBT}", "长期借款", e["long_loans"]),
        ("-", "长期应付款", e["leases"]),
        ("-", "递延收益", e["grants"]),
        ("!total_liabilities #not current alone", "非流动负债合计", e["late_liabilities"]),
        ("total_liabilities", "负债合计", e["total_liabilities"]),
        ("-", "实收资本", e["capital"]),
        ("-", "资本公积", e["reserves"]),
        ("retained_earnings", "未分配利润", e["retained"]),
        ("equity", "所有者权益合计", e["equity"]),
        ("-", "", []),
        ("?total_assets", "负债和所有者权益总计", e["total_both"]),
    ]
    two = [[*a, *c] for a, c in zip(sides(left, 1), sides(other, 31), strict=True)]
    order = [
        ("revenue", "一、营业收入", "revenue"), ("cost_of_revenue", "减：营业成本", "cost"), ("-", "税金及附加", "levies"),
        ("!sga #selling alone", "销售费用", "selling"), ("!sga #administration alone", "管理费用", "admin"),
        ("r_and_d", "研发费用", "research"), ("-", "财务费用", "interest"), ("-", "加：其他收益", "other_income"),
        ("operating_profit", "二、营业利润（亏损以“-”号填列）", "operating"), ("-", "加：营业外收入", "odd_income"),
        ("-", "减：营业外支出", "odd_cost"), ("!net_profit #before tax", "三、利润总额", "before_tax"),
        ("-", "减：所得税费用", "tax"), ("net_profit", "四、净利润", "net"),
    ]  # fmt: skip
    lines = [(fact, label, [month[name][0], *six[name]]) for fact, label, name in order]
    result = rows(m, ["2024-06", "2024H1", "2023H1"], lines, UNIT, show)
    result = [[row[0], str(i), *row[1:]] for i, row in enumerate(result, 1)]
    foot = p("单位负责人：应之远　　　　财务负责人：沙柏　　　　制表人：奚萌　　　　填报日期：2024年7月12日（盖章）")
    pages = [
        [
            h1("资　产　负　债　表"), center("2024年6月30日"), right("编报单位：阜阳新材有限公司　　　　会企01表　　　　单位：千元"),
            Table([["资　产", "行次", "年初数", "期末数", "负债及所有者权益", "行次", "年初数", "期末数"], *two], [2.6, 0.6, 1.5, 1.5, 2.8, 0.6, 1.5, 1.5], rules="grid", left=(0, 4)),
            foot,
        ],
        [
            h1("利　润　表"), center("2024年6月"), right("编报单位：阜阳新材有限公司　　　　会企02表　　　　单位：千元"),
            Table([["项　目", "行次", "本月数", "本年累计数", "上年同期累计数"], *result], [3.6, 0.7, 1.7, 1.7, 1.7], rules="grid"),
            foot,
        ],
    ]  # fmt: skip
    scan = Scan(dpi=170, tilt=(-0.9, 1.3), bilevel=True, noise=12)
    return Source("fuyang-month-2024-06.pdf", "zh", m, pages, scan=scan, wide=True, size=10.5)
