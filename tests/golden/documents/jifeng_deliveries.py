"""A Word announcement on deliveries and capacity in Chinese: figures of full width, 万辆 beside 辆, a joint venture beside."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, h2, p, right


def source() -> Source:
    """霁风汽车2024年11月产销快报."""
    m = Marks("2024-12-05")
    pages = [
        [
            h1("霁风汽车股份有限公司2024年11月产销快报"),
            p("证券简称：霁风汽车　　公告编号：2024-067"),
            p("本公司董事会及全体董事保证本公告内容不存在任何虚假记载、误导性陈述或者重大遗漏。"),
            p("霁风汽车股份有限公司2024年11月产销情况如下："),
            right("单位：辆"),
            Table(
                [
                    [("项目", 1, 2), ("产量", 4, 1), ("交付量", 4, 1)],
                    ["本月", "去年同期", "本年累计", "累计同比", "本月", "去年同期", "本年累计", "累计同比"],
                    ["新能源乘用车", *[m(t, f"!output {period} vehicles #one kind alone") for t, period in (("９，２０６", "2024-11"), ("7,118", "2023-11"), ("８１，３３４", "2024-01/2024-11"))], "22.36%",
                     *[m(t, f"!deliveries {period} vehicles #one kind alone") for t, period in (("８，９４７", "2024-11"), ("7,025", "2023-11"), ("７９，８１０", "2024-01/2024-11"))], "20.91%"],
                    ["新能源商用车", "1,012", "987", "10,205", "3.18%", "1,044", "1,003", "10,118", "2.77%"],
                    ["合计", *[m(t, f"output {period} vehicles") for t, period in (("１０，２１８", "2024-11"), ("8,105", "2023-11"), ("９１，５３９", "2024-01/2024-11"))], "19.88%",
                     *[m(t, f"deliveries {period} vehicles") for t, period in (("９，９９１", "2024-11"), ("8,028", "2023-11"), ("８９，９２８", "2024-01/2024-11"))], "18.54%"],
                ],
                [2, 1, 1, 1.2, 1, 1, 1, 1.2, 1],
                head=2,
                rules="grid",
            ),
            p(f"截至2024年11月30日，公司累计交付新车{m('３１．６', 'cumulative_deliveries 2024-11-30 vehicles*10000')}万辆。"),
            p(f"合营公司霁洋汽车有限公司2024年11月销量为{m('3,402', '!deliveries 2024-11 vehicles #of a joint venture')}辆，未计入上表。"),
        ],
        [
            h2("产能及员工情况"),
            p(
                f"公司现有整车年产能{m('１２', 'capacity 2024-11-30 vehicles/year*10000')}万辆；洛川二期工厂规划年产能{m('８', '?plan_capacity 2024-12-05|2026Q3|2026 vehicles/year*10000', '!capacity 2024-11-30 vehicles/year*10000 #planned')}万辆，预计{m('2026年第三季度', 'plan_production_start 2026Q3 flag =true')}投产。"
                f"截至2024年11月30日，公司在职员工{m('６，８４２', 'headcount 2024-11-30 people')}人。"
            ),
            p(f"公司2024年全年交付目标为{m('１０', 'delivery_guidance 2024 vehicles*10000', '?plan_deliveries 2024 vehicles*10000', '!deliveries 2024 vehicles*10000 #a target')}万辆，该目标不构成业绩承诺。"),
            p("特别提示：上述数据未经审计，最终数据以定期报告为准。"),
            p("霁风汽车股份有限公司董事会"),
            right("二〇二四年十二月五日"),
        ],
    ]  # fmt: skip
    return Source("jifeng-deliveries-2024-11.docx", "zh", m, pages, size=10.5)
