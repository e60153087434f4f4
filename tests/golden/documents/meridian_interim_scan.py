"""An interim announcement as it is made in Hong Kong, scanned: thousands of renminbi, a column of notes, brackets for cost."""

from tests.golden.making.books import books, rows
from tests.golden.making.forms import en_balance, en_income, en_owners
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, center, h1, h2, p, right


def source() -> Source:
    """Meridian Composite, three scanned pages."""
    m = Marks("2024-08-22")
    b = books(61, [742_318, 655_904], 0.24)
    ends = books(62, [742_318, 1_391_260], 0.24, assets=2.4)
    spans = ["note", "2024H1", "2023H1"]
    margin = f"{b['gross'][0] / b['revenue'][0] * 100:.1f}"
    pages = [
        [
            h1("MERIDIAN COMPOSITE HOLDINGS LIMITED"),
            center("(Incorporated in the Cayman Islands with limited liability)"),
            h2("INTERIM RESULTS ANNOUNCEMENT FOR THE SIX MONTHS ENDED 30 JUNE 2024"),
            center("CONDENSED CONSOLIDATED STATEMENT OF PROFIT OR LOSS"),
            right("For the six months ended 30 June"),
            Table(
                [
                    [("", 1, 2), ("Notes", 1, 2), "2024", "2023"],
                    ["RMB’000 (Unaudited)", "RMB’000 (Unaudited)"],
                    *rows(m, spans, [*en_income(b, period="period"), *en_owners(b)], "CNY*1000"),
                ],
                [3.4, 0.7, 1.4, 1.4],
                head=2,
                rules="none",
            ),
        ],
        [
            center("CONDENSED CONSOLIDATED STATEMENT OF FINANCIAL POSITION"),
            Table(
                [
                    [("", 1, 2), ("Notes", 1, 2), "30 June 2024", "31 December 2023"],
                    ["RMB’000 (Unaudited)", "RMB’000 (Audited)"],
                    *rows(m, ["note", "2024-06-30", "2023-12-31"], en_balance(ends), "CNY*1000"),
                ],
                [3.4, 0.7, 1.4, 1.4],
                head=2,
                rules="none",
            ),
        ],
        [
            h2("MANAGEMENT DISCUSSION AND ANALYSIS"),
            p(
                f"Gross profit margin for the period was {m(margin + '%', 'gross_margin 2024H1 ratio*0.01')}. As at 30 June 2024, the Group had "
                f"{m('2,316', 'headcount 2024-06-30 people')} employees (31 December 2023: {m('2,204', 'headcount 2023-12-31 people')})."
            ),
            p(
                f"Total borrowings of the Group amounted to RMB{m('318.4', 'total_debt 2024-06-30 CNY*1000000')} million as at 30 June 2024. The gearing ratio was 24.6%. "
                f"Capital commitments contracted for were RMB{m('96.2', '!capex 2024H1 CNY*1000000 #committed, not spent')} million."
            ),
            p(
                f"The largest customer accounted for {m('18.7%', 'largest_customer_share 2024H1|2024-06-30 ratio*0.01', '?customer_share 2024H1|2024-06-30 ratio*0.01')} of revenue and the five largest together for "
                f"{m('52.3%', '!largest_customer_share 2024H1 ratio*0.01 #five customers together')}. An associate, Tarn Fibres, recorded revenue of RMB{m('88.1', '!revenue 2024H1 CNY*1000000 #of an associate')} million, which is not consolidated."
            ),
            p(
                f"The Board resolved not to declare an interim dividend. As at the date of this announcement the Company has {m('1,204,500,000', 'shares_outstanding 2024-08-22|2024-06-30 million shares*0.000001')} shares in issue."
            ),
            p("By order of the Board, Chairman Idris Calloway. Hong Kong, 22 August 2024"),
        ],
    ]
    return Source("meridian-interim-2024.pdf", "en", m, pages, scan=Scan(dpi=130, tilt=(0.9, -1.3, 0.5)), size=10)
