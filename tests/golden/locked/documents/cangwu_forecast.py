"""A forecast of results in China: expected intervals against the year that was reported, a correction of an earlier forecast."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, h2, p, right


def source() -> Source:
    """苍梧显示2023年度业绩预告及快报."""
    m = Marks("2024-02-28")
    early = "expected in an earlier forecast"
    pages = [
        [
            h1("苍梧显示科技股份有限公司2023年度业绩快报暨业绩预告修正公告"),
            p("证券简称：苍梧显示　公告编号：2024-011　2024年2月28日"),
            p("本公告所载2023年度的财务数据仅为初步核算数据，未经审计，与年度报告可能存在差异。"),
            h2("一、业绩预告修正情况"),
            p(f"公司于2024年1月30日预计2023年度净亏损{m('2.1', f'!net_loss 2023 CNY*100000000 #{early}')}亿元至{m('2.9', f'!net_loss 2023 CNY*100000000 #{early}')}亿元，营业收入{m('36', f'!revenue 2023 CNY*100000000 #{early}', '?plan_revenue 2023 CNY*100000000')}亿元左右。现修正如下。"),
            h2("二、2023年度主要财务数据和指标"),
            right("单位：人民币万元"),
            Table(
                [
                    ["项目", "本报告期", "上年同期", "增减变动幅度"],
                    ["营业总收入", m("348,216.40", "revenue 2023 CNY*10000"), m("401,552.08", "revenue 2022 CNY*10000"), "-13.28%"],
                    ["营业利润", m("-35,107.62", "operating_profit 2023 CNY*10000"), m("-12,844.19", "operating_profit 2022 CNY*10000"), "不适用"],
                    ["净利润", m("-33,960.25", "net_profit 2023 CNY*10000"), m("-11,238.73", "net_profit 2022 CNY*10000"), "不适用"],
                    ["扣除非经常性损益的净利润", m("-41,205.33", "!net_profit 2023 CNY*10000 #adjusted, leaves out items"), m("-19,870.50", "!net_profit 2022 CNY*10000 #adjusted, leaves out items"), "不适用"],
                    ["", "本报告期末", "上年度末", ""],
                    ["总资产", m("1,206,330.71", "total_assets 2023-12-31 CNY*10000"), m("1,184,902.66", "total_assets 2022-12-31 CNY*10000"), "1.81%"],
                    ["所有者权益合计", m("482,617.09", "equity 2023-12-31 CNY*10000"), m("516,577.34", "equity 2022-12-31 CNY*10000"), "-6.57%"],
                ],
                [2.6, 1.8, 1.8, 1.4],
                rules="grid",
            ),
        ],
        [
            h2("三、经营情况说明"),
            p(f"（1）公司第6代产线现有月产能{m('3.5', 'capacity 2023-12-31 substrates/month*10000')}万片；在建的第8.6代产线设计月产能{m('6', 'plan_capacity 2024-02-28 substrates/month*10000', '!capacity 2023-12-31 substrates/month*10000 #planned')}万片，一期{m('3', 'plan_capacity_first_phase 2024-02-28 substrates/month*10000', '!plan_capacity 2024-02-28 substrates/month*10000 #the first phase alone')}万片。"),
            p(f"（2）截至2023年末公司有息负债合计{m('54.27', 'total_debt 2023-12-31 CNY*100000000')}亿元，其中短期借款{m('18.30', '!total_debt 2023-12-31 CNY*100000000 #one kind of debt')}亿元。"),
            p(f"（3）控股股东苍梧集团累计质押所持公司股份的{m('62.40', 'pledged_share 2023-12-31|2024-02-28 ratio*0.01')}%。"),
            p(f"（4）期末员工总数{m('7,308', 'headcount 2023-12-31 people')}人，较上年末{m('8,115', 'headcount 2022-12-31 people')}人减少{m('9.9', '?headcount_change 2023|2023-12-31 ratio =-0.099')}%。"),
            p(f"（5）2024年公司计划实现营业收入{m('42', 'plan_revenue 2024 CNY*100000000', '!revenue 2024 CNY*100000000 #planned')}亿元。"),
            p(f"（6）可比公司沧屏光电2023年营业收入{m('73.90', '!revenue 2023 CNY*100000000 #of another company')}亿元，净利润{m('2.55', '!net_profit 2023 CNY*100000000 #of another company')}亿元。"),
            right("苍梧显示科技股份有限公司董事会"),
        ],
    ]  # fmt: skip
    return Source("cangwu-forecast-2023.pdf", "zh", m, pages, size=10.5)
