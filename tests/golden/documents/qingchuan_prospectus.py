"""Pages of a prospectus in China: three years and a half in ten thousands of yuan, ratios, customers, owners, a new plant."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import zh_assets, zh_cash, zh_claims, zh_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small


def source() -> Source:
    """青川储能招股说明书（申报稿）."""
    m = Marks("2024-09-27")
    b = books(31, [58_412.0, 96_230.0, 61_845.0, 33_207.0], 0.21, digits=2)
    flows = ["2024H1", "2023", "2022", "2021"]
    dates = ["2024-06-30", "2023-12-31", "2022-12-31", "2021-12-31"]
    head = ["项目", "2024年1-6月", "2023年度", "2022年度", "2021年度"]
    heads = ["项目", "2024.06.30", "2023.12.31", "2022.12.31", "2021.12.31"]

    def show(number):
        return shown(number, 2, "-")

    def part(title, lines, columns, heads):
        table = Table([heads, *rows(m, columns, lines, "CNY*10000", show)], [3, 1.4, 1.4, 1.4, 1.4], rules="grid")
        return [p(title), right("单位：万元"), table]

    balance = [line for line in [*zh_assets(b), *zh_claims(b)] if line[0] != "-" or not line[2]]
    owed = [x / y * 100 for x, y in zip(b["total_liabilities"], b["total_assets"], strict=True)]
    gross = [x / y * 100 for x, y in zip(b["gross"], b["revenue"], strict=True)]
    customers = [
        ("北辰电力建设有限公司", 15_206.44, 26.03), ("远澄能源集团", 9_871.20, 16.90), ("沐岚新能源", 4_402.37, 7.54),
    ]  # fmt: skip
    pages = [
        [
            h1("青川储能科技股份有限公司"),
            h1("首次公开发行股票并在科创板上市招股说明书"),
            center(m("（申报稿）", "?listing_filed 2024-09-27|2024-09|2024 flag =true")),
            center("签署日期：2024年9月27日"),
            h2("发行概况"),
            Table(
                [
                    ["发行股票类型", "人民币普通股（A股）"],
                    [
                        "发行股数",
                        f"不超过{m('4,000.00', '!shares_outstanding 2024-09-27 million shares*0.01 #new shares alone')}万股",
                    ],
                    ["每股面值", "人民币1.00元"],
                    [
                        "发行后总股本",
                        f"不超过{m('16,000.00', '!shares_outstanding 2024-09-27 million shares*0.01 #after the offer, not now')}万股",
                    ],
                    ["发行前总股本", f"{m('12,000.00', 'shares_outstanding 2024-09-27 million shares*0.01')}万股"],
                    ["拟上市证券交易所和板块", "上海证券交易所科创板"],
                ],
                [2, 3],
                head=0,
                rules="grid",
                left=(0, 1),
            ),
            p(
                "发行人声明：发行人及全体董事、监事、高级管理人员承诺招股说明书及其他信息披露资料不存在虚假记载、误导性陈述或重大遗漏。"
            ),
        ],
        [
            h2("第六节 财务会计信息与管理层分析"),
            *part("一、合并资产负债表主要数据", balance, dates, heads),
        ],
        [
            *part("二、合并利润表", zh_income(b), flows, head),
            *part(
                "三、合并现金流量表主要数据",
                [ln for ln in zh_cash(b) if "净额" in ln[1] and "处置" not in ln[1]],
                flows,
                head,
            ),
        ],
        [
            p("四、主要财务指标"),
            Table(
                [
                    [
                        "主要财务指标",
                        "2024年6月30日/2024年1-6月",
                        "2023年12月31日/2023年度",
                        "2022年12月31日/2022年度",
                        "2021年12月31日/2021年度",
                    ],
                    *rows(
                        m,
                        ["-"] * 4,
                        [("-", "流动比率（倍）", [1.83, 1.77, 1.61, 1.52]), ("-", "资产负债率（合并）（%）", owed)],
                        "",
                        show,
                    ),
                    *rows(m, flows, [("gross_margin", "综合毛利率（%）", gross)], "ratio*0.01", show),
                    *rows(
                        m,
                        flows,
                        [
                            (
                                "!r_and_d #a share of revenue, no amount",
                                "研发投入占营业收入的比例（%）",
                                [7.42, 6.93, 7.15, 8.02],
                            )
                        ],
                        "CNY",
                        show,
                    ),
                ],
                [2.4, 1.6, 1.6, 1.6, 1.6],
                rules="grid",
            ),
            p("五、报告期内前五大客户销售情况（2024年1-6月）"),
            right("单位：万元"),
            Table(
                [
                    ["序号", "客户名称", "销售金额", "占营业收入比例"],
                    *[
                        [
                            str(i),
                            name,
                            m(f"{sold:,.2f}", "!revenue 2024H1 CNY*10000 #of one customer alone"),
                            m(
                                f"{share}%",
                                *(
                                    ["largest_customer_share 2024H1|2024-06-30 ratio*0.01"]
                                    if i == 1
                                    else [f"!largest_customer_share 2024H1 ratio*0.01 #customer {i}, not the largest"]
                                ),
                                "?customer_share 2024H1|2024-06-30 ratio*0.01",
                            ),
                        ]
                        for i, (name, sold, share) in enumerate(customers, 1)
                    ],
                    [
                        ("合计", 2, 1),
                        m("29,480.01", "!revenue 2024H1 CNY*10000 #of three customers alone"),
                        m("50.47%", "!largest_customer_share 2024H1 ratio*0.01 #several customers together"),
                    ],
                ],
                [0.6, 3, 1.5, 1.5],
                rules="grid",
                left=(1,),
            ),
            small("注：受同一实际控制人控制的客户合并列示。"),
        ],
        [
            h2("第四节 发行人基本情况"),
            p("一、本次发行前的股东情况"),
            Table(
                [
                    ["序号", "股东名称", "持股数量（万股）", "持股比例", "备注"],
                    [
                        "1",
                        "祁述",
                        m("4,536.00", "!shares_outstanding 2024-09-27 million shares*0.01 #of one owner"),
                        m("37.80%", "founder_share 2024-09-27 ratio*0.01"),
                        "控股股东、实际控制人、创始人",
                    ],
                    [
                        "2",
                        "青川员工持股平台（有限合伙）",
                        "1,560.00",
                        m("13.00%", "!founder_share 2024-09-27 ratio*0.01 #of employees"),
                        "—",
                    ],
                    [
                        "3",
                        "梧州市产业投资基金（SS）",
                        "1,200.00",
                        m(
                            "10.00%",
                            "public_stake 2024-09-27 ratio*0.01",
                            "!founder_share 2024-09-27 ratio*0.01 #of a public fund",
                        ),
                        "国有股东",
                    ],
                    ["4", "其他股东（共11名）", "4,704.00", "39.20%", "—"],
                    [
                        ("合计", 2, 1),
                        m("12,000.00", "shares_outstanding 2024-09-27 million shares*0.01"),
                        "100.00%",
                        "",
                    ],
                ],
                [0.6, 3, 1.6, 1.2, 2.4],
                rules="grid",
                left=(1, 4),
            ),
            p(
                f"二、截至2024年6月30日，公司员工总数为{m('1,073', 'headcount 2024-06-30 people')}人，其中研发人员{m('268', '!headcount 2024-06-30 people #in research alone')}人；拥有已授权专利{m('152', 'patents 2024-06-30 count')}项。"
            ),
            h2("第七节 募集资金运用"),
            p(
                f"本次募集资金投资项目为“梧州储能系统产业基地”，计划总投资{m('18.60', 'plan_investment 2024-09-27 CNY*100000000', '?plan_plant_investment 2024-09-27 CNY*100000000')}亿元，全部建成后新增年产能{m('12', 'plan_capacity 2024-09-27|2026H2|2026 GWh/year', '!capacity 2024-09-27 GWh/year #planned')}GWh，"
                f"其中一期{m('5', 'plan_capacity_first_phase 2024-09-27|2026H2|2026 GWh/year', '!plan_capacity 2024-09-27 GWh/year #the first phase alone')}GWh，预计{m('2026年下半年', 'plan_production_start 2026H2 flag =true')}投产；项目达产后预计年销售收入{m('31.50', '?plan_revenue 2024-09-27 CNY*100000000', '!revenue 2024 CNY*100000000 #expected, not reached')}亿元。公司现有产能为{m('6.5', 'capacity 2024-06-30|2024-09-27 GWh/year')}GWh/年。"
            ),
        ],
    ]
    return Source("qingchuan-prospectus.pdf", "zh", m, pages)
