"""A Hong Kong announcement of half a year: RMB'000, unaudited, heads over several lines, the day at the foot alone."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import ONE_DEBT, OWNERS
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, small

H, L = "2024H1", "2023H1"
UNIT = "CNY*1000"
SEGMENT = "of one segment alone"


def source() -> Source:
    """Tingyuan Filtration, four pages."""
    m = Marks("2024-08-28")
    b = books(141, [1_284_516, 1_395_207], 0.31, research=0.06, selling=0.08, order="apart")
    e = books(142, [2_611_000, 2_730_000], 0.3, order="newest first")

    def less(name):
        return [-value for value in b[name]]

    before = [o + i - c for o, i, c in zip(b["operating"], b["odd_income"], b["odd_cost"], strict=True)]
    income = [
        ("revenue", "REVENUE", b["revenue"], "4"),
        ("cost_of_revenue", "Cost of sales", less("cost")),
        ("gross_profit", "GROSS PROFIT", b["gross"]),
        ("-", "Other income and gains", b["other_income"], "5"),
        ("!sga #selling alone", "Selling and distribution costs", less("selling")),
        ("!sga #administration alone", "Administrative expenses", less("admin")),
        ("r_and_d", "Research and development costs", less("research"), "6"),
        ("-", "Levies and surcharges", less("levies")),
        ("-", "Finance costs", less("interest"), "7"),
        ("-", "Share of profits of an associate", b["odd_income"]),
        ("-", "Other expenses", less("odd_cost")),
        ("!net_profit #before tax", "PROFIT BEFORE TAX", before, "6"),
        ("-", "Income tax expense", less("tax"), "8"),
        ("net_profit", "PROFIT FOR THE PERIOD", b["net"]),
        ("-", "Attributable to:", []),
        (f"!net_profit #{OWNERS}", "  Owners of the parent", b["owners_profit"]),
        ("-", "  Non-controlling interests", b["minority_profit"]),
    ]
    net_current = [x - y for x, y in zip(e["current_assets"], e["current_liabilities"], strict=True)]
    less_current = [x - y for x, y in zip(e["total_assets"], e["current_liabilities"], strict=True)]
    assets = [
        ("-", "NON-CURRENT ASSETS", []),
        ("-", "Property, plant and equipment", [x + y for x, y in zip(e["plant"], e["building"], strict=True)], "10"),
        ("-", "Intangible assets", e["intangibles"]),
        ("-", "Deferred tax assets", e["other_fixed"]),
        ("!total_assets #assets that are not current alone", "Total non-current assets", e["fixed_assets"]),
        ("-", "CURRENT ASSETS", []),
        ("-", "Inventories", e["stock"]),
        ("-", "Trade and bills receivables", e["receivables"], "11"),
        ("-", "Prepayments, other receivables and other assets", e["other_current"]),
        ("-", "Financial assets at fair value through profit or loss", e["securities"]),
        ("cash", "Cash and bank balances", e["cash"]),
        ("current_assets", "Total current assets", e["current_assets"]),
        ("-", "CURRENT LIABILITIES", []),
        ("-", "Trade and bills payables", e["payables"], "12"),
        ("-", "Other payables and accruals", e["other_due"]),
        ("?customer_prepayments", "Contract liabilities", e["prepaid"]),
        (f"!total_debt #{ONE_DEBT}", "Interest-bearing bank borrowings", e["short_loans"], "13"),
        ("current_liabilities", "Total current liabilities", e["current_liabilities"]),
        ("!current_assets #less the liabilities", "NET CURRENT ASSETS", net_current),
        ("!total_assets #less current liabilities", "TOTAL ASSETS LESS CURRENT LIABILITIES", less_current),
    ]
    rest = [
        (
            "!total_assets #less current liabilities",
            "TOTAL ASSETS LESS CURRENT LIABILITIES (continued)",
            less_current,
        ),
        ("-", "NON-CURRENT LIABILITIES", []),
        (f"!total_debt #{ONE_DEBT}", "Interest-bearing bank borrowings", e["long_loans"], "13"),
        ("-", "Lease liabilities", e["leases"]),
        ("-", "Deferred income", e["grants"]),
        ("!total_liabilities #not current alone", "Total non-current liabilities", e["late_liabilities"]),
        ("equity", "NET ASSETS", e["equity"]),
        ("-", "EQUITY", []),
        ("-", "Share capital", e["capital"]),
        ("-", "Reserves", [r + k for r, k in zip(e["reserves"], e["retained"], strict=True)]),
        (f"!equity #{OWNERS}", "Equity attributable to owners of the parent", e["owners_equity"]),
        ("-", "Non-controlling interests", e["minority_equity"]),
        ("?equity", "TOTAL EQUITY", e["equity"]),
    ]
    one = [int(v * 62 / 100) for v in b["revenue"]]
    two = [v - w for v, w in zip(b["revenue"], one, strict=True)]
    segments = rows(
        m, [f"!{H} #{SEGMENT}", f"!{L} #{SEGMENT}"],
        [("revenue", "Industrial filters", one), ("revenue", "Water treatment systems", two)], UNIT,
    )  # fmt: skip
    span = ["note", H, L]
    ends = ["note", "2024-06-30", "2023-12-31"]
    balance_head = [["", "Notes", "30 June 2024", "31 December 2023"], ["", "", "RMB’000", "RMB’000"], ["", "", "(Unaudited)", "(Audited)"]]  # fmt: skip
    margin = [g / r * 100 for g, r in zip(b["gross"], b["revenue"], strict=True)]
    drop = (b["revenue"][1] - b["revenue"][0]) / b["revenue"][1] * 100
    million = b["revenue"][0] / 1000
    gearing = sum(e[name][0] for name in ("short_loans", "long_loans", "leases"))
    pages = [
        [
            small("Hong Kong Exchanges and Clearing Limited takes no responsibility for the contents of this announcement."),
            h1("TINGYUAN FILTRATION HOLDINGS LIMITED"),
            center("(Incorporated in the Cayman Islands with limited liability)"),
            center("(Stock Code: 00000)"),
            h1("ANNOUNCEMENT OF INTERIM RESULTS FOR THE SIX MONTHS ENDED 30 JUNE 2024"),
            p(
                f"The board of directors announces the unaudited results of the Group for the six months ended 30 June 2024. Revenue decreased by {drop:.1f}% to approximately RMB"
                f"{m(f'{million:,.1f}', f'?revenue {H} CNY*1000000')} million. Gross profit margin was {m(f'{margin[0]:.1f}%', f'gross_margin {H} ratio*0.01')} "
                f"(six months ended 30 June 2023: {m(f'{margin[1]:.1f}%', f'gross_margin {L} ratio*0.01')}). The Board does not recommend an interim dividend (2023: HK$0.06 per share)."
            ),
            h2("CONDENSED CONSOLIDATED STATEMENT OF PROFIT OR LOSS"),
            Table(
                [
                    [("", 1, 4), ("Notes", 1, 4), ("For the six months", 2, 1)], [("ended 30 June", 2, 1)], ["2024", "2023"],
                    ["RMB’000 (Unaudited)", "RMB’000 (Unaudited)"], *rows(m, span, income, UNIT),
                    ["EARNINGS PER SHARE – Basic and diluted (RMB cents)", "9", "11.42", "13.90"],
                ],
                [3.8, 0.6, 1.3, 1.3], head=4, rules="none",
            ),
        ],
        [
            h2("CONDENSED CONSOLIDATED STATEMENT OF FINANCIAL POSITION"),
            Table([*balance_head, *rows(m, ends, assets, UNIT)], [3.8, 0.6, 1.3, 1.3], head=3, rules="none"),
        ],
        [
            h2("CONDENSED CONSOLIDATED STATEMENT OF FINANCIAL POSITION (continued)"),
            Table([*balance_head, *rows(m, ends, rest, UNIT)], [3.8, 0.6, 1.3, 1.3], head=3, rules="none"),
            h2("4. REVENUE AND SEGMENT INFORMATION"),
            Table([["", "2024 RMB’000", "2023 RMB’000"], *segments, *rows(m, [H, L], [("revenue", "", b["revenue"])], UNIT)], [3.8, 1.3, 1.3], rules="none"),
            p(
                f"Revenue of approximately RMB{m('171,240,000', f'!revenue {H} CNY #of one customer alone')} (six months ended 30 June 2023: RMB{m('166,905,000', f'!revenue {L} CNY #of one customer alone')}) "
                "was derived from sales by the industrial filters segment to a single customer."
            ),
        ],
        [
            h2("MANAGEMENT DISCUSSION AND ANALYSIS"),
            p(
                f"Liquidity. As at 30 June 2024 the Group’s total interest-bearing borrowings, including lease liabilities, amounted to RMB"
                f"{m(shown(gearing), f'total_debt 2024-06-30 {UNIT}')} thousand. The gearing ratio was 29.6% (31 December 2023: 27.4%)."
            ),
            p(
                f"Capital commitments. Contracted commitments for plant amounted to RMB{m('88.4', '!capex 2024H1 CNY*1000000 #committed, not spent')} million. Capital expenditure in the "
                f"period was RMB{m('64.7', 'capex 2024H1 CNY*1000000')} million (six months ended 30 June 2023: RMB{m('102.3', 'capex 2023H1 CNY*1000000')} million)."
            ),
            p(
                f"Employees. As at 30 June 2024 the Group had {m('3,207', 'headcount 2024-06-30 people')} employees (31 December 2023: {m('3,344', 'headcount 2023-12-31 people')}). "
                "Staff costs, including directors’ remuneration, were RMB181.6 million."
            ),
            p(
                f"Use of proceeds. The net proceeds of the global offering were HK${m('612.5', '?equity_raised 2021|2021-07 HKD*1000000', f'!equity_raised {H} HKD*1000000 #years before')} million, of which HK$488.0 million had been used. "
                f"For illustration, RMB1.00 equals HK$1.0956; revenue would be HK${m(f'{float(million) * 1.0956:,.1f}', f'!revenue {H} HKD*1000000 #translated for convenience')} million."
            ),
            p("Pledge of assets. Buildings with a carrying amount of RMB93.2 million secured bank borrowings (31 December 2023: RMB97.0 million)."),
            p("The figures in this announcement have been agreed to the draft condensed consolidated financial statements by the audit committee."),
            p("By order of the Board"),
            p("Tingyuan Filtration Holdings Limited   ZONG Yuhe, Chairman"),
            p("Hong Kong, 28 August 2024"),
            small("As at the date of this announcement, the executive directors are Mr. ZONG Yuhe and Ms. LOK Man; the independent directors are Mr. Peter HALE and Ms. SU Qing."),
        ],
    ]  # fmt: skip
    return Source("tingyuan-interim-2024.pdf", "en", m, pages, size=9)
