"""回复函，三页扫描件：行文中的数字、客户和供应商表、担保和产能，页眉是交易所来函的日期，落款才是回函的日期."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, center, h1, h2, p, right

FIVE = "of five together"


def source() -> Source:
    """新禾传感 关于问询事项的回复."""
    m = Marks("2024-05-24")

    def one(text, year, first, side="customer"):
        if first:
            return m(text, f"largest_{side}_share {year} ratio*0.01", f"?{side}_share {year} ratio*0.01")
        return m(text, f"?{side}_share {year} ratio*0.01", f"!largest_{side}_share {year} ratio*0.01 #not the largest")

    def sum_of(text, year, side="customer"):
        return m(text, f"!largest_{side}_share {year} ratio*0.01 #{FIVE}")

    def bought(text, year):
        return m(text, f"!revenue {year} CNY*10000 #of one customer alone")

    customers = [
        ["序号", "客户名称", "2023年销售额", "占比", "2022年销售额", "占比"],
        ["1", "客户甲", bought("18,204.66", "2023"), one("34.71%", "2023", True), bought("9,806.12", "2022"), one("19.94%", "2022", False)],
        ["2", "客户乙", bought("6,117.30", "2023"), one("11.66%", "2023", False), bought("12,440.05", "2022"), one("25.29%", "2022", True)],
        ["3", "客户丙", bought("2,985.41", "2023"), one("5.69%", "2023", False), "—", "—"],
        [("合　计", 2, 1), bought("27,307.37", "2023"), sum_of("52.06%", "2023"), bought("22,246.17", "2022"), sum_of("45.23%", "2022")],
    ]  # fmt: skip
    pages = [
        [
            right("贵部2024年5月10日《关于新禾传感2023年年报的问询函》收悉"), h1("新禾传感技术股份有限公司"), h1("关于问询事项的回复"),
            h2("问题一、关于营业收入与客户集中"),
            p(
                f"回复：公司2023年实现营业收入{m('5.245', 'revenue 2023 CNY*100000000')}亿元，较2022年的{m('4.918', 'revenue 2022 CNY*100000000')}亿元增长6.65%；"
                f"实现净利润{m('3,116.08', 'net_profit 2023 CNY*10000')}万元，其中归属于母公司股东的净利润{m('2,874.55', '!net_profit 2023 CNY*10000 #of the owners of the parent alone')}万元。"
                f"综合毛利率为{m('27.36%', 'gross_margin 2023 ratio*0.01')}，上年为{m('29.02%', 'gross_margin 2022 ratio*0.01')}，下降1.66个百分点；"
                f"其中传感器业务毛利率为{m('31.80%', '!gross_margin 2023 ratio*0.01 #of one business alone')}。"
            ),
            p("公司主要客户的销售情况如下（单位：万元）："),
            Table(customers, [0.7, 1.6, 1.8, 1.2, 1.8, 1.2], rules="grid", left=(1,)),
            p("客户甲与公司、公司控股股东及董事、监事、高级管理人员不存在关联关系。"),
        ],
        [
            h2("问题二、关于采购、产能与在手订单"),
            p(
                f"回复：1、2023年公司向前五名供应商采购额占采购总额的{sum_of('48.13%', '2023', 'supplier')}，其中第一大供应商占{one('21.07%', '2023', True, 'supplier')}。"
                f"向关联方采购额占采购总额的{m('3.32%', '!largest_supplier_share 2023 ratio*0.01 #of related parties', '?supplier_share 2023 ratio*0.01')}。"
            ),
            p("2、报告期各年公司压力传感器的产能、产量、销量如下："),
            Table(
                [
                    ["项　　目", "2023年", "2022年"],
                    ["产能（万只/年）", m("4,200", "capacity 2023-12-31 units/year*10000", "?local_plant_capacity 2023-12-31 units/year*10000"), m("3,600", "capacity 2022-12-31 units/year*10000", "?local_plant_capacity 2022-12-31 units/year*10000")],
                    ["产量（万只）", m("3,741.5", "output 2023 units*10000"), m("3,308.2", "output 2022 units*10000")],
                    ["销量（万只）", m("3,690.8", "deliveries 2023 units*10000"), m("3,275.9", "deliveries 2022 units*10000")],
                    ["产能利用率", m("89.08%", "!capacity_use 2023 ratio*0.01 #of the company, not of the sector"), m("91.89%", "!capacity_use 2022 ratio*0.01 #of the company, not of the sector")],
                ],
                [2, 1.5, 1.5], rules="grid",
            ),
            p(
                f"3、募投项目达产后，公司将新增年产能{m('2,800', '?plan_capacity 2026 units/year*10000', '!capacity 2023-12-31 units/year*10000 #planned and added')}万只，项目总投资{m('3.62', 'plan_investment 2024-05-24|2024|2023 CNY*100000000', '?plan_plant_investment 2024-05-24|2024 CNY*100000000')}亿元，"
                f"截至2023年末已累计投入{m('1.87', 'invested_to_date 2023-12-31 CNY*100000000')}亿元。"
            ),
            p(f"4、截至2024年4月30日，公司在手订单{m('1,164', 'orders 2024-04-30 units*10000')}万只。"),
            p(f"5、截至2023年12月31日，公司在职员工{m('1,093', 'headcount 2023-12-31 people')}人，其中研发人员{m('214', '!headcount 2023-12-31 people #in research alone')}人；已取得授权专利{m('187', 'patents 2023-12-31|2024-05-24 count')}项。"),
        ],
        [
            h2("问题三、关于对外担保与股份质押"),
            p(
                f"回复：截至本回复出具日，公司及控股子公司对外担保余额合计{m('24,500.00', '!related_party_guarantees 2024-05-24 CNY*10000 #all guarantees, most of them for subsidiaries')}万元，其中为控股股东及其关联方提供的担保余额为"
                f"{m('6,000.00', 'related_party_guarantees 2024-05-24|2024-05|2024|2023-12-31 CNY*10000')}万元；公司为控股子公司提供担保{m('18,500.00', '!related_party_guarantees 2024-05-24 CNY*10000 #for subsidiaries')}万元，占公司最近一期经审计净资产的17.90%。"
            ),
            p(
                f"控股股东新禾投资持有公司{m('29.86%', 'founder_share 2024-05-24|2023-12-31|2024-03-31 ratio*0.01')}的股份，累计质押其所持股份的{m('45.50%', 'pledged_share 2024-05-24|2023-12-31|2024-03-31 ratio*0.01')}；"
                f"司法冻结股份占其所持股份的{m('3.15%', 'frozen_share 2024-05-24|2024-05|2024|2023-12-31 ratio*0.01', '!pledged_share 2024-05-24 ratio*0.01 #frozen, not pledged')}。"
            ),
            p(f"公司作为被告的未决诉讼共{m('2', '?litigation_open 2024-05-24|2024-05|2024|2023-12-31 count')}起，涉案金额合计{m('1,208.77', 'litigation_claims 2024-05-24|2024-05|2023-12-31 CNY*10000')}万元。"),
            p(f"截至2023年12月31日，公司资产总额为{m('128,436.90', 'total_assets 2023-12-31 CNY*10000')}万元，负债总额为{m('25,083.42', 'total_liabilities 2023-12-31 CNY*10000')}万元，净资产为{m('103,353.48', 'equity 2023-12-31 CNY*10000')}万元，货币资金为{m('16,902.15', 'cash 2023-12-31 CNY*10000')}万元。"),
            p("特此回复。"), center("（本页以下无正文）"), right("新禾传感技术股份有限公司（公章）"), right("二〇二四年五月二十四日"),
        ],
    ]  # fmt: skip
    return Source("xinhe-reply-2024.pdf", "zh", m, pages, scan=Scan(dpi=130, tilt=(-1.2, 0.7, 1.8)), size=11)
