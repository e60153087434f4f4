"""An announcement in China on an investment with a local government: 亿元 beside 万元, phases, duties, the year before."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, h2, p, right


def source() -> Source:
    """珞璞新材对外投资公告."""
    m = Marks("2024-07-11")
    day = "2024-07-11"
    pages = [
        [
            h1("珞璞新材料股份有限公司关于签署项目投资合作协议的公告"),
            p("证券代码：000000（示例）　证券简称：珞璞新材　公告编号：2024-039"),
            h2("重要内容提示"),
            p(
                f"● 投资标的：汀州市高端电池材料生产基地项目，计划总投资约人民币{m('45.8', f'plan_investment {day} CNY*100000000', f'?plan_plant_investment {day} CNY*100000000')}亿元，其中固定资产投资约{m('38.2', f'?plan_plant_investment {day} CNY*100000000', f'!plan_investment {day} CNY*100000000 #fixed assets alone')}亿元。"
            ),
            p("● 风险提示：协议的履行尚需公司股东大会审议，存在不确定性。"),
            h2("一、协议主要内容"),
            p("1. 协议双方：甲方为汀州市人民政府，乙方为珞璞新材料股份有限公司。"),
            p(
                f"2. 建设规模：项目分两期建设，全部达产后年产磷酸锰铁锂正极材料配套电芯{m('20', f'plan_capacity {day} GWh/year', f'!capacity {day} GWh/year #planned')}GWh，其中一期{m('8', f'plan_capacity_first_phase {day}|2026-06|2026 GWh/year', f'!plan_capacity {day} GWh/year #the first phase alone')}GWh，计划于{m('2026年6月', 'plan_production_start 2026-06 flag =true')}投产。"
            ),
            p(f"3. 用地：项目规划用地约{m('620', f'?site_area {day} hectares =41.333333')}亩。"),
            p(
                f"4. 甲方指定汀州产业发展投资有限公司以货币方式对项目公司增资{m('120,000', f'?capital_increase {day} CNY*10000', f'?public_equity {day} CNY*10000', f'?equity_raised {day} CNY*10000', f'?anchor_investment {day} CNY*10000')}万元，取得项目公司{m('30', f'?public_stake {day} ratio*0.01', f'?stake_hefei {day} ratio*0.01', f'?purchased_share {day} ratio*0.01')}%股权，乙方承诺于2030年12月31日前按年化{m('6', f'put_rate {day} ratio*0.01')}%单利回购。"
            ),
            p(
                f"5. 乙方承诺项目公司2027年营业收入不低于{m('52', '?plan_revenue 2027 CNY*100000000', '!revenue 2027 CNY*100000000 #promised')}亿元，在当地新增就业不少于{m('1,800', f'plan_jobs {day}|2027|2027-12-31 jobs', f'!headcount {day} people #promised')}人，年纳税不低于{m('1.5', '!tax_local 2027 CNY*100000000 #promised, not paid')}亿元；未达到的，甲方有权{m('要求退还', f'?clawback_agreed {day} flag =true')}已拨付的补助资金。"
            ),
        ],
        [
            h2("二、投资主体最近一年一期主要财务数据"),
            right("单位：人民币万元"),
            Table(
                [
                    ["项目", "2023年12月31日/2023年度（经审计）", "2024年3月31日/2024年1-3月（未经审计）"],
                    ["资产总额", m("684,215.07", "total_assets 2023-12-31 CNY*10000"), m("701,938.42", "total_assets 2024-03-31 CNY*10000")],
                    ["负债总额", m("352,409.66", "total_liabilities 2023-12-31 CNY*10000"), m("366,120.18", "total_liabilities 2024-03-31 CNY*10000")],
                    ["净资产", m("331,805.41", "equity 2023-12-31 CNY*10000"), m("335,818.24", "equity 2024-03-31 CNY*10000")],
                    ["营业收入", m("298,774.30", "revenue 2023 CNY*10000"), m("71,206.55", "revenue 2024Q1 CNY*10000")],
                    ["净利润", m("-8,340.92", "net_profit 2023 CNY*10000"), m("4,012.83", "net_profit 2024Q1 CNY*10000")],
                ],
                [1.6, 3, 3],
                rules="grid",
            ),
            h2("三、交易对方最近一年主要财务数据（汀州产业发展投资有限公司）"),
            right("单位：人民币亿元"),
            Table(
                [
                    ["项目", "2023年12月31日/2023年度"],
                    *[[label, m(text, f"!{fact} {period} CNY*100000000 #of the other party")] for label, text, fact, period in (
                        ("资产总额", "216.40", "total_assets", "2023-12-31"), ("净资产", "98.75", "equity", "2023-12-31"),
                        ("营业收入", "12.06", "revenue", "2023"), ("净利润", "1.92", "net_profit", "2023"))],
                ],
                [1.6, 3],
                rules="grid",
            ),
            p("特此公告。"),
            right("珞璞新材料股份有限公司董事会　2024年7月11日"),
        ],
    ]  # fmt: skip
    return Source("luopu-investment.pdf", "zh", m, pages, size=10.5)
