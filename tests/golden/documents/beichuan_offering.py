"""债券募集说明书：有息债务结构、前五大客户三年一期、股东、续表、拟发行规模、假设发行后的科目变化."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

SPANS = ["2024H1", "2023", "2022"]
PRO_FORMA = "as if the bonds had been issued"


def source() -> Source:
    """北川装备 2024年公司债券募集说明书（第一期），四页."""
    m = Marks("2024-09-11")
    ten = "CNY*10000"

    def line(label, fact, values, why=""):
        cells = [label]
        for span, value in zip(SPANS, values, strict=True):
            said = f"{fact} {span} {ten}" + (f" #{why}" if why else "")
            cells.append(m(value, said) if fact and value[-1].isdigit() else value)
        return cells

    def debts(label, rows, whole=False):
        why = "" if whole else "one kind of debt, not all debt"
        cells = [label]
        for place, value in enumerate(rows):
            if place % 2 or value == "-":
                cells.append(value)
                continue
            span = ("2024-06-30", "2023-12-31")[place // 2]
            cells.append(m(value, f"total_debt {span} {ten}" if whole else f"!total_debt {span} {ten} #{why}"))
        return cells

    def buyer(number, name, sales, share, year, tied="否"):
        first = number == "1"
        said = [f"largest_customer_share {year} ratio*0.01", f"?customer_share {year} ratio*0.01"] if first else [
            f"?customer_share {year} ratio*0.01", f"!largest_customer_share {year} ratio*0.01 #not the largest"
        ]  # fmt: skip
        return [number, name, m(sales, f"!revenue {year} {ten} #of one customer alone"), m(share, *said), tied]

    def five(sales, share, year):
        of = "of five customers together"
        return [
            ("合计", 2, 1), m(sales, f"!revenue {year} {ten} #{of}"),
            m(share, f"!largest_customer_share {year} ratio*0.01 #{of}"), "",
        ]  # fmt: skip

    key = [
        ["项目", "2024年6月末/1-6月", "2023年末/度", "2022年末/度"],
        line("总资产", "total_assets", ["1,286,340.55", "1,241,908.71", "1,103,277.94"]),
        line("总负债", "total_liabilities", ["791,206.18", "755,412.30", "640,155.82"]),
        line("所有者权益", "equity", ["495,134.37", "486,496.41", "463,122.12"]),
        line("营业总收入", "revenue", ["402,771.26", "823,095.44", "790,318.07"]),
        line("利润总额", "!net_profit", ["11,208.33", "30,917.60", "38,446.25"], "before tax"),
        line("净利润", "net_profit", ["9,141.80", "25,604.19", "31,870.96"]),
        line("归属于母公司所有者的净利润", "!net_profit", ["8,330.02", "23,118.54", "29,047.71"], "of the owners of the parent alone"),
        line("扣除非经常性损益后净利润", "!net_profit", ["6,907.44", "18,230.90", "26,551.38"], "without extraordinary items"),
        line("经营活动产生的现金流量净额", "operating_cash_flow", ["-21,560.73", "44,318.25", "51,902.66"]),
        line("投资活动产生的现金流量净额", "!operating_cash_flow", ["-30,114.87", "-88,720.40", "-61,335.19"], "of investing"),
        ["流动比率（倍）", "1.31", "1.34", "1.42"],
        ["资产负债率（%）", "61.51", "60.83", "58.02"],
    ]  # fmt: skip
    debt = [
        [("项目", 1, 2), ("2024年6月末", 2, 1), ("2023年末", 2, 1)], ["金额", "占比", "金额", "占比"],
        debts("短期借款", ["148,220.00", "33.30%", "139,500.00", "33.45%"]),
        debts("一年内到期的非流动负债", ["62,415.72", "14.02%", "58,330.16", "13.99%"]),
        debts("长期借款", ["184,506.38", "41.45%", "169,214.90", "40.58%"]),
        debts("应付债券", ["50,000.00", "11.23%", "50,000.00", "11.99%"]),
        debts("合计", ["445,142.10", "100.00%", "417,045.06", "100.00%"], whole=True),
    ]  # fmt: skip
    owners = [
        ["序号", "股东名称", "出资额（万元）", "持股比例"],
        ["1", "北川市国有资本投资运营有限公司", "93,600.00", m("52.00%", "?founder_share 2024-06-30|2024-09-11 ratio*0.01", "public_stake 2024-06-30|2024-09-11|2024 ratio*0.01")],
        ["2", "北川装备员工持股平台（有限合伙）", "27,000.00", m("15.00%", "!founder_share 2024-06-30 ratio*0.01 #of employees", "!public_stake 2024-06-30 ratio*0.01 #of employees")],
        ["3", "臻远资本管理有限公司", "59,400.00", m("33.00%", "!founder_share 2024-06-30 ratio*0.01 #of a fund", "!public_stake 2024-06-30 ratio*0.01 #of a private fund")],
        [("合计", 2, 1), "180,000.00", "100.00%"],
    ]  # fmt: skip
    head = ["序号", "客户名称", "销售金额", "占营业收入比例", "是否关联方"]
    change = [
        ["项目", "2024年6月30日", "发行后（模拟）", "模拟变动额"],
        ["流动资产合计", m("603,918.24", f"current_assets 2024-06-30 {ten}"), m("653,918.24", f"!current_assets 2024-06-30 {ten} #{PRO_FORMA}"), "50,000.00"],
        ["资产总计", m("1,286,340.55", f"?total_assets 2024-06-30 {ten}"), m("1,336,340.55", f"!total_assets 2024-06-30 {ten} #{PRO_FORMA}"), "50,000.00"],
        ["流动负债合计", m("461,006.29", f"current_liabilities 2024-06-30 {ten}"), m("411,006.29", f"!current_liabilities 2024-06-30 {ten} #{PRO_FORMA}"), "-50,000.00"],
        ["负债合计", m("791,206.18", f"?total_liabilities 2024-06-30 {ten}"), m("841,206.18", f"!total_liabilities 2024-06-30 {ten} #{PRO_FORMA}"), "50,000.00"],
    ]  # fmt: skip
    pages = [
        [
            h1("北川装备集团有限公司"), h1("2024年面向专业投资者公开发行公司债券（第一期）募集说明书"),
            Table(
                [["注册金额", "人民币20亿元"], ["本期发行金额", f"不超过人民币{m('10', '!total_debt 2024-09-11 CNY*100000000 #to be issued', '!equity_raised 2024-09-11 CNY*100000000 #a bond')}亿元（含10亿元）"], ["增信情况", "无担保"], ["主体信用评级", "AA+"], ["主承销商", "嘉翼证券有限责任公司"]],
                [1.4, 3], head=0, rules="grid", left=(0, 1),
            ),
            center("签署日期：2024年9月11日"),
            h2("重大事项提示"),
            p(f"一、截至2024年6月末，发行人有息债务余额为{m('44.51', '?total_debt 2024-06-30 CNY*100000000')}亿元，其中一年内到期的有息债务为{m('21.06', '!total_debt 2024-06-30 CNY*100000000 #due within a year')}亿元，占比47.32%。"),
            p(f"二、截至2024年6月末，发行人受限资产账面价值合计{m('18.77', '!total_assets 2024-06-30 CNY*100000000 #pledged or locked')}亿元，主要为银行承兑汇票保证金和用于抵押的房屋建筑物。"),
        ],
        [
            h2("第四节　发行人基本情况"), p("（一）发行人股权结构"), p("截至2024年6月末，发行人股东及持股比例如下："), Table(owners, [0.7, 3, 1.6, 1.2], rules="grid", left=(1,)),
            p("（二）报告期内主要财务数据和指标"), right("单位：万元"), Table(key, [2.6, 1.8, 1.6, 1.6], rules="grid"),
            small("注：2024年1-6月财务数据未经审计，未经年化处理。"),
        ],
        [
            p("（三）主要客户情况"), p("最近一年及一期，发行人前五大客户（节选）如下："), right("单位：万元"),
            Table(
                [head, [("2024年1-6月", 5, 1)], buyer("1", "远岫重工有限公司", "58,603.22", "14.55%", "2024H1"), buyer("2", "南桐矿业股份有限公司", "31,376.88", "7.79%", "2024H1"), five("141,050.49", "35.02%", "2024H1")],
                [0.7, 3, 1.6, 1.6, 1.2], rules="grid", left=(1,),
            ),
            p("（四）员工情况"),
            p(f"截至2024年6月末，发行人合并口径在职员工共{m('7,352', 'headcount 2024-06-30 people')}人，其中硕士及以上{m('488', '!headcount 2024-06-30 people #some of them')}人。"),
        ],
        [
            right("北川装备集团有限公司　募集说明书"), p("（续表）"),
            Table(
                [head, [("2023年度", 5, 1)], buyer("1", "南桐矿业股份有限公司", "101,405.36", "12.32%", "2023"), buyer("2", "北川城建机械租赁有限公司", "86,260.40", "10.48%", "2023", "是"), five("304,874.55", "37.04%", "2023")],
                [0.7, 3, 1.6, 1.6, 1.2], rules="grid", left=(1,),
            ),
            h2("第五节　发行人主要财务情况"), p("（六）有息债务分析"), right("单位：万元"), Table(debt, [2.4, 1.6, 1, 1.6, 1], head=2, rules="grid"),
            p("（七）发行公司债券后发行人资产负债结构的变化"), p("假设本期债券募集资金净额为10亿元，其中5亿元用于偿还流动负债、5亿元用于补充流动资金，不考虑融资过程中产生的费用："), right("单位：万元"), Table(change, [2, 1.8, 1.8, 1.6], rules="grid"),
        ],
    ]  # fmt: skip
    return Source("beichuan-offering-2024.pdf", "zh", m, pages, sans=True, size=10)
