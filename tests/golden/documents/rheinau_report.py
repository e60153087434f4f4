"""The management report and accounts of a German company in English: total cost format, kEUR, liabilities without provisions."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p

UNIT = "EUR*1000"
PART = "without provisions and deferred income"


def source() -> Source:
    """Rheinau Pumpen GmbH, three pages."""
    m = Marks("2024-04-22")
    b = books(201, [84_612, 79_148], 0.3, minority=0.0, order="newest first")
    stock, own_work, other = [1_204, -318], [642, 577], [1_911, 2_046]
    material = [int(v * 49 / 100) for v in b["revenue"]]
    staff, wear, outlay = [24_870, 23_904], [3_412, 3_266], [11_306, 10_744]
    total = [r + s + w for r, s, w in zip(b["revenue"], stock, own_work, strict=True)]
    result = [t + o - a - c - d - e for t, o, a, c, d, e in zip(total, other, material, staff, wear, outlay, strict=True)]  # fmt: skip
    interest = [612, 433]
    tax = [int((v - i) * 30 / 100) for v, i in zip(result, interest, strict=True)]
    after = [v - i - t for v, i, t in zip(result, interest, tax, strict=True)]
    net = [v - 88 for v in after]

    def show(number):
        return shown(number, 0, "-")

    def minus(values):
        return [-v for v in values]

    account = [
        ("revenue", "1. Sales revenues", b["revenue"]),
        ("-", "2. Increase (decrease) in finished goods and work in progress", stock),
        ("-", "3. Own work capitalised", own_work),
        ("!revenue #total output, with changes of stock", "Total output", total),
        ("-", "4. Other operating income", other),
        ("!cost_of_revenue #materials alone", "5. Cost of materials", minus(material)),
        ("-", "6. Personnel expenses", minus(staff)),
        ("-", "7. Depreciation and amortisation", minus(wear)),
        ("!sga #all other expenses", "8. Other operating expenses", minus(outlay)),
        ("operating_profit", "Operating result (EBIT)", result),
        ("-", "9. Interest and similar expenses", minus(interest)),
        ("-", "10. Taxes on income", minus(tax)),
        ("!net_profit #before other taxes", "11. Earnings after taxes", after),
        ("-", "12. Other taxes", [-88, -88]),
        ("net_profit", "13. Net income for the year", net),
    ]
    fixed = [f - 140 for f in b["fixed_assets"]]
    provisions = [g + d for g, d in zip(b["grants"], b["other_due"], strict=True)]
    liabilities = [v - p_ for v, p_ in zip(b["total_liabilities"], provisions, strict=True)]
    kept = [e - 2_500 - 6_000 - n for e, n in zip(b["equity"], net, strict=True)]
    assets = [
        ("!total_assets #fixed assets alone", "A. Fixed assets", fixed),
        ("-", "   I. Inventories", b["stock"]),
        ("-", "   II. Receivables and other assets", [x + y + z for x, y, z in zip(b["receivables"], b["securities"], b["other_current"], strict=True)]),
        ("cash", "   III. Cash on hand and bank balances", b["cash"]),
        ("current_assets", "B. Current assets", b["current_assets"]),
        ("-", "C. Prepaid expenses", [140, 140]),
        ("total_assets", "Balance sheet total", b["total_assets"]),
    ]  # fmt: skip
    claims = [
        ("-", "   I. Subscribed capital", [2_500, 2_500]),
        ("-", "   II. Capital reserve", [6_000, 6_000]),
        ("?retained_earnings", "   III. Profit carried forward", kept),
        ("?net_profit", "   IV. Net income for the year", net),
        ("equity", "A. Equity", b["equity"]),
        ("-", "B. Provisions", provisions),
        ("!total_debt #one kind of debt, not all debt", "   1. Liabilities to banks", [x + y for x, y in zip(b["short_loans"], b["long_loans"], strict=True)]),
        ("?customer_prepayments", "   2. Advances received on orders", b["prepaid"]),
        ("-", "   3. Trade payables and other liabilities", [x + y for x, y in zip(b["payables"], b["leases"], strict=True)]),
        (f"!total_liabilities #{PART}", "C. Liabilities", liabilities),
        ("?total_assets", "Balance sheet total", b["total_both"]),
    ]  # fmt: skip
    million = [f"{v / 1000:.1f}" for v in b["revenue"]]
    ends = ["31.12.2023 kEUR", "31.12.2022 kEUR"]
    spans, years = ["2023-12-31", "2022-12-31"], ["2023", "2022"]
    pages = [
        [
            center("Convenience translation. The German version is binding."), h1("Rheinau Pumpen GmbH, Rheinau"), h1("Management report for the financial year 2023"),
            h2("I. Fundamentals of the company"),
            p(f"Rheinau Pumpen GmbH develops and manufactures pumps for process industries. All shares are held by Rheinau Holding SE ({m('74.9%', 'founder_share 2023-12-31|2024-04-22 ratio*0.01')}) and the state of Westmark ({m('25.1%', 'public_stake 2023-12-31|2024-04-22 ratio*0.01', '!founder_share 2023-12-31 ratio*0.01 #of the public side')}). As at 31 December 2023 the company had {m('438', 'headcount 2023-12-31 people')} employees including {m('31', '!headcount 2023-12-31 people #apprentices alone')} apprentices; the annual average under section 267 HGB was {m('421', '!headcount 2023-12-31 people #an average')}."),
            h2("II. Economic report"), h2("1. General conditions of the industry"),
            p(f"According to the association of machine builders, production of pumps in Germany fell by 2.1% to EUR {m('6,900', '!revenue 2023 EUR*1000000 #of the whole industry')} million."),
            h2("2. Course of business"),
            p(f"Sales revenues increased to EUR {m(million[0], '?revenue 2023 EUR*1000000')} million (prior year: EUR {m(million[1], '?revenue 2022 EUR*1000000')} million) and thus exceeded the forecast of EUR {m('82', '!revenue 2023 EUR*1000000 #forecast a year before')} million. Sales abroad amounted to EUR {m('51.3', '!revenue 2023 EUR*1000000 #abroad alone')} million. Incoming orders were EUR 91.0 million; the book-to-bill ratio was 1.08. We delivered {m('6,114', 'deliveries 2023 units')} pumps (prior year: {m('6,302', 'deliveries 2022 units')})."),
            p(f"Our largest customer accounts for {m('9.4%', 'largest_customer_share 2023 ratio*0.01', '?customer_share 2023 ratio*0.01')} of sales revenues; the ten largest for {m('38%', '!largest_customer_share 2023 ratio*0.01 #of ten customers together')}."),
            h2("3. Financial position"),
            p(f"Cash flow from operating activities was EUR {m('7.8', 'operating_cash_flow 2023 EUR*1000000')} million (prior year: EUR {m('4.9', 'operating_cash_flow 2022 EUR*1000000')} million). Investments in property, plant and equipment were EUR {m('6.2', 'capex 2023 EUR*1000000')} million (prior year: EUR {m('3.7', 'capex 2022 EUR*1000000')} million); for 2024 we have budgeted EUR {m('8.5', '!capex 2024 EUR*1000000 #a budget')} million. Expenses for research and development were EUR {m('3.3', 'r_and_d 2023 EUR*1000000')} million."),
            h2("III. Forecast, opportunities and risks"),
            p(f"For 2024 we expect sales revenues of EUR {m('86', '?plan_revenue 2024 EUR*1000000', '!revenue 2024 EUR*1000000 #a forecast')} to {m('90', '?plan_revenue 2024 EUR*1000000', 'plan_revenue 2024 EUR*1000000 =86~90', '!revenue 2024 EUR*1000000 #a forecast')} million and an EBIT margin between 3% and 5%. Risks that threaten the existence of the company are {m('not discernible', '?going_concern_doubt 2023-12-31|2024-04-22|2023 flag =false', '!going_concern_doubt 2023-12-31 flag =true #denied')}."),
        ],
        [
            h2("Annual financial statements"), h2("Balance sheet as at 31 December 2023"), h2("Assets"), Table([["", *ends], *rows(m, spans, assets, UNIT, show)], [4, 1.4, 1.4], rules="none"),
            h2("Equity and liabilities"), Table([["", *ends], *rows(m, spans, claims, UNIT, show)], [4, 1.4, 1.4], rules="none"),
        ],
        [
            h2("Income statement for the period from 1 January to 31 December 2023"), Table([["", "2023 kEUR", "2022 kEUR"], *rows(m, years, account, UNIT, show)], [4, 1.4, 1.4], rules="none"),
            h2("Notes (extract)"),
            p(f"Contingent liabilities: a guarantee of kEUR {m('1,500', '?related_party_guarantees 2023-12-31 EUR*1000')} was given for a loan of the sister company Rheinau Service GmbH. The management proposes to carry the net income forward."),
            p("Rheinau, 22 April 2024"), p("Dr. Anke Lorenz     Matthias Oehl     (Managing directors)"),
        ],
    ]  # fmt: skip
    return Source("rheinau-report-2023.pdf", "en", m, pages, size=9)
