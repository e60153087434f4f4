"""A page of the web in Chinese on a quarter: 亿元, 万元 for a unit price, guidance, adjusted loss, cumulative deliveries."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, h2, p


def source() -> Source:
    """凌川汽车2024年第三季度业绩."""
    m = Marks("2024-11-19")

    def line(label, fact, texts, unit):
        kind, _, why = fact.partition("#")
        return [
            label,
            *[
                m(t, f"{kind.strip()} {q} {unit}" + (f" #{why}" if why else ""))
                for t, q in zip(texts, ("2024Q3", "2024Q2", "2023Q3"), strict=True)
            ],
        ]

    page = [
        h1("凌川汽车公布2024年第三季度未经审计财务业绩"),
        p("2024年11月19日"),
        h2("业绩要点"),
        p(f"第三季度共交付新车{m('4.62', 'deliveries 2024Q3 vehicles*10000')}万辆，同比增长16.3%；前三季度累计交付{m('12.08', 'deliveries 2024-01/2024-09 vehicles*10000')}万辆。截至2024年10月31日，历史累计交付{m('486,215', 'cumulative_deliveries 2024-10-31 vehicles')}辆。"),
        p("除特别说明外，下表金额单位为人民币亿元。"),
        Table(
            [
                ["", "2024年第三季度", "2024年第二季度", "2023年第三季度"],
                line("营业收入总额", "revenue", ["101.0", "81.1", "85.3"], "CNY*100000000"),
                line("其中：汽车销售收入", "vehicle_sales", ["88.0", "68.2", "78.4"], "CNY*100000000"),
                line("毛利润", "gross_profit", ["15.4", "11.3", "（2.3）"], "CNY*100000000"),
                line("毛利率", "gross_margin", ["15.3%", "14.0%", "－2.7%"], "ratio*0.01"),
                line("汽车毛利率", "vehicle_margin", ["8.6%", "6.4%", "－6.1%"], "ratio*0.01"),
                line("研发费用", "r_and_d", ["16.3", "14.7", "13.1"], "CNY*100000000"),
                line("销售、一般及行政费用", "sga", ["16.3", "15.7", "16.9"], "CNY*100000000"),
                line("净亏损", "net_loss", ["18.1", "12.8", "38.9"], "CNY*100000000"),
                line("非公认会计准则净亏损", "!net_loss #adjusted, leaves out costs", ["15.3", "12.2", "27.9"], "CNY*100000000"),
            ],
            [2.4, 1.4, 1.4, 1.4],
            rules="grid",
        ),
        p(f"截至2024年9月30日，现金及现金等价物、受限制现金、短期投资及定期存款合计{m('357.5', '!cash 2024-09-30 CNY*100000000 #with restricted cash, investments and deposits', '?cash_and_short_term_investments 2024-09-30 CNY*100000000')}亿元。"),
        h2("业务展望"),
        p(
            f"公司预计2024年第四季度汽车交付量为{m('8.7', '?delivery_guidance 2024Q4 vehicles*10000', '!deliveries 2024Q4 vehicles*10000 #guidance')}万至{m('9.1', '?delivery_guidance 2024Q4 vehicles*10000', 'delivery_guidance 2024Q4 vehicles*10000 =8.7~9.1', '!deliveries 2024Q4 vehicles*10000 #guidance')}万辆，"
            f"总收入为人民币{m('153', '?plan_revenue 2024Q4 CNY*100000000', '!revenue 2024Q4 CNY*100000000 #guidance')}亿元至{m('162', '?plan_revenue 2024Q4 CNY*100000000', 'plan_revenue 2024Q4 CNY*100000000 =153~162', '!revenue 2024Q4 CNY*100000000 #guidance')}亿元。"
        ),
        p(f"新车型“凌川K5”起售价{m('11.98', '?list_price 2024-11-19|2024|2024-11 CNY*10000', '!unit_price 2024 CNY*10000 #a list price')}万元。"),
    ]  # fmt: skip
    return Source("lingchuan-2024-q3.html", "zh", m, [page], title="凌川汽车2024年第三季度业绩")
