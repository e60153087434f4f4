"""Pages of a prospectus in China, scanned and tilted: ten thousands of yuan, three years, ratios, owners."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import zh_assets, zh_claims, zh_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, h2, p, right


def source() -> Source:
    """鸢阳医疗招股书，三页扫描件."""
    m = Marks("2022-06-10")
    b = books(131, [34_812.0, 26_507.0, 19_144.0], 0.58, research=0.15, selling=0.18, digits=2, minority=0.0)

    def show(number):
        return shown(number, 2, "-")

    dates, spans = ["2021-12-31", "2020-12-31", "2019-12-31"], ["2021", "2020", "2019"]
    heads = ["项目", "2021年12月31日", "2020年12月31日", "2019年12月31日"]
    balance = [line for line in [*zh_assets(b), *zh_claims(b, False)] if line[0] != "-"]
    gross = [x / y * 100 for x, y in zip(b["gross"], b["revenue"], strict=True)]
    pages = [
        [
            p("鸢阳医疗器械股份有限公司　　　　　　　　　　　　　　　　　　　　招股说明书（2022年6月10日签署）"),
            h2("（一）资产负债表主要数据"),
            right("单位：万元"),
            Table([heads, *rows(m, dates, balance, "CNY*10000", show)], [2.6, 1.6, 1.6, 1.6], rules="grid"),
        ],
        [
            p("鸢阳医疗器械股份有限公司　　　　　　　　　　　　　　　　　　　　招股说明书"),
            h2("（二）利润表"),
            right("单位：万元"),
            Table(
                [["项目", "2021年度", "2020年度", "2019年度"], *rows(m, spans, zh_income(b, False), "CNY*10000", show)],
                [2.6, 1.6, 1.6, 1.6],
                rules="grid",
            ),
            h2("（三）主要财务指标"),
            Table(
                [
                    ["项目", "2021年度", "2020年度", "2019年度"],
                    *rows(m, spans, [("gross_margin", "主营业务毛利率（%）", gross)], "ratio*0.01", show),
                    ["研发投入占营业收入比例（%）", "14.93", "15.86", "15.20"],
                ],
                [2.6, 1.6, 1.6, 1.6],
                rules="grid",
            ),
        ],
        [
            p("鸢阳医疗器械股份有限公司　　　　　　　　　　　　　　　　　　　　招股说明书"),
            h2("（四）股本、员工及客户情况"),
            p(
                f"本次发行前公司总股本为{m('7,500.00', 'shares_outstanding 2022-06-10 million shares*0.01')}万股，实际控制人殷漱直接持有{m('46.25', 'founder_share 2022-06-10 ratio*0.01')}%的股份。"
            ),
            p(
                f"截至2021年12月31日，公司员工人数为{m('812', 'headcount 2021-12-31 people')}人，其中生产人员{m('355', '!headcount 2021-12-31 people #in production alone')}人、研发人员{m('174', '!headcount 2021-12-31 people #in research alone')}人。"
            ),
            p(
                f"2021年度，公司对第一大客户的销售收入占营业收入的{m('9.86', 'largest_customer_share 2021 ratio*0.01', '?customer_share 2021 ratio*0.01')}%，对前五大客户合计占{m('33.17', '!largest_customer_share 2021 ratio*0.01 #five customers together')}%。"
            ),
            h2("（五）募集资金用途"),
            Table(
                [
                    ["项目名称", "投资总额（万元）", "拟使用募集资金（万元）"],
                    [
                        "医用影像设备产业化项目",
                        m("52,300.00", "!plan_investment 2022-06-10 CNY*10000 #one of two projects"),
                        "50,000.00",
                    ],
                    [
                        "研发中心建设项目",
                        m("18,460.00", "!plan_investment 2022-06-10 CNY*10000 #one of two projects"),
                        "18,000.00",
                    ],
                    [
                        "合计",
                        m("70,760.00", "?plan_investment 2022-06-10 CNY*10000"),
                        m(
                            "68,000.00",
                            "!equity_raised 2022 CNY*10000 #hoped for, not raised",
                            "!plan_investment 2022-06-10 CNY*10000 #a part",
                        ),
                    ],
                ],
                [2.6, 1.6, 1.8],
                rules="grid",
            ),
        ],
    ]
    return Source("yuanyang-prospectus-2022.pdf", "zh", m, pages, scan=Scan(dpi=150, tilt=(-1.4, 1.1, -0.6)), size=10)
