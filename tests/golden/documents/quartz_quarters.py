"""A workbook of statements by quarter: thousands of euros, a half and twelve months beside quarters, cash flows since January."""

from decimal import Decimal

from tests.golden.making.books import books, rows, shown
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source
from tests.golden.making.sheets import Sheet

Q = ["2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024Q1", "2024Q2"]
HEADS = ["Q1 23", "Q2 23", "Q3 23", "Q4 23", "Q1 24", "Q2 24"]
ENDS = ["2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31", "2024-03-31", "2024-06-30"]
SO_FAR = ["2023Q1", "2023H1", "2023-01/2023-09", "2023", "2024Q1", "2024H1"]
K = "EUR*1000"


def source() -> Source:
    """Quartz Loop, six sheets."""
    m = Marks("2024-07-31")
    b = books(221, [5_104, 5_688, 6_020, 7_415, 6_233, 6_902], 0.34, research=0.09, minority=0.0, assets=5, order="oldest first")  # fmt: skip

    def show(number):
        return shown(number, 0, "-")

    def plain(made):
        """Figures without a mark as numbers."""
        return [[_number(cell) for cell in row] for row in made]

    def longer(name):
        values = b[name]
        return [*values, values[4] + values[5], sum(values[2:])]

    income = [
        ("revenue", "Revenue", longer("revenue")),
        ("cost_of_revenue", "Cost of goods sold", longer("cost")),
        ("gross_profit", "Gross profit", longer("gross")),
        ("-", "Levies", longer("levies")),
        ("!sga #selling alone", "Selling", longer("selling")),
        ("!sga #administration alone", "Administration", longer("admin")),
        ("r_and_d", "Research and development", longer("research")),
        ("-", "Interest", longer("interest")),
        ("-", "Other income", longer("other_income")),
        ("operating_profit", "Operating profit", longer("operating")),
    ]
    profit = rows(m, [*Q, "?2024H1", "?2023-07/2024-06"], income, K, show)
    balance = [
        ("cash", "Cash", b["cash"]),
        ("-", "Receivables", b["receivables"]),
        ("-", "Inventory", b["stock"]),
        ("current_assets", "Current assets", b["current_assets"]),
        ("!total_assets #assets that are not current alone", "Non-current assets", b["fixed_assets"]),
        ("total_assets", "Total assets", b["total_assets"]),
        ("current_liabilities", "Current liabilities", b["current_liabilities"]),
        ("!total_liabilities #not current alone", "Non-current liabilities", b["late_liabilities"]),
        ("total_liabilities", "Total liabilities", b["total_liabilities"]),
        ("equity", "Equity", b["equity"]),
    ]
    flows = {name: _so_far(b[name]) for name in ("operating_flow", "capex", "investing_flow", "financing_flow")}
    cash = [
        ("operating_cash_flow", "Cash flow from operations", flows["operating_flow"]),
        ("capex", "Purchases of plant and equipment", [-v for v in flows["capex"]]),
        ("!operating_cash_flow #of investing", "Cash flow from investing", flows["investing_flow"]),
        ("!operating_cash_flow #of financing", "Cash flow from financing", flows["financing_flow"]),
    ]
    counts = [
        ("deliveries", "Units shipped", [410, 452, 466, 590, 481, 533]),
        ("output", "Units made", [440, 460, 455, 570, 510, 540]),
    ]
    at_end = [
        ("headcount", "Employees at quarter end", [131, 134, 138, 140, 139, 143]),
        ("orders", "Open orders (units)", [702, 688, 735, 690, 744, 761]),
    ]
    budget = [f"!{quarter} #a budget" for quarter in ("2024Q1", "2024Q2", "2024Q3", "2024Q4")]
    planned = [
        ("revenue", "Revenue", [6_500, 7_200, 7_400, 8_900]),
        ("operating_profit", "Operating profit", [150, 310, 380, 720]),
    ]
    sheets = [
        Sheet("Cover", [["Quartz Loop B.V."], ["Management accounts, unaudited"], ["Prepared on", "31 July 2024"], ["All amounts in EUR thousand unless stated"]]),
        Sheet("Profit and loss", plain([["EUR 000", *HEADS, "H1 24", "LTM Jun 24"], *profit]), start=(2, 1), formats=dict.fromkeys(range(2, 10), "#,##0;(#,##0)")),
        Sheet("Balance sheet", plain([["EUR 000, at end of", *HEADS], *rows(m, ENDS, balance, K, show)]), formats=dict.fromkeys(range(1, 7), "#,##0")),
        Sheet("Cash flow", plain([["EUR 000, cumulative since 1 January", "3M 23", "6M 23", "9M 23", "12M 23", "3M 24", "6M 24"], *rows(m, SO_FAR, cash, K, show)])),
        Sheet("Operations", plain([["", *HEADS], *rows(m, Q, counts, "units", show), *rows(m, ENDS, at_end[:1], "people", show), *rows(m, ENDS, at_end[1:], "units", show)])),
        Sheet("Budget 2024", plain([["EUR 000", "Q1 24 B", "Q2 24 B", "Q3 24 B", "Q4 24 B"], *rows(m, budget, planned, K, show)])),
    ]  # fmt: skip
    return Source("quartz-quarters-2024-06.xlsx", "en", m, sheets=sheets)


def _so_far(values):
    """Sums since January of four quarters of one year and two of the next."""
    made: list[Decimal] = []
    for place, value in enumerate(values):
        made.append(value if place % 4 == 0 else made[-1] + value)
    return made


def _number(cell):
    text = cell.replace(",", "") if isinstance(cell, str) else cell
    try:
        return float(text)
    except ValueError:
        return cell
