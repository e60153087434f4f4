"""An American quarterly report, condensed and unaudited: three and six months beside each other, thousands, customers."""

from decimal import Decimal
from typing import Any

from tests.golden.making.books import Lines, books, rows, shown
from tests.golden.making.forms import ONE_DEBT
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p

THREE, SIX = ["2024Q2", "2023Q2"], ["2024H1", "2023H1"]
UNIT = "USD*1000"
PRODUCT = "of one kind of sales alone"


def halves(b: Lines) -> Lines:
    """Second quarters, then the halves that they end: sums of two quarters."""
    return {n: [v[0], v[2], v[0] + v[1], v[2] + v[3]] for n, v in b.items()}


def operations(b: Lines) -> list[Any]:
    """The statement of operations from gross profit to net loss."""
    services = [int(v * 18 / 100) for v in b["revenue"]]
    spent = [sum(parts) for parts in zip(b["research"], b["selling"], b["admin"], strict=True)]
    loss = [gross - cost for gross, cost in zip(b["gross"], spent, strict=True)]
    before = [v - i + o for v, i, o in zip(loss, b["interest"], b["other_income"], strict=True)]
    tax = [Decimal(v) for v in (41, 37, 80, 77)]
    return [
        (f"!revenue #{PRODUCT}", "Product sales", [v - s for v, s in zip(b["revenue"], services, strict=True)]),
        (f"!revenue #{PRODUCT}", "Service and other", services),
        ("revenue", "Total net sales", b["revenue"]),
        ("cost_of_revenue", "Cost of sales", b["cost"]),
        ("gross_profit", "Gross profit", b["gross"]),
        ("r_and_d", "Research, development and engineering", b["research"]),
        ("!sga #selling alone", "Sales and marketing", b["selling"]),
        ("!sga #administration alone", "General and administrative", b["admin"]),
        ("!sga #with research", "Total operating expenses", spent),
        ("operating_profit", "Loss from operations", loss),
        ("-", "Interest expense", [-v for v in b["interest"]]),
        ("-", "Other income, net", b["other_income"]),
        ("!net_profit #before tax", "Loss before provision for income taxes", before),
        ("-", "Provision for income taxes", tax),
        ("net_profit", "Net loss", [v - t for v, t in zip(before, tax, strict=True)]),
    ]


def source() -> Source:
    """Bluffton Drives, three pages."""
    m = Marks("2024-08-07")
    b = halves(books(151, [38_214, 35_890, 31_477, 29_015], 0.18, research=0.17, selling=0.12, order="apart"))
    e = books(152, [150_400, 141_200], 0.18, research=0.17, minority=0.0, assets=1.4)
    income = operations(b)
    net = income[-1][2][2:]
    lack = [net[0] - 512_000, Decimal(-512_000)]
    paid_in = [o - lack_ - 61 for o, lack_ in zip(e["equity"], lack, strict=True)]
    plain = [
        ("cash", "Cash and cash equivalents", e["cash"]),
        ("-", "Short-term investments", e["securities"]),
        ("-", "Accounts receivable, net of allowances of $412 and $388, respectively", e["receivables"]),
        ("-", "Inventories, net", e["stock"]),
        ("-", "Prepaid expenses and other", e["other_current"]),
        ("current_assets", "Total current assets", e["current_assets"]),
        ("-", "Property and equipment, net", [x + y for x, y in zip(e["plant"], e["building"], strict=True)]),
        ("-", "Goodwill and other intangible assets, net", e["intangibles"]),
        ("-", "Other assets", e["other_fixed"]),
        ("total_assets", "Total assets", e["total_assets"]),
        ("-", "Accounts payable", e["payables"]),
        ("-", "Accrued liabilities", e["other_due"]),
        ("?customer_prepayments", "Deferred revenue and customer deposits", e["prepaid"]),
        (f"!total_debt #{ONE_DEBT}", "Current portion of long-term debt", e["short_loans"]),
        ("current_liabilities", "Total current liabilities", e["current_liabilities"]),
        (f"!total_debt #{ONE_DEBT}", "Convertible senior notes, net", e["long_loans"]),
        ("-", "Operating lease liabilities, net of current portion", e["leases"]),
        ("-", "Other long-term liabilities", e["grants"]),
        ("total_liabilities", "Total liabilities", e["total_liabilities"]),
        ("-", "Common stock, $0.001 par value", [61, 61]),
        ("-", "Additional paid-in capital", paid_in),
        ("accumulated_deficit", "Accumulated deficit", lack),
        ("equity", "Total stockholders’ equity", e["equity"]),
        ("?total_assets;!total_liabilities #with equity", "Total liabilities and stockholders’ equity", e["total_both"]),
    ]  # fmt: skip
    wear = [v * 4 for v in e["sold_plant"]]
    flow = [v + w - 3_204 for v, w in zip(net, wear, strict=True)]
    bought, financed = [-v for v in e["capex"]], [1_118, 964]
    change = [e["cash"][0] - e["cash"][1], Decimal(-9_870)]
    invested = [c - f - g for c, f, g in zip(change, flow, financed, strict=True)]
    cash = [
        ("?net_profit", "Net loss", net),
        ("-", "Depreciation and amortization", wear),
        ("-", "Changes in operating assets and liabilities", [-3_204, -3_204]),
        ("operating_cash_flow", "Net cash used in operating activities", flow),
        ("capex", "Purchases of property and equipment", bought),
        ("-", "Maturities of short-term investments", [i - x for i, x in zip(invested, bought, strict=True)]),
        ("!operating_cash_flow #of investing", "Net cash provided by (used in) investing activities", invested),
        ("-", "Proceeds from issuance of common stock under employee plans", financed),
        ("!operating_cash_flow #of financing", "Net cash provided by financing activities", financed),
        ("!cash #a change", "Net decrease in cash and cash equivalents", change),
    ]  # fmt: skip
    pages = [
        [
            center("UNITED STATES SECURITIES AND EXCHANGE COMMISSION"), h1("FORM 10-Q"),
            p("(Mark One) [X] QUARTERLY REPORT PURSUANT TO SECTION 13 OR 15(d)   For the quarterly period ended June 30, 2024"),
            center("BLUFFTON DRIVES, INC."), center("(Exact name of registrant as specified in its charter)"),
            p(f"As of July 31, 2024, the registrant had {m('61,388,240', 'shares_outstanding 2024-07-31 million shares*0.000001')} shares of common stock, $0.001 par value per share, outstanding."),
            h2("BLUFFTON DRIVES, INC.   CONDENSED CONSOLIDATED BALANCE SHEETS"),
            center("(in thousands, except share data) (unaudited)"),
            Table([["", "June 30, 2024", "December 31, 2023"], *rows(m, ["2024-06-30", "2023-12-31"], plain, UNIT)], [4, 1.4, 1.4]),
        ],
        [
            h2("CONDENSED CONSOLIDATED STATEMENTS OF OPERATIONS"), center("(in thousands, except per share data) (unaudited)"),
            Table(
                [[("", 1, 2), ("Three Months Ended June 30,", 2, 1), ("Six Months Ended June 30,", 2, 1)], ["2024", "2023"] * 2, *rows(m, THREE + SIX, income, UNIT),
                 ["Net loss per share — basic and diluted", "$ (0.10)", "$ (0.09)", "$ (0.20)", "$ (0.17)"],
                 ["Weighted-average shares used in computation", m("61,204", "!shares_outstanding 2024-06-30 million shares*0.001 #an average"), m("59,877", "!shares_outstanding 2023-06-30 million shares*0.001 #an average"), "61,090", "59,702"]],
                [3.6, 1.1, 1.1, 1.1, 1.1], head=2,
            ),
            h2("CONDENSED CONSOLIDATED STATEMENTS OF CASH FLOWS"), center("(in thousands) (unaudited)"),
            Table([[("", 1, 2), ("Six Months Ended June 30,", 2, 1)], ["2024", "2023"], *rows(m, SIX, cash, UNIT)], [4, 1.4, 1.4], head=2),
        ],
        [
            h2("NOTES TO CONDENSED CONSOLIDATED FINANCIAL STATEMENTS"), h2("Note 3. Concentration of Credit Risk"),
            p("The following customers accounted for 10% or more of total net sales (an asterisk denotes less than 10%):"),
            Table(
                [[("", 1, 2), ("Three Months Ended June 30,", 2, 1), ("Six Months Ended June 30,", 2, 1)], ["2024", "2023"] * 2,
                 ["Customer A", *(m(t, f"largest_customer_share {q} ratio*0.01", f"?customer_share {q} ratio*0.01") for t, q in zip(("31%", "24%", "29%", "22%"), THREE + SIX, strict=True))],
                 ["Customer B", m("14%", "?customer_share 2024Q2 ratio*0.01", "!largest_customer_share 2024Q2 ratio*0.01 #the second customer"), "*", m("12%", "?customer_share 2024H1 ratio*0.01", "!largest_customer_share 2024H1 ratio*0.01 #the second customer"), "*"]],
                [2.6, 1, 1, 1, 1], head=2, rules="none",
            ),
            h2("Note 9. Fair Value"),
            p(f"The fair value of the convertible senior notes was ${m('19.2', '!total_debt 2024-06-30 USD*1000000 #fair value of one debt')} million as of June 30, 2024, based on quoted prices (Level 2)."),
            h2("Item 2. Management’s Discussion and Analysis"),
            p(
                f"As of June 30, 2024, we had cash, cash equivalents and short-term investments of ${m(shown(round((e['cash'][0] + e['securities'][0]) / 1000, 1), 1), 'cash_and_short_term_investments 2024-06-30 USD*1000000')} million. "
                f"Backlog was {m('1,316', 'orders 2024-06-30 units')} drive units as of June 30, 2024, compared with {m('1,102', 'orders 2023-12-31 units')} drive units as of December 31, 2023. We shipped "
                f"{m('842', 'deliveries 2024Q2 units')} drive units in the second quarter of 2024."
            ),
            p(f"In July 2024 we reduced our workforce by {m('96', '!headcount 2024-07-31 people #those who left')} employees, or approximately {m('11%', '?headcount_change 2024-07 ratio*0.01 =-11')}. Before the reduction we had {m('871', 'headcount 2024-06-30 people')} employees as of June 30, 2024."),
            p(f"We estimate that capital expenditures in 2024 will be approximately ${m('24', '!capex 2024 USD*1000000 #expected')} million. Substantial doubt about our ability to continue as a going concern was evaluated and {m('does not exist', '?going_concern_doubt 2024-06-30 flag =false', '!going_concern_doubt 2024-06-30 flag =true #denied')}."),
            h2("SIGNATURES"), p("Pursuant to the requirements of the Securities Exchange Act of 1934, the registrant has duly caused this report to be signed on its behalf."),
            p("BLUFFTON DRIVES, INC."), p("By: /s/ Marta L. Quist, Chief Financial Officer"), p("Date: August 7, 2024"),
        ],
    ]  # fmt: skip
    return Source("bluffton-10q-2024-q2.pdf", "en", m, pages, size=8.5)
