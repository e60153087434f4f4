"""An annual report of a listed company in China, in yuan: restated years, the parent beside the group, change in percent."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import OWNERS, against, zh_assets, zh_cash, zh_claims, zh_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

BEFORE = "as first reported, restated since"


def source() -> Source:
    """澜岳动力 2023年年度报告, eight pages of it."""
    m = Marks("2024-03-29")
    years = [4_862_310_000, 3_957_420_000, 2_904_180_000]
    b = books(11, years, 0.27, digits=2)
    own = books(12, [v * 0.61 for v in years], 0.24, digits=2)
    first = books(13, [3_941_150_000], 0.265, digits=2)

    def show(number):
        return shown(number, 2, "-")

    def change(now, then):
        return shown((now - then) / abs(then) * 100, 2, "-")

    def key(fact, label, name):
        now, then, long_ago = b[name]
        cells = rows(
            m, ["2023", "?2022", f"!2022 #{BEFORE}"], [(fact, label, [now, then, first[name][0]])], "CNY", show
        )[0]
        last = rows(m, ["2021"], [(fact, label, [long_ago])], "CNY", show)[0][1]
        return [*cells, change(now, then), last]

    summary = [
        [("", 1, 2), ("2023年", 1, 2), ("2022年", 2, 1), ("本期比上年同期增减(%)", 1, 2), ("2021年", 1, 2)],
        ["调整后", "调整前"],
        key("revenue", "营业收入", "revenue"),
        key(f"!net_profit #{OWNERS}", "归属于上市公司股东的净利润", "owners_profit"),
        key("operating_cash_flow", "经营活动产生的现金流量净额", "operating_flow"),
        [("", 1, 2), ("2023年末", 1, 2), ("2022年末", 2, 1), ("本期末比上年同期末增减(%)", 1, 2), ("2021年末", 1, 2)],
        ["调整后", "调整前"],
        key(f"!equity #{OWNERS}", "归属于上市公司股东的净资产", "owners_equity"),
        key("total_assets", "总资产", "total_assets"),
    ]
    two = {name: values[:2] for name, values in b.items()}
    parent = {name: values[:2] for name, values in own.items()}
    head = ["项目", "附注", "2023年12月31日", "2022年12月31日"]
    spans = ["note", "2023", "2022"]
    quarter = [Q * 1_000_000 for Q in (921.3, 1104.6, 1287.9, 1548.5)]

    def statement(title, lines, head, spans):
        return [
            h2(title),
            center("编制单位：澜岳动力科技股份有限公司"),
            right("单位：元  币种：人民币"),
            Table([head, *rows(m, spans, lines, "CNY", show)], [3.4, 0.8, 2, 2]),
        ]

    pages = [
        [
            h1("澜岳动力科技股份有限公司"),
            h1("2023年年度报告"),
            center("公司代码：000000（示例）  公司简称：澜岳动力"),
            center("二〇二四年三月二十九日"),
            h2("重要提示"),
            p("一、本公司董事会、监事会及董事、监事、高级管理人员保证年度报告内容的真实性、准确性、完整性。"),
            p("二、启明达会计师事务所（特殊普通合伙）为本公司出具了标准无保留意见的审计报告。"),
            p("三、前瞻性陈述的风险声明：本报告涉及的未来计划不构成公司对投资者的实质承诺，请投资者注意投资风险。"),
        ],
        [
            h2("第二节 公司简介和主要财务指标"),
            p("七、近三年主要会计数据和财务指标"),
            p("（一）主要会计数据"),
            right("单位：元  币种：人民币"),
            Table(summary, [2.4, 2.2, 2.2, 2.2, 1.2, 2.2], head=2, rules="grid"),
            small("追溯调整的原因说明：本期同一控制下合并澜岳电控有限公司，对比较报表进行追溯调整。"),
            p("八、2023年分季度主要财务数据"),
            right("单位：元  币种：人民币"),
            Table(
                [
                    ["", "第一季度（1-3月份）", "第二季度（4-6月份）", "第三季度（7-9月份）", "第四季度（10-12月份）"],
                    *rows(m, ["2023Q1", "2023Q2", "2023Q3", "2023Q4"], [("revenue", "营业收入", quarter)], "CNY", show),
                ],
                [1.6, 2, 2, 2, 2],
                rules="grid",
            ),
        ],
        [
            *statement("合并资产负债表", zh_assets(two), head, spans),
            small("公司负责人：卢望川  主管会计工作负责人：席可"),
        ],
        statement("合并资产负债表（续）", zh_claims(two), head, spans),
        statement("合并利润表", zh_income(two), ["项目", "附注", "2023年度", "2022年度"], spans),
        statement("合并现金流量表", zh_cash(two), ["项目", "附注", "2023年度", "2022年度"], spans),
        [
            *statement(
                "母公司利润表",
                against(zh_income(parent, False), "of the parent company alone, not of the group"),
                ["项目", "附注", "2023年度", "2022年度"],
                spans,
            ),
            *statement(
                "母公司资产负债表（节选）",
                against(zh_assets(parent)[-7:], "of the parent company alone, not of the group"),
                head,
                spans,
            ),
        ],
        [
            h2("第三节 管理层讨论与分析（节选）"),
            p("（1）产销量情况分析表"),
            Table(
                [
                    ["主要产品", "单位", "生产量", "销售量", "库存量", "生产量比上年增减（%）"],
                    [
                        "纯电动乘用车",
                        "辆",
                        m("38,416", "output 2023 vehicles"),
                        m("36,872", "?deliveries 2023 vehicles", "!output 2023 vehicles #sold, not made"),
                        m("2,905", "!output 2023 vehicles #in stock, not made"),
                        "21.47",
                    ],
                ],
                [2, 0.8, 1.2, 1.2, 1.2, 1.8],
                rules="grid",
            ),
            p(
                f"（2）主要销售客户情况：前五名客户销售额{m('148,702.31', '!revenue 2023 CNY*10000 #of five customers alone')}万元，占年度销售总额"
                f"{m('30.58', '!largest_customer_share 2023 ratio*0.01 #of five customers together')}%；其中第一名客户销售额"
                f"{m('62,917.05', '!revenue 2023 CNY*10000 #of one customer alone')}万元，占年度销售总额{m('12.94', 'largest_customer_share 2023 ratio*0.01', '?customer_share 2023 ratio*0.01')}%。"
            ),
            p(
                f"（3）主要供应商情况：前五名供应商采购额占年度采购总额{m('41.26', '!largest_supplier_share 2023 ratio*0.01 #of five suppliers together')}%，"
                f"其中第一名供应商占{m('17.83', 'largest_supplier_share 2023 ratio*0.01', '?supplier_share 2023 ratio*0.01')}%。"
            ),
            p("（4）研发投入情况表"),
            right("单位：万元"),
            Table(
                [
                    ["项目", "2023年"],
                    ["本期费用化研发投入", m(f"{b['research'][0] / 10000:,.2f}", "?r_and_d 2023 CNY*10000")],
                    [
                        "本期资本化研发投入",
                        m("6,204.18", "!r_and_d 2023 CNY*10000 #capitalised, no cost of the period"),
                    ],
                    [
                        "研发投入总额占营业收入比例（%）",
                        m(
                            "8.31",
                            "!r_and_d_intensity 2023 ratio*0.01 #of a company's revenue, not of a region's output",
                        ),
                    ],
                    ["公司研发人员的数量（人）", m("1,206", "!headcount 2023-12-31 people #in research alone")],
                ],
                [3, 1.4],
                rules="grid",
            ),
            p("（5）员工情况"),
            Table(
                [
                    ["项目", "数量（人）"],
                    ["母公司在职员工的数量", m("3,118", "!headcount 2023-12-31 people #of the parent company alone")],
                    ["主要子公司在职员工的数量", m("2,547", "!headcount 2023-12-31 people #of subsidiaries alone")],
                    ["在职员工的数量合计", m("5,665", "headcount 2023-12-31 people")],
                    ["母公司及主要子公司需承担费用的离退休职工人数", m("41", "!headcount 2023-12-31 people #retired")],
                ],
                [3, 1.4],
                rules="grid",
            ),
        ],
    ]
    return Source("lanyue-annual-2023.pdf", "zh", m, pages)
