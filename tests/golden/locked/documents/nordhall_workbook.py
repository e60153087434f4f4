"""A workbook of accounts: thousands of euro on one sheet and millions on the other, budget beside actual, months and year."""

from tests.golden.making.books import books, rows
from tests.golden.making.forms import en_balance
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source
from tests.golden.making.sheets import Sheet


def source() -> Source:
    """Nordhall Wind, two sheets."""
    m = Marks("2024-02-09")
    b = books(151, [88_410, 79_316], 0.2, minority=0.0)
    balance = [line for line in en_balance(b) if line[0] != "-" or not line[2]]
    budget = "a budget, not reported"
    lines = [
        ("Revenue", "revenue", ["88.4", "92.0", "79.3"]),
        ("Cost of sales", "cost_of_revenue", ["70.1", "72.5", "63.8"]),
        ("Gross profit", "gross_profit", ["18.3", "19.5", "15.5"]),
        ("Research and development", "r_and_d", ["6.2", "6.0", "5.4"]),
        ("Operating profit", "operating_profit", ["3.9", "5.5", "2.7"]),
        ("Profit for the year", "net_profit", ["2.6", "3.8", "1.9"]),
    ]
    made = [
        [label, m(now, f"{fact} 2023 EUR*1000000"), m(plan, f"!{fact} 2023 EUR*1000000 #{budget}", *(["?plan_revenue 2023 EUR*1000000"] if fact == "revenue" else [])), m(past, f"{fact} 2022 EUR*1000000")]
        for label, fact, (now, plan, past) in lines
    ]  # fmt: skip
    sheets = [
        Sheet(
            "Balance",
            [["Nordhall Wind AS"], ["Balance sheet, EUR thousand"], [], ["", "31.12.2023", "31.12.2022"], *rows(m, ["2023-12-31", "2022-12-31"], balance, "EUR*1000")],
            merged=["A1:C1"],
        ),
        Sheet(
            "Result",
            [["Nordhall Wind AS, 9 February 2024"], ["EUR million"], ["", "2023", "", "2022"], ["", "Actual", "Budget", "Actual"], *made, ["Employees at year end", m("214", "headcount 2023-12-31 people"), m("230", "!headcount 2023-12-31 people #a budget, not reported"), m("207", "headcount 2022-12-31 people")]],
            merged=["B3:C3"],
            formats={1: "0.0", 2: "0.0", 3: "0.0"},
        ),
    ]  # fmt: skip
    return Source("nordhall-2023.xlsx", "en", m, sheets=sheets)
