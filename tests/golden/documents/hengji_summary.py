"""年报摘要：主要会计数据三年并列、追溯调整、分季度数据、前十名股东、日期只在末页落款."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import OWNERS
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

BEFORE = "调整前"
QUARTERS = ["2023Q1", "2023Q2", "2023Q3", "2023Q4"]
CORE = "without extraordinary items"


def source() -> Source:
    """恒霁压缩机 2023年年度报告摘要，三页."""
    m = Marks("2024-04-19")
    b = books(163, [1_846_200_000, 2_013_700_000, 1_722_900_000], 0.15, research=0.05, selling=0.05, digits=2)

    def show(number):
        return shown(number, 2, "-")

    def main(fact, label, name, ends=False):
        now, then, old = b[name]
        first = then * 99 / 100 if name != "total_assets" else then * 101 / 100
        why = "as first reported, restated since"
        spans = ["2023", "?2022", f"!2022 #{why}"]
        cells = rows(m, spans, [(fact, label, [now, then, round(first, 2)])], "CNY", show)[0]
        grown = (now - then) / abs(then) * 100
        last = rows(m, ["2021"], [(fact, label, [old])], "CNY", show)[0][1]
        return [*cells, f"{grown:.2f}%".replace("-", "－"), last]

    head = [("", 1, 2), ("2023年", 1, 2), ("2022年", 2, 1), ("本年比上年增减", 1, 2), ("2021年", 1, 2)]
    ends = [("", 1, 2), ("2023年末", 1, 2), ("2022年末", 2, 1), ("本年末比上年末增减", 1, 2), ("2021年末", 1, 2)]
    sub = ["调整后", BEFORE]
    core = [v * 8 / 10 for v in b["owners_profit"]]
    core_cells = rows(
        m, [f"!{y} #{CORE}" for y in ("2023", "2022")],
        [("net_profit", "归属于上市公司股东的扣除非经常性损益的净利润（元）", [round(v, 2) for v in core[:2]])], "CNY", show,
    )[0]  # fmt: skip
    each = [show(v / 450_000_000) for v in b["owners_profit"]]
    table = [
        head, sub,
        main("revenue", "营业收入（元）", "revenue"),
        main(f"!net_profit #{OWNERS}", "归属于上市公司股东的净利润（元）", "owners_profit"),
        [*core_cells, "—", "—", "—"],
        main("operating_cash_flow", "经营活动产生的现金流量净额（元）", "operating_flow"),
        ["基本每股收益（元/股）", *each[:2], each[1], "—", each[2]],
        ends, sub,
        main("total_assets", "资产总额（元）", "total_assets"),
        main(f"!equity #{OWNERS}", "归属于上市公司股东的净资产（元）", "owners_equity"),
    ]  # fmt: skip
    part = ["0.21", "0.26", "0.25"]
    sales = [round(b["revenue"][0] * int(x.replace("0.", "")) / 100, 2) for x in part]
    sales.append(b["revenue"][0] - sum(sales))
    flows = [-41_207_318.66, 12_980_442.17, 30_115_906.05]
    flows.append(round(float(b["operating_flow"][0]) - sum(flows), 2))
    own = [-9_812_344.01, 3_307_115.92, -4_410_086.37]
    own.append(round(float(b["owners_profit"][0]) - sum(own), 2))
    quarterly = rows(
        m, QUARTERS,
        [
            ("revenue", "营业收入", sales),
            (f"!net_profit #{OWNERS}", "归属于上市公司股东的净利润", own),
            ("operating_cash_flow", "经营活动产生的现金流量净额", flows),
        ],
        "CNY", show,
    )  # fmt: skip
    owner = "of an owner who is not the founder or parent"
    holders = [
        ["股东名称", "股东性质", "持股比例", "持股数量", ("质押、标记或冻结情况", 2, 1)],
        ["", "", "", "", "股份状态", "数量"],
        ["恒霁控股集团有限公司", "境内非国有法人", m("38.42%", "founder_share 2023-12-31 ratio*0.01"), m("172,890,000", "!shares_outstanding 2023-12-31 million shares*0.000001 #of one owner"), "质押", m("103,734,000", "!shares_outstanding 2023-12-31 million shares*0.000001 #pledged")],
        ["崇阜市产业投资有限公司", "国有法人", m("12.05%", "?public_stake 2023-12-31 ratio*0.01", f"!founder_share 2023-12-31 ratio*0.01 #{owner}"), "54,225,000", "不适用", "0"],
        ["樊照衡", "境内自然人", m("4.17%", f"!founder_share 2023-12-31 ratio*0.01 #{owner}"), "18,765,000", "冻结", "2,000,000"],
        ["香港中央结算有限公司", "境外法人", m("1.93%", f"!founder_share 2023-12-31 ratio*0.01 #{owner}"), "8,685,000", "不适用", "0"],
    ]  # fmt: skip
    pages = [
        [
            center("证券代码：000000　　证券简称：恒霁股份　　公告编号：2024-017"),
            h1("恒霁压缩机股份有限公司2023年年度报告摘要"),
            h2("一、重要提示"),
            p("本年度报告摘要来自年度报告全文，为全面了解本公司的经营成果、财务状况及未来发展规划，投资者应当到指定媒体仔细阅读年度报告全文。"),
            p(f"公司经本次董事会审议通过的利润分配预案为：以{m('450,000,000', 'shares_outstanding 2023-12-31|2024-04-19 million shares*0.000001')}股为基数，向全体股东每10股派发现金红利0.00元（含税），不以公积金转增股本。"),
            h2("二、公司基本情况"), p("2、报告期主要业务或产品简介"),
            p(
                f"公司主要从事涡旋压缩机的研发、生产与销售。截至报告期末，公司具备年产{m('320', 'capacity 2023-12-31 units/year*10000', '?local_plant_capacity 2023-12-31 units/year*10000')}万台压缩机的生产能力；"
                f"报告期内生产压缩机{m('241.7', 'output 2023 units*10000')}万台，销售{m('236.4', 'deliveries 2023 units*10000')}万台，同比分别下降8.20%、9.14%。"
                f"据行业协会统计，全国涡旋压缩机销量为{m('2,905', '!deliveries 2023 units*10000 #of the whole market')}万台。"
            ),
        ],
        [
            p("3、主要会计数据和财务指标"), p("（1）近三年主要会计数据和财务指标"),
            p("公司是否需追溯调整或重述以前年度会计数据　√是　□否"), p("追溯调整或重述原因：会计政策变更"), right("单位：元"),
            Table(table, [2.6, 2.2, 2.2, 2.2, 1.3, 2.2], head=2, rules="grid"),
            p("（2）分季度主要会计数据"), right("单位：元"),
            Table([["", "第一季度", "第二季度", "第三季度", "第四季度"], *quarterly], [2, 2, 2, 2, 2], rules="grid"),
            small("上述财务指标或其加总数是否与公司已披露季度报告、半年度报告相关财务指标存在重大差异　□是　√否"),
        ],
        [
            p("4、股本及股东情况"), p("（1）前十名股东持股情况（节选）"),
            Table([["报告期末普通股股东总数", "21,806", "年度报告披露日前一个月末普通股股东总数", "22,417"]], [3, 1, 3, 1], head=0, rules="grid", left=(0, 2)),
            Table(holders, [2.6, 1.8, 1.1, 1.7, 1.1, 1.7], head=2, rules="grid", left=(0, 1)),
            p(f"控股股东恒霁控股集团有限公司所持股份中累计质押103,734,000股，占其所持公司股份的{m('60.00%', 'pledged_share 2023-12-31 ratio*0.01')}，占公司总股本的{m('23.05%', '!pledged_share 2023-12-31 ratio*0.01 #of all shares, not of the stake')}。"),
            h2("三、重要事项"),
            p(f"2024年2月，公司收到崇阜市中级人民法院送达的起诉状，原告请求判令公司支付货款{m('3,862.40', 'litigation_claims 2024-02|2024-02-29|2023-12-31 CNY*10000')}万元及利息。"),
            right("恒霁压缩机股份有限公司董事会"), right("二〇二四年四月十九日"),
        ],
    ]  # fmt: skip
    return Source("hengji-summary-2023.pdf", "zh", m, pages, size=9)
