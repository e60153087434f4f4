"""An American quarterly report: three months and nine months side by side, millions with one place, a restated column."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import en_balance, en_cash, en_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small


def source() -> Source:
    """Bramblewick Semiconductor, four pages."""
    m = Marks("2024-11-05")
    b = books(
        121, [684.2, 611.9, 1_988.4, 1_760.3], 0.44, research=0.17, selling=0.05, digits=1, minority=0.02, order="apart"
    )
    ends = books(122, [684.2, 640.0], 0.44, digits=1, minority=0.02, assets=7)
    spans = ["2024Q3", "?2023Q3", "2024-01/2024-09", "?2023-01/2023-09"]

    def show(number):
        return shown(number, 1)

    first = [
        ("revenue", "Total revenues", [(619.4, "as first reported, restated since")]),
        ("cost_of_revenue", "Cost of revenues", [(341.8, "as first reported, restated since")]),
    ]
    corrected = [
        [label, m(f"{value:,.1f}", f"!{fact} 2023Q3 USD*1000000 #{why}"), f"({value - float(b['revenue' if fact == 'revenue' else 'cost'][1]):,.1f})" if fact == "revenue" else "",
         m(show(b["revenue" if fact == "revenue" else "cost"][1]), f"?{fact} 2023Q3 USD*1000000")]
        for fact, label, ((value, why),) in first
    ]  # fmt: skip
    margin = f"{b['gross'][0] / b['revenue'][0] * 100:.1f}%"
    nine = {name: values[2:] for name, values in b.items()}
    pages = [
        [
            h1("Bramblewick Semiconductor Corporation"),
            center(
                "Quarterly report for the period ended September 28, 2024 (fiscal periods are presented as calendar quarters)"
            ),
            center("Filed November 5, 2024"),
            h2("Condensed Consolidated Statements of Income (Unaudited)"),
            right("(In millions, except per share amounts)"),
            Table(
                [
                    [("", 1, 3), ("Three Months Ended September 30,", 2, 1), ("Nine Months Ended September 30,", 2, 1)],
                    ["2024", "2023", "2024", "2023"],
                    ["", "(As restated)", "", "(As restated)"],
                    *rows(m, spans, en_income(b, american=True), "USD*1000000", show),
                    ["Diluted earnings per share", "$ 0.41", "$ 0.37", "$ 1.22", "$ 1.04"],
                ],
                [3.2, 1.1, 1.1, 1.1, 1.1],
                head=3,
            ),
        ],
        [
            h2("Condensed Consolidated Balance Sheets (Unaudited)"),
            right("(In millions)"),
            Table(
                [
                    ["", "September 30, 2024", "December 31, 2023"],
                    *rows(m, ["2024-09-30", "2023-12-31"], en_balance(ends, True), "USD*1000000", show),
                ],
                [3.2, 1.4, 1.4],
            ),
        ],
        [
            h2("Condensed Consolidated Statements of Cash Flows (Unaudited)"),
            right("(In millions)"),
            Table(
                [
                    [("", 1, 2), ("Nine Months Ended September 30,", 2, 1)],
                    ["2024", "2023"],
                    *rows(m, spans[2:], en_cash(nine, True), "USD*1000000", show),
                ],
                [3.2, 1.4, 1.4],
                head=2,
            ),
        ],
        [
            h2("Note 3. Restatement"),
            right("Three months ended September 30, 2023 (in millions)"),
            Table([["", "As previously reported", "Adjustment", "As restated"], *corrected], [3, 1.4, 1.2, 1.2]),
            h2("Results of operations"),
            p(
                f"Gross margin was {m(margin, 'gross_margin 2024Q3 ratio*0.01')} in the third quarter of 2024. Wafer capacity at the Tolland plant was {m('42,000', 'capacity 2024-09-30 wafers/month')} wafers per month at quarter end; a second "
                f"phase, subject to board approval, would add {m('30,000', '?plan_capacity 2024-11-05 wafers/month', '!capacity 2024-09-30 wafers/month #planned')} wafers per month."
            ),
            p(
                f"One distributor represented {m('34%', 'largest_customer_share 2024Q3 ratio*0.01', '?customer_share 2024Q3 ratio*0.01')} of revenues in the quarter and {m('31%', '?largest_customer_share 2024-01/2024-09 ratio*0.01', '?customer_share 2024-01/2024-09 ratio*0.01')} in the nine-month period. Total debt was ${m('1,148.5', 'total_debt 2024-09-30 USD*1000000')} million at September 30, 2024."
            ),
            p(
                f"For the fourth quarter of 2024 we expect revenues of between ${m('690', '?plan_revenue 2024Q4 USD*1000000', '!revenue 2024Q4 USD*1000000 #guidance')} million and ${m('720', '?plan_revenue 2024Q4 USD*1000000', 'plan_revenue 2024Q4 USD*1000000 =690~720', '!revenue 2024Q4 USD*1000000 #guidance')} million."
            ),
            small(
                f"As of October 25, 2024 there were {m('231.7', 'shares_outstanding 2024-10-25 million shares')} million shares of common stock outstanding."
            ),
        ],
    ]
    return Source("bramblewick-2024-q3.pdf", "en", m, pages, sans=True, size=9.5)
