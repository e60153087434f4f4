"""关于股份质押与对外担保的公告：本次与累计、占其所持与占总股本、被担保人的财务数据、日期只在落款（中文数字）."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

DAY = "2024-10-25"
GUARANTEED = "of the company that is guaranteed"


def source() -> Source:
    """松泽精工，两页."""
    m = Marks(DAY)

    def owner(text, kind="", why=""):
        return m(text, f"{kind}founder_share {DAY}|2024-10-24|2024-09-30 ratio*0.01" + (f" #{why}" if why else ""))

    def pledged(text, kind="", why=""):
        return m(text, f"{kind}pledged_share {DAY}|2024-10-24 ratio*0.01" + (f" #{why}" if why else ""))

    now = [
        ["股东名称", "是否为控股股东", "本次质押数量（股）", "占其所持股份比例", "占公司总股本比例", "是否为限售股", "质押起始日", "质权人", "用途"],
        ["松泽投资", "是", "18,000,000", pledged("11.25%", "!", "this pledge alone"), pledged("3.00%", "!", "of all shares, and this pledge alone"), "否", "2024-10-23", "澜城银行", "补充流动资金"],
    ]  # fmt: skip
    every = [
        [("股东名称", 1, 2), ("持股数量（股）", 1, 2), ("持股比例", 1, 2), ("累计质押股份数量（股）", 2, 1), ("占其所持股份比例", 1, 2), ("占公司总股本比例", 1, 2)],
        ["本次质押前", "本次质押后"],
        ["松泽投资", "160,000,000", owner("26.67%"), "94,000,000", "112,000,000", pledged("70.00%"), pledged("18.67%", "!", "of all shares")],
        ["宗佑", "42,600,000", owner("7.10%", "!", "of the person who acts in concert"), "0", "0", "—", "—"],
        ["合计", "202,600,000", owner("33.77%", "?"), "94,000,000", "112,000,000", pledged("55.28%", "?"), pledged("18.67%", "!", "of all shares")],
    ]  # fmt: skip
    figures = [
        ["项目", "2024年9月30日/2024年1-9月（未经审计）", "2023年12月31日/2023年度（经审计）"],
        ["资产总额", m("48,210.77", f"!total_assets 2024-09-30 CNY*10000 #{GUARANTEED}"), m("45,903.18", f"!total_assets 2023-12-31 CNY*10000 #{GUARANTEED}")],
        ["负债总额", m("33,518.40", f"!total_liabilities 2024-09-30 CNY*10000 #{GUARANTEED}"), m("31,006.52", f"!total_liabilities 2023-12-31 CNY*10000 #{GUARANTEED}")],
        ["净资产", m("14,692.37", f"!equity 2024-09-30 CNY*10000 #{GUARANTEED}"), m("14,896.66", f"!equity 2023-12-31 CNY*10000 #{GUARANTEED}")],
        ["营业收入", m("21,340.09", f"!revenue 2024-01/2024-09 CNY*10000 #{GUARANTEED}"), m("30,117.85", f"!revenue 2023 CNY*10000 #{GUARANTEED}")],
        ["净利润", m("-204.29", f"!net_profit 2024-01/2024-09 CNY*10000 #{GUARANTEED}"), m("611.40", f"!net_profit 2023 CNY*10000 #{GUARANTEED}")],
    ]  # fmt: skip
    pages = [
        [
            center("证券代码：000000　　　证券简称：松泽精工　　　公告编号：临2024-061"), h1("松泽精工股份有限公司"),
            h1("关于控股股东部分股份质押及为关联方提供担保的公告"),
            p("本公司董事会及全体董事保证本公告内容不存在任何虚假记载、误导性陈述或者重大遗漏，并对其内容的真实性、准确性和完整性承担法律责任。"),
            h2("重要内容提示："),
            p(f"● 松泽精工股份有限公司（以下简称“公司”）控股股东松泽投资持有公司股份160,000,000股，占公司总股本的{owner('26.67%')}。本次质押后，松泽投资累计质押股份占其所持股份的{pledged('70.00%')}。"),
            h2("一、本次股份质押的基本情况"), Table(now, [1.1, 0.9, 1.3, 1.1, 1.1, 0.8, 1.2, 1, 1.2], rules="grid"),
            h2("二、股东股份累计质押情况"), p("截至本公告披露日，上述股东及其一致行动人累计质押股份情况如下："), Table(every, [1.1, 1.5, 1, 1.4, 1.4, 1.1, 1.1], head=2, rules="grid"),
            p(f"松泽投资未来半年内到期的质押股份数量为40,000,000股，占其所持股份的{pledged('25.00%', '!', 'due within half a year alone')}，对应融资余额为9,600万元；未来一年内到期的质押股份数量为72,000,000股，占其所持股份的{pledged('45.00%', '!', 'due within a year alone')}。"),
        ],
        [
            h2("三、担保情况概述"),
            p(
                f"为支持松泽投资之子公司松泽能源有限公司（以下简称“松泽能源”）的经营，公司拟为其向银行申请的借款提供连带责任保证，本次担保金额为人民币{m('捌仟万元（8,000万元）', f'!related_party_guarantees {DAY} CNY*10000 =8000 #this guarantee alone')}，"
                "担保期限为主债务履行期限届满之日起三年。本次担保构成关联交易，尚需提交股东大会审议。"
            ),
            h2("四、被担保人基本情况"), right("单位：万元"), Table(figures, [1.2, 2.4, 2.4], rules="grid"),
            h2("五、累计对外担保数量"),
            p(
                f"截至本公告披露日，公司及其控股子公司对外担保总额为{m('64,300', f'!related_party_guarantees {DAY} CNY*10000 #all guarantees, most of them for subsidiaries')}万元，占公司最近一期经审计净资产的31.42%；其中公司对控股子公司提供的担保总额为"
                f"{m('49,300', f'!related_party_guarantees {DAY} CNY*10000 #for subsidiaries')}万元；公司对控股股东和实际控制人及其关联人提供的担保总额为{m('15,000', f'related_party_guarantees {DAY}|2024-10|2024 CNY*10000')}万元（含本次）。公司无逾期担保。"
            ),
            h2("六、公司基本财务情况"),
            p(
                f"截至2024年9月30日，公司总资产{m('41.86', 'total_assets 2024-09-30 CNY*100000000')}亿元，负债合计{m('20.97', 'total_liabilities 2024-09-30 CNY*100000000')}亿元；2024年1-9月，公司实现营业收入{m('22.14', 'revenue 2024-01/2024-09 CNY*100000000')}亿元，"
                f"净利润{m('0.93', 'net_profit 2024-01/2024-09 CNY*100000000')}亿元（以上数据未经审计）。"
            ),
            small("注：以上数据如有尾差，均系四舍五入所致。"), p("特此公告。"),
            right("松泽精工股份有限公司董事会"), right("二〇二四年十月二十五日"),
        ],
    ]  # fmt: skip
    return Source("songze-pledge-2024-10.pdf", "zh", m, pages, size=9.5)
