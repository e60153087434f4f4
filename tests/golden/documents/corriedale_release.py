"""A press release as an exhibit: a fiscal quarter to April, five quarters across, measures beside those of the rules."""

from tests.golden.making.books import books, rows
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

QUARTERS = ["2024-02/2024-04", "2023-11/2024-01", "2023-08/2023-10", "2023-05/2023-07", "2023-02/2023-04"]
ENDS = ["2024-04-30", "2024-01-31", "2023-10-31", "2023-07-31", "2023-04-30"]
TITLES = ["Apr 30, 2024", "Jan 31, 2024", "Oct 31, 2023", "Jul 31, 2023", "Apr 30, 2023"]
OTHER = "adjusted, not as the rules ask"


def source() -> Source:
    """Corriedale Charging, three pages."""
    m = Marks("2024-06-05")
    b = books(211, [61_318, 44_706], 0.23, research=0.2, selling=0.14, minority=0.0, order="apart")
    spent = [sum(v) for v in zip(b["research"], b["selling"], b["admin"], strict=True)]
    loss = [g - s for g, s in zip(b["gross"], spent, strict=True)]
    net = [v - i + o - 25 for v, i, o in zip(loss, b["interest"], b["other_income"], strict=True)]
    both = [s + a for s, a in zip(b["selling"], b["admin"], strict=True)]
    income = [
        ("revenue", "Revenue", b["revenue"]),
        ("cost_of_revenue", "Cost of revenue", b["cost"]),
        ("gross_profit", "Gross profit", b["gross"]),
        ("r_and_d", "Research and development", b["research"]),
        ("sga", "Selling, general and administrative", both),
        ("!sga #with research", "Total operating expenses", spent),
        ("operating_profit", "Operating loss", loss),
        ("-", "Interest expense", [-v for v in b["interest"]]),
        ("-", "Other income, net", b["other_income"]),
        ("-", "Income tax expense", [-25, -25]),
        ("net_profit", "Net loss", net),
        ("-", "Accretion of preferred stock", [-1_410, -1_322]),
        ("!net_profit #after preferred stock", "Net loss attributable to common stockholders", [n - a for n, a in zip(net, (1_410, 1_322), strict=True)]),
    ]  # fmt: skip

    def measured(label, fact, values, unit, spans, why=""):
        said = (f"{fact} {span} {unit}" + (f" #{why}" if why else "") for span in spans)
        return [label, *(m(v, s) for v, s in zip(values, said, strict=True))]

    million = [f"{b['revenue'][0] / 1000:.1f}", "58.9", "55.2", "49.8", f"{b['revenue'][1] / 1000:.1f}"]
    kpi = [
        [("", 1, 2), ("Three Months Ended", 5, 1)], TITLES,
        measured("Revenue ($ in millions)", "?revenue", million, "USD*1000000", QUARTERS),
        measured("Non-GAAP gross margin", "!gross_margin", ["26.8%", "25.9%", "24.1%", "23.0%", "22.2%"], "ratio*0.01", QUARTERS, OTHER),
        measured("Adjusted EBITDA ($ in millions)", "!ebitda", ["(5.6)", "(6.8)", "(7.1)", "(8.9)", "(9.4)"], "USD*1000000", QUARTERS, OTHER),
        measured("Chargers shipped (units)", "deliveries", ["4,318", "4,106", "3,972", "3,540", "3,211"], "units", QUARTERS),
        measured("Backlog at end of quarter (units)", "orders", ["7,904", "8,250", "7,811", "7,120", "6,630"], "units", ENDS),
        ["Active ports on network, thousands", "286", "274", "261", "247", "232"],
        measured("Employees at end of quarter", "headcount", ["1,012", "1,055", "1,090", "1,118", "1,126"], "people", ENDS),
    ]  # fmt: skip
    pages = [
        [
            right("Exhibit 99.1"), h1("Corriedale Charging Reports First Quarter Fiscal Year 2025 Results"),
            p("CAMPTON, Ore. – June 5, 2024 – Corriedale Charging, Inc. today reported results for its first quarter of fiscal year 2025 ended April 30, 2024."),
            h2("First Quarter Highlights"),
            p(f"•  Revenue of ${m(million[0], f'?revenue {QUARTERS[0]} USD*1000000')} million, up 37% year-over-year"),
            p(f"•  Networked charging revenue of ${m('44.9', f'!revenue {QUARTERS[0]} USD*1000000 #of one kind of sales alone')} million, up 41%, and subscription revenue of ${m('16.4', f'!revenue {QUARTERS[0]} USD*1000000 #of one kind of sales alone')} million"),
            p(f"•  GAAP gross margin of {m(f'{b['gross'][0] / b['revenue'][0] * 100:.1f}%', f'gross_margin {QUARTERS[0]} ratio*0.01')}; non-GAAP gross margin of {m('26.8%', f'!gross_margin {QUARTERS[0]} ratio*0.01 #{OTHER}')}"),
            p(f"•  Non-GAAP net loss of ${m('5.2', f'!net_loss {QUARTERS[0]} USD*1000000 #{OTHER}')} million"),
            p(f"•  Cash, cash equivalents and restricted cash of ${m('88.7', '?cash 2024-04-30 USD*1000000')} million, including ${m('6.2', '!cash 2024-04-30 USD*1000000 #restricted alone')} million restricted, and an undrawn credit facility of ${m('50.0', '!total_debt 2024-04-30 USD*1000000 #undrawn')} million"),
            h2("Guidance"),
            p(f"For the second fiscal quarter ending July 31, 2024, Corriedale expects revenue of ${m('62', '?plan_revenue 2024-05/2024-07 USD*1000000', '!revenue 2024-05/2024-07 USD*1000000 #guidance')} million to ${m('66', '?plan_revenue 2024-05/2024-07 USD*1000000', 'plan_revenue 2024-05/2024-07 USD*1000000 =62~66', '!revenue 2024-05/2024-07 USD*1000000 #guidance')} million, and shipments of {m('4,400', 'delivery_guidance 2024-05/2024-07 units', '!deliveries 2024-05/2024-07 units #guidance')} chargers."),
            small("Forward-looking statements: actual results may differ materially. The company has not reconciled its guidance to measures under generally accepted accounting principles."),
        ],
        [
            h2("Key Performance Indicators"), Table(kpi, [2.6, 1, 1, 1, 1, 1], head=2),
            h2("Condensed Consolidated Statements of Operations"), center("(in thousands; unaudited)"),
            Table([[("", 1, 2), ("Three Months Ended April 30,", 2, 1)], ["2024", "2023"], *rows(m, [QUARTERS[0], QUARTERS[4]], income, "USD*1000")], [4, 1.4, 1.4], head=2),
        ],
        [
            h2("Reconciliation of GAAP Net Loss to Non-GAAP Net Loss"), center("(in thousands; unaudited)"),
            Table(
                [["", "Three Months Ended April 30, 2024"], *rows(m, [QUARTERS[0]], [("net_profit", "GAAP net loss", net[:1])], "USD*1000"), ["Stock-based compensation expense", "3,112"], ["Amortization of intangible assets", "904"], ["Restructuring costs", "1,205"],
                 *rows(m, [QUARTERS[0]], [(f"!net_profit #{OTHER}", "Non-GAAP net loss", [net[0] + 3_112 + 904 + 1_205])], "USD*1000")],
                [4, 2],
            ),
            h2("Selected Balance Sheet Data"), center("(in thousands; unaudited)"),
            Table(
                [["", "April 30, 2024", "January 31, 2024"],
                 *rows(m, ENDS[:2], [("cash", "Cash and cash equivalents", [82_514, 97_203]), ("total_assets", "Total assets", [311_906, 328_447]), ("total_liabilities", "Total liabilities", [207_335, 211_068]), ("equity", "Total stockholders’ equity", [104_571, 117_379])], "USD*1000"),
                 *rows(m, [f"!{e} #one kind of debt, not all debt" for e in ENDS[:2]], [("total_debt", "Term loan, net of discount", [74_210, 74_018])], "USD*1000")],
                [4, 1.4, 1.4],
            ),
            p(f"About Corriedale: founded in 2014, the company has shipped more than {m('60,000', '?cumulative_deliveries 2024-06-05|2024-04-30 units', '!deliveries 2024-02/2024-04 units #since the company was founded')} chargers in {m('11', '?countries_of_operation 2024-06-05|2024-04-30|2024 count')} countries."), p("Contact: investors@example.com"),
        ],
    ]  # fmt: skip
    return Source("corriedale-release-2024-06.pdf", "en", m, pages, browser=True, size=10, title="Exhibit 99.1")
