"""A workbook of statements in ten thousands of yuan: merged heads, the month beside the year so far, a table not from A1."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import zh_assets, zh_claims, zh_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source
from tests.golden.making.sheets import Sheet


def source() -> Source:
    """源沣装备2024年6月报表."""
    m = Marks("2024-07-20")
    b = books(91, [38_206.0, 33_917.0], 0.18, digits=2, minority=0.0)
    month = books(92, [7_204.0], 0.17, digits=2, minority=0.0)

    def show(number):
        return shown(number, 2, "-")

    balance = rows(m, ["2024-06-30", "2023-12-31"], [*zh_assets(b), *zh_claims(b, False)], "CNY*10000", show)
    flows = [
        [*this, so_far[1], so_far[2]]
        for this, so_far in zip(
            rows(m, ["2024-06"], zh_income(month, False), "CNY*10000", show),
            rows(m, ["2024H1", "2023H1"], zh_income(b, False), "CNY*10000", show),
            strict=True,
        )
    ]
    sheets = [
        Sheet(
            "资产负债表",
            [
                ["合并资产负债表"],
                ["编制单位：源沣装备股份有限公司", "2024年6月30日", "单位：万元"],
                ["项目", "期末余额", "年初余额"],
                *balance,
            ],
            merged=["A1:C1"],
        ),
        Sheet(
            "利润表",
            [
                ["合并利润表"],
                ["编制单位：源沣装备股份有限公司", "2024年6月", "", "单位：万元"],
                ["项目", "本月金额", "本年累计金额", "上年同期累计"],
                *flows,
                [],
                ["注：报表日期2024年7月20日，未经审计"],
            ],
            start=(1, 1),
            merged=["B2:E2"],
        ),
    ]
    return Source("yuanfeng-2024-06.xlsx", "zh", m, sheets=sheets)
