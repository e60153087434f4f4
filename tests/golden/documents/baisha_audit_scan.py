"""Statements as a Chinese auditor binds them, scanned in black and white: assets beside liabilities, numbers of lines."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import zh_assets, zh_claims, zh_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, center, h1, p, right


def source() -> Source:
    """白沙精密审计报告，三页扫描件."""
    m = Marks("2023-04-21")
    b = books(71, [21_304_118, 18_960_227], 0.19, digits=2, minority=0.0)

    def show(number):
        return shown(number, 2, "-")

    def numbered(made, first):
        return [[row[0], "" if row[1] == "" else str(first + i), *row[1:]] for i, row in enumerate(made)]

    left = numbered(rows(m, ["2022", "2021"], zh_assets(b), "CNY", show), 1)
    held = rows(m, ["2022", "2021"], zh_claims(b, False), "CNY", show)
    other = numbered(held, 15)
    height = max(len(left), len(other))
    empty = [""] * 4
    two = [
        [*a, *c]
        for a, c in zip(left + [empty] * (height - len(left)), other + [empty] * (height - len(other)), strict=True)
    ]
    pages = [
        [
            h1("审 计 报 告"),
            right("衡明审字〔2023〕第0418号"),
            p("白沙精密机械有限公司全体股东："),
            p("一、审计意见"),
            p(
                "我们审计了白沙精密机械有限公司（以下简称“贵公司”）财务报表，包括2022年12月31日的资产负债表，2022年度的利润表以及财务报表附注。"
                "我们认为，后附的财务报表在所有重大方面按照企业会计准则的规定编制，公允反映了贵公司2022年12月31日的财务状况以及2022年度的经营成果。"
            ),
            p("二、形成审计意见的基础"),
            p(
                "我们按照中国注册会计师审计准则的规定执行了审计工作。我们相信，我们获取的审计证据是充分、适当的，为发表审计意见提供了基础。"
            ),
            right("衡明会计师事务所（普通合伙）"),
            right("二〇二三年四月二十一日"),
        ],
        [
            h1("资 产 负 债 表"),
            center("2022年12月31日"),
            right("编制单位：白沙精密机械有限公司　　　　　　　　　　　　金额单位：人民币元"),
            Table(
                [["资产", "行次", "期末数", "年初数", "负债及所有者权益", "行次", "期末数", "年初数"], *two],
                [2.5, 0.6, 1.9, 1.9, 2.5, 0.6, 1.9, 1.9],
                rules="grid",
                left=(0, 4),
            ),
        ],
        [
            h1("利 润 表"),
            center("2022年度"),
            right("编制单位：白沙精密机械有限公司　　　　　　　　　　　　金额单位：人民币元"),
            Table(
                [
                    ["项目", "行次", "本年金额", "上年金额"],
                    *numbered(rows(m, ["2022", "2021"], zh_income(b, False), "CNY", show), 1),
                ],
                [3.4, 0.7, 2, 2],
                rules="grid",
            ),
        ],
    ]
    return Source(
        "baisha-audit-2022.pdf",
        "zh",
        m,
        pages,
        scan=Scan(dpi=200, tilt=(0.6, -0.9, 1.2), bilevel=True, noise=14),
        wide=True,
    )
