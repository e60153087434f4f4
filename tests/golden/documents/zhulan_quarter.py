"""A third-quarter report in China: the quarter beside the year to date, changes in percent."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import OWNERS, zh_assets, zh_claims, zh_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, h2, p, right


def source() -> Source:
    """竹澜光电2024年第三季度报告."""
    m = Marks("2024-10-30")
    quarter = books(51, [318_204_511, 402_118_907], 0.055, research=0.12, selling=0.07, digits=2, assets=5)
    nine = books(
        52, [861_470_236, 1_154_902_318], 0.048, research=0.13, selling=0.07, digits=2, assets=2, order="apart"
    )
    ends = books(53, [318_204_511, 402_118_907], 0.05, digits=2, assets=5)

    def show(number):
        return shown(number, 2, "-")

    def change(values):
        return shown((values[0] - values[1]) / abs(values[1]) * 100, 2, "-") if values[1] else "不适用"

    def line(fact, label, name):
        now, so_far = quarter[name], nine[name]
        first = rows(m, ["2024Q3"], [(fact, label, now[:1])], "CNY", show)[0]
        last = rows(m, ["2024-01/2024-09"], [(fact, "", so_far[:1])], "CNY", show)[0][1]
        return [*first, change(now), last, change(so_far)]

    total = rows(m, ["2024-09-30", "2023-12-31"], [("total_assets", "总资产", ends["total_assets"])], "CNY", show)[0]
    owners = rows(
        m,
        ["2024-09-30", "2023-12-31"],
        [(f"!equity #{OWNERS}", "归属于上市公司股东的所有者权益", ends["owners_equity"])],
        "CNY",
        show,
    )[0]
    balance = ["2024-09-30", "2023-12-31"]
    spans = ["2024-01/2024-09", "2023-01/2023-09"]
    pages = [
        [
            h1("竹澜光电股份有限公司2024年第三季度报告"),
            p("证券代码：000000（示例）　证券简称：竹澜光电　公告日期：2024年10月30日"),
            h2("一、主要财务数据"),
            p("（一）主要会计数据和财务指标"),
            right("单位：元　币种：人民币"),
            Table(
                [
                    ["项目", "本报告期", "本报告期比上年同期增减变动幅度(%)", "年初至报告期末", "年初至报告期末比上年同期增减变动幅度(%)"],
                    line("revenue", "营业收入", "revenue"),
                    line(f"!net_profit #{OWNERS}", "归属于上市公司股东的净利润", "owners_profit"),
                    ["经营活动产生的现金流量净额", "不适用", "不适用",
                     m(shown(nine["operating_flow"][0], 2, "-"), "operating_cash_flow 2024-01/2024-09 CNY"), change(nine["operating_flow"])],
                    [("", 1, 1), "本报告期末", "上年度末", ("本报告期末比上年度末增减变动幅度(%)", 2, 1)],
                    [*total, (change(ends["total_assets"]), 2, 1)],
                    [*owners, (change(ends["owners_equity"]), 2, 1)],
                ],
                [2.4, 1.8, 1.4, 1.8, 1.4],
                rules="grid",
            ),
            p("注：“本报告期”指本季度初至本季度末3个月期间，下同。"),
            h2("二、股东信息"),
            p(f"报告期末普通股股东总数{m('28,614', '!headcount 2024-09-30 people #shareholders', '!shares_outstanding 2024-09-30 million shares*0.000001 #a number of holders')}户。"),
            Table(
                [
                    ["股东名称", "股东性质", "持股数量", "持股比例(%)", "质押股份数量"],
                    ["竹澜控股集团有限公司", "境内非国有法人", "152,400,000", m("31.75", "?founder_share 2024-09-30 ratio*0.01"), "45,000,000"],
                    ["衡陆市国有资本运营有限公司", "国有法人", "57,600,000", m("12.00", "public_stake 2024-09-30 ratio*0.01"), "0"],
                ],
                [3, 1.6, 1.4, 1, 1.4],
                rules="grid",
                left=(0, 1),
            ),
        ],
        [
            h2("四、季度财务报表"),
            p("合并资产负债表　2024年9月30日　编制单位：竹澜光电股份有限公司"),
            right("单位：元　币种：人民币　审计类型：未经审计"),
            Table(
                [["项目", "2024年9月30日", "2023年12月31日"], *rows(m, balance, [*zh_assets(ends), *zh_claims(ends)], "CNY", show)],
                [3, 1.6, 1.6],
                rules="grid",
            ),
        ],
        [
            p("合并利润表　2024年1—9月　编制单位：竹澜光电股份有限公司"),
            right("单位：元　币种：人民币　审计类型：未经审计"),
            Table(
                [["项目", "2024年前三季度（1-9月）", "2023年前三季度（1-9月）"], *rows(m, spans, zh_income(nine), "CNY", show)],
                [3, 1.6, 1.6],
                rules="grid",
            ),
            p("公司负责人：仲屿　主管会计工作负责人：佟砚　会计机构负责人：闻一舟"),
        ],
    ]  # fmt: skip
    return Source("zhulan-2024-q3.pdf", "zh", m, pages, sans=True, size=9)
