"""A British annual report's statements and notes: exceptional items apart, group beside company, a year to September."""

from tests.golden.making.books import books, rows
from tests.golden.making.forms import against
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

YEAR, LAST = "2022-10/2023-09", "2021-10/2022-09"
END, START = "2023-09-30", "2022-09-30"
UNIT = "GBP*1000"
COMPANY = "of the parent company alone, not of the group"


def source() -> Source:
    """Fernhollow Engineering, four pages."""
    m = Marks("2023-12-14")
    b = books(191, [186_420, 179_355], 0.29, research=0.04, selling=0.06, minority=0.0, order="newest first")
    own = books(192, [61_000, 60_100], 0.3, minority=0.0)

    def add(*names):
        return [sum(parts) for parts in zip(*(b[name] for name in names), strict=True)]

    admin = add("admin", "research", "levies")
    operating = [g - s - a + o for g, s, a, o in zip(b["gross"], b["selling"], admin, b["other_income"], strict=True)]
    before = [o - i for o, i in zip(operating, b["interest"], strict=True)]
    tax = [int(v * 19 / 100) for v in before]
    after = [v - t for v, t in zip(before, tax, strict=True)]
    odd = {"admin": -2_316, "tax": 440}

    def parted(fact, label, values, extra, sign=1, note=""):
        """A line with the year before exceptional items, those items, the year, and the year before."""
        now, then = (sign * v for v in values)
        cells = rows(
            m, ["note", f"!{YEAR} #before exceptional items" if extra else f"?{YEAR}", "-", YEAR, f"?{LAST}"],
            [(fact, label, [now - extra, extra, now, then], note)], UNIT,
        )[0]  # fmt: skip
        return cells

    account = [
        parted("revenue", "Turnover", b["revenue"], 0, note="2"),
        parted("cost_of_revenue", "Cost of sales", b["cost"], 0, -1),
        parted("gross_profit", "Gross profit", b["gross"], 0),
        parted("!sga #distribution alone", "Distribution costs", b["selling"], 0, -1),
        parted("!sga #administration alone", "Administrative expenses", admin, odd["admin"], -1, "4"),
        parted("-", "Other operating income", b["other_income"], 0),
        parted("operating_profit", "Operating profit", operating, odd["admin"], note="3"),
        parted("-", "Interest payable and similar expenses", b["interest"], 0, -1),
        parted("!net_profit #before tax", "Profit before taxation", before, odd["admin"]),
        parted("-", "Tax on profit", tax, odd["tax"], -1, "6"),
        parted("net_profit", "Profit for the financial period", after, odd["admin"] + odd["tax"]),
    ]

    def sheet(x):
        fixed = x["fixed_assets"]
        net_current = [c - d for c, d in zip(x["current_assets"], x["current_liabilities"], strict=True)]
        rest = [f + n for f, n in zip(fixed, net_current, strict=True)]
        return [
            ("!total_assets #fixed assets alone", "Fixed assets", fixed),
            ("-", "Stocks", x["stock"]),
            ("-", "Debtors", [r + s + o for r, s, o in zip(x["receivables"], x["securities"], x["other_current"], strict=True)]),
            ("cash", "Cash at bank and in hand", x["cash"]),
            ("current_assets", "Current assets", x["current_assets"]),
            ("current_liabilities", "Creditors: amounts falling due within one year", [-v for v in x["current_liabilities"]]),
            ("!current_assets #less creditors", "Net current assets", net_current),
            ("!total_assets #less creditors", "Total assets less current liabilities", rest),
            ("!total_liabilities #those of after one year alone", "Creditors: amounts falling due after more than one year", [-v for v in x["late_liabilities"]]),
            ("equity", "Net assets", x["equity"]),
            ("-", "Called up share capital", x["capital"]),
            ("-", "Share premium account", x["reserves"]),
            ("retained_earnings", "Profit and loss account", x["retained"]),
            ("?equity", "Shareholders’ funds", x["equity"]),
        ]  # fmt: skip

    group = rows(m, [END, f"?{START}"], sheet(b), UNIT)
    company = rows(m, [END, START], against(sheet(own), COMPANY), UNIT)
    both = [[*g, *c[1:]] for g, c in zip(group, company, strict=True)]
    loans = [b["short_loans"][0], b["long_loans"][0], b["leases"][0]]
    one_debt = "one kind of debt, not all debt"
    segment = "of one segment alone"
    home = int(b["revenue"][0] * 57 / 100)
    abroad = b["revenue"][0] - home
    pages = [
        [
            h1("Fernhollow Engineering plc"), center("Annual report and financial statements for the 52 weeks ended 30 September 2023"),
            h2("Consolidated profit and loss account"),
            Table(
                [
                    [("", 1, 3), ("Note", 1, 3), ("52 weeks ended 30 September 2023", 3, 1), ("53 weeks ended 30 September 2022", 1, 1)],
                    ["Before exceptional items", "Exceptional items", "Total", "Restated (note 11)"], ["£’000"] * 4, *account,
                ],
                [3, 0.6, 1.3, 1.3, 1.3, 1.4], head=3,
            ),
            small("All results derive from continuing operations."),
        ],
        [
            h2("Balance sheets"), center("at 30 September 2023"),
            Table([[("", 1, 2), ("Group", 2, 1), ("Company", 2, 1)], ["2023 £’000", "2022 (restated) £’000", "2023 £’000", "2022 £’000"], *both], [3.4, 1.2, 1.3, 1.2, 1.2], head=2),
            p("These financial statements were approved by the board of directors on 14 December 2023 and were signed on its behalf by R. Ainsley, Director."),
            p("Registered number 00000000"),
        ],
        [
            h1("Notes to the financial statements"),
            h2("2. Turnover"),
            Table([["", "2023 £’000"], *rows(m, [f"!{YEAR} #{segment}"], [("revenue", "United Kingdom", [home]), ("revenue", "Rest of the world", [abroad])], UNIT), *rows(m, [YEAR], [("revenue", "", b["revenue"][:1])], UNIT)], [4, 1.4]),
            h2("3. Operating profit"), p("Operating profit is stated after charging:"),
            Table([["", "2023 £’000"], *rows(m, [YEAR], [("r_and_d", "Research and development expensed", b["research"][:1])], UNIT), ["Auditor’s remuneration", "214"], ["Hire of plant under operating leases", "1,073"]], [4, 1.4]),
            h2("5. Employees"), p(f"The average monthly number of persons employed by the Group during the period was {m('1,284', f'!headcount {END} people #an average')} (2022: {m('1,306', f'!headcount {START} people #an average')}), of whom {m('902', f'!headcount {END} people #in production alone')} worked in production."),
            p(f"At the balance sheet date the Group employed {m('1,241', f'headcount {END} people')} persons."),
            h2("9. Borrowings"),
            Table(
                [["", "Group 2023 £’000", "Company 2023 £’000"],
                 *rows(m, [f"!{END} #{one_debt}", "-"], [("total_debt", "Bank loans due within one year", [loans[0], 8_000]), ("total_debt", "Bank loans due after one year", [loans[1], 12_500]), ("total_debt", "Obligations under finance leases", [loans[2], "—"])], UNIT),
                 *rows(m, [END, f"!{END} #{COMPANY}"], [("total_debt", "Total borrowings", [sum(loans), 20_500])], UNIT)],
                [3.4, 1.4, 1.4],
            ),
        ],
        [
            h2("11. Prior period restatement"), p("Development costs of 2022 that did not meet the criteria were expensed. The effect on the comparative figures was:"),
            Table(
                [["£’000", "As previously reported", "Adjustment", "As restated"],
                 *rows(m, [f"!{LAST} #as first reported, restated since", "-", f"?{LAST}"], [("operating_profit", "Operating profit for the period", [operating[1] + 1_140, -1_140, operating[1]]), ("net_profit", "Profit for the financial period", [after[1] + 923, -923, after[1]])], UNIT),
                 *rows(m, [f"!{START} #as first reported, restated since", "-", f"?{START}"], [("equity", "Net assets", [b["equity"][1] + 923, -923, b["equity"][1]])], UNIT)],
                [3, 1.4, 1.2, 1.2],
            ),
            h2("12. Capital commitments"), p(f"Contracts placed for future capital expenditure not provided for amounted to £{m('4,816', f'!capex {YEAR} GBP*1000 #committed, not spent')} thousand (2022: £{m('2,290', f'!capex {LAST} GBP*1000 #committed, not spent')} thousand). Payments to acquire tangible fixed assets in the period were £{m('7.9', f'capex {YEAR} GBP*1000000')} million (2022: £{m('9.3', f'capex {LAST} GBP*1000000')} million)."),
            h2("13. Related party transactions"), p(f"Sales to companies controlled by Mr Ainsley amounted to £{m('2.1', f'!revenue {YEAR} GBP*1000000 #to related parties alone')} million. At the period end £{m('0.6', f'related_party_receivables {END} GBP*1000000')} million was due from them."),
            h2("14. Post balance sheet event"), p(f"On 20 October 2023 the Group acquired Brackley Valves Limited for £{m('11.5', '!equity_raised 2023-10 GBP*1000000 #paid for another company')} million in cash. In its year to 31 March 2023 Brackley Valves recorded turnover of £{m('16.4', '!revenue 2022-04/2023-03 GBP*1000000 #of an acquired company')} million."),
            h2("15. Ultimate controlling party"), p(f"Ainsley Holdings Limited held {m('58.3%', f'founder_share {END}|2023-12-14 ratio*0.01')} of the ordinary shares. There were {m('42,150,000', f'shares_outstanding {END} million shares*0.000001')} ordinary shares of 25p each in issue at 30 September 2023."),
            right("Fernhollow Engineering plc"),
        ],
    ]  # fmt: skip
    return Source("fernhollow-notes-2023.pdf", "en", m, pages, size=9)
