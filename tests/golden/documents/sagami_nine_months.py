"""A Japanese summary of nine months in English: millions of yen, triangles for a minus, sums since April, a forecast."""

from typing import Any

from tests.golden.making.books import Lines, books, rows, shown
from tests.golden.making.forms import ONE_DEBT, OWNERS
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

NOW, THEN, END, START = "2023-04/2023-12", "2022-04/2022-12", "2023-12-31", "2023-03-31"
AHEAD = "a forecast"
UNIT = "JPY*1000000"


def yen(number):
    """Millions of yen with a triangle for a minus."""
    return shown(number, 0, "△")


def statements(m: Marks, b: Lines, sga: list[Any], operating: list[Any], ordinary: list[Any]):
    """The page of both statements."""
    balance = [
        ("cash", "Cash and deposits", b["cash"]),
        ("-", "Notes and accounts receivable - trade, and contract assets", b["receivables"]),
        ("-", "Merchandise and finished goods", b["stock"]),
        ("current_assets", "Total current assets", b["current_assets"]),
        ("-", "Machinery, equipment and vehicles, net", b["plant"]),
        ("!total_assets #assets that are not current alone", "Total non-current assets", b["fixed_assets"]),
        ("total_assets", "Total assets", b["total_assets"]),
        (f"!total_debt #{ONE_DEBT}", "Short-term borrowings", b["short_loans"]),
        ("-", "Notes and accounts payable - trade", b["payables"]),
        ("current_liabilities", "Total current liabilities", b["current_liabilities"]),
        (f"!total_debt #{ONE_DEBT}", "Long-term borrowings", b["long_loans"]),
        ("!total_liabilities #not current alone", "Total non-current liabilities", b["late_liabilities"]),
        ("total_liabilities", "Total liabilities", b["total_liabilities"]),
        ("-", "Share capital", b["capital"]),
        ("retained_earnings", "Retained earnings", b["retained"]),
        (f"!equity #{OWNERS}", "Total shareholders’ equity", b["owners_equity"]),
        ("-", "Non-controlling interests", b["minority_equity"]),
        ("equity", "Total net assets", b["equity"]),
        ("?total_assets", "Total liabilities and net assets", b["total_both"]),
    ]
    income = [
        ("revenue", "Net sales", b["revenue"]),
        ("cost_of_revenue", "Cost of sales", b["cost"]),
        ("gross_profit", "Gross profit", b["gross"]),
        ("sga", "Selling, general and administrative expenses", sga),
        ("operating_profit", "Operating profit (loss)", operating),
        ("-", "Total non-operating income", b["other_income"]),
        ("-", "Total non-operating expenses", b["interest"]),
        ("!operating_profit #ordinary, after interest", "Ordinary profit (loss)", ordinary),
    ]
    return [
        h2("2. Quarterly consolidated financial statements and significant notes thereto"),
        h2("(1) Consolidated balance sheet"),
        right("(Millions of yen)"),
        Table(
            [
                ["", "As of March 31, 2023", "As of December 31, 2023"],
                *([row[0], row[2], row[1]] for row in rows(m, [END, START], balance, UNIT, yen)),
            ],
            [3.6, 1.4, 1.4],
        ),
        h2("(2) Consolidated statement of income"),
        right("(Millions of yen)"),
        Table(
            [
                ["", "Nine months ended December 31, 2022", "Nine months ended December 31, 2023"],
                *([row[0], row[2], row[1]] for row in rows(m, [NOW, THEN], income, UNIT, yen)),
            ],
            [3.6, 1.4, 1.4],
        ),
    ]


def source() -> Source:
    """Sagami Hydraulic, two pages."""
    m = Marks("2024-02-09")
    b = books(131, [48_316, 45_902], 0.21, research=0.05, selling=0.11, assets=1.3, order="apart")
    sga = [sum(parts) for parts in zip(b["selling"], b["admin"], b["research"], strict=True)]
    operating = [gross - spent for gross, spent in zip(b["gross"], sga, strict=True)]
    ordinary = [o + i - c for o, i, c in zip(operating, b["other_income"], b["interest"], strict=True)]
    profit = [int(value * 66 / 100) for value in ordinary]

    def growth(values):
        if min(values) < 0:
            return "-"
        return shown((values[0] - values[1]) / abs(values[1]) * 100, 1, "△")

    def at(fact, period, value):
        return m(yen(value), f"{fact.partition('#')[0].strip()} {period} {UNIT} #{fact.partition('#')[2]}".rstrip(" #"))

    told: list[tuple[str, Any]] = [
        ("revenue", b["revenue"]),
        ("operating_profit", operating),
        ("!operating_profit #ordinary, after interest", ordinary),
        (f"!net_profit #{OWNERS}", profit),
    ]
    results = []
    for place, (period, title) in enumerate(((NOW, "December 31, 2023"), (THEN, "December 31, 2022"))):
        cells = [title]
        for fact, values in told:
            cells += [at(fact, period, values[place]), growth(values) if place == 0 else "△1.7"]
        results.append(cells)
    ahead = [
        m("66,500", f"!revenue 2023-04/2024-03 {UNIT} #{AHEAD}", f"?plan_revenue 2023-04/2024-03 {UNIT}"), "6.4",
        m("210", f"!operating_profit 2023-04/2024-03 {UNIT} #{AHEAD}"), "-",
        m("460", f"!operating_profit 2023-04/2024-03 {UNIT} #{AHEAD}, and ordinary"), "-",
        m("280", f"!net_profit 2023-04/2024-03 {UNIT} #{AHEAD}, of owners"), "-", "11.24",
    ]  # fmt: skip
    heads = ["Net sales", "Operating profit", "Ordinary profit", "Profit attributable to owners of parent"]
    names = [("", 1, 2), *((head, 2, 1) for head in heads)]
    halves = ["Millions of yen", "%"] * 4
    position = [
        [
            f"As of {day}", at("?total_assets", period, b["total_assets"][i]), at("?equity", period, b["equity"][i]),
            f"{b['owners_equity'][i] / b['total_assets'][i] * 100:.1f}",
        ]
        for i, (period, day) in enumerate(((END, "December 31, 2023"), (START, "March 31, 2023")))
    ]  # fmt: skip
    first = [
        right("February 9, 2024"),
        h1("Consolidated Financial Results for the Nine Months Ended December 31, 2023"),
        center("[Japanese GAAP]"),
        p("Company name: Sagami Hydraulic Co., Ltd.   Listing: Tokyo Stock Exchange   Securities code: 0000"),
        p("Scheduled date to file quarterly securities report: February 13, 2024   Scheduled date to commence dividend payments: -"),
        right("(Millions of yen with fractional amounts discarded, unless otherwise noted)"),
        p("1. Consolidated financial results for the nine months of the fiscal year ending March 31, 2024 (from April 1, 2023 to December 31, 2023)"),
        p("(1) Consolidated operating results (cumulative)   (Percentages indicate year-on-year changes.)"),
        Table([names, halves, ["Nine months ended", *[""] * 8], *results], [2.2, 1.2, 0.8] + [1.2, 0.8] * 3, head=2, rules="grid"),
        small("Note: Comprehensive income   For the nine months ended December 31, 2023: ¥1,204 million [△3.3%]"),
        p("(2) Consolidated financial position"),
        Table([["", "Total assets", "Net assets", "Equity-to-asset ratio"], ["", "Millions of yen", "Millions of yen", "%"], *position], [2.4, 1.4, 1.4, 1.4], head=2, rules="grid"),
        small(
            f"Reference: Equity   As of December 31, 2023: ¥{at(f'!equity #{OWNERS}', END, b['owners_equity'][0])} million   As of March 31, 2023: "
            f"¥{at(f'!equity #{OWNERS}', START, b['owners_equity'][1])} million"
        ),
        p("3. Forecast of consolidated financial results for the fiscal year ending March 31, 2024 (from April 1, 2023 to March 31, 2024)"),
        Table([[*names, ("Basic earnings per share", 1, 1)], [*halves, "Yen"], ["Full year", *ahead]], [1.4] + [1.2, 0.8] * 4 + [1], head=2, rules="grid"),
        small("Note: Revisions to the earnings forecast announced most recently: Yes"),
        p("* Notes   (4) Number of shares issued (common shares)"),
        Table(
            [
                ["Total number of issued shares at the end of the period (including treasury shares)", m("25,400,000", f"?shares_outstanding {END} million shares*0.000001")],
                ["Number of treasury shares at the end of the period", m("481,216", f"!shares_outstanding {END} million shares*0.000001 #held by the company itself")],
                ["Average number of shares during the period", m("24,917,305", f"!shares_outstanding {END} million shares*0.000001 #an average")],
            ],
            [4, 1.2], head=0, rules="grid",
        ),
    ]  # fmt: skip
    return Source("sagami-nine-months-2023.pdf", "en", m, [first, statements(m, b, sga, operating, ordinary)], size=8.5)
