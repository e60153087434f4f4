"""A foreign issuer's report in America: renminbi in thousands, a last column translated into dollars for convenience."""

from tests.golden.making.books import books, rows
from tests.golden.making.forms import en_balance, en_cash, en_income
from tests.golden.making.marks import Marks, raised
from tests.golden.making.pages import Source, Table, center, h1, h2, p, small

TRANSLATED = "translated for the convenience of readers alone"


def source() -> Source:
    """Heliad Aero Holdings, four pages."""
    m = Marks("2024-04-18")
    rate = 7.0999
    b = books(
        41, [286_415, 1_204_770, 1_893_206], 0.09, research=0.31, selling=0.17, minority=0.02, order="oldest first"
    )

    def columns(lines, last):
        return [
            (line[0], line[1], [*line[2][-last:], *([round(float(line[2][-1]) / rate)] if line[2] else [])], *line[3:])
            for line in lines
        ]

    spans, stated = ["2021", "2022", "2023"], ["RMB", "RMB", "RMB", "US$"]

    def table(lines, spans, heads):
        made = rows(m, [*spans, f"!{spans[-1]} #{TRANSLATED}"], columns(lines, len(spans)), "CNY*1000")
        for row in made:  # the last column is in another currency
            if isinstance(row[-1], str) and "\ue001" in row[-1]:
                mark = int(row[-1].split("\ue001")[0][1:])
                m.tags[mark] = [
                    type(tag)(tag.kind, tag.fact, tag.value, "USD", tag.periods, (), tag.why) for tag in m.tags[mark]
                ]
        return Table([*heads, *made], [3.4, *[1.25] * (len(spans) + 1)], head=len(heads))

    pages = [
        [
            h1("Heliad Aero Holdings Limited"),
            center("Consolidated Statements of Comprehensive Loss"),
            center("(All amounts in thousands, except for share and per share data)"),
            table(
                en_income(b, american=True, loss=True),
                spans,
                [[("", 1, 3), ("For the Year Ended December 31,", 4, 1)], ["2021", "2022", ("2023", 2, 1)], stated],
            ),
            p(
                f"Net loss attributable to ordinary shareholders, after accretion of preferred shares, was RMB{m('611,408', '!net_loss 2023 CNY*1000 #with accretion of preferred shares')} thousand "
                f"in 2023{raised('(1)')}."
            ),
            small("(1) See Note 2(v) for the measure used by the chief operating decision maker."),
        ],
        [
            center("Consolidated Balance Sheets"),
            center("(All amounts in thousands)"),
            table(
                en_balance(b, True, True),
                ["2022", "2023"],
                [[("", 1, 2), ("As of December 31,", 3, 1)], ["2022 RMB", "2023 RMB", "2023 US$"]],
            ),
        ],
        [
            center("Consolidated Statements of Cash Flows"),
            center("(All amounts in thousands)"),
            table(
                en_cash(b, True),
                spans,
                [[("", 1, 3), ("For the Year Ended December 31,", 4, 1)], ["2021", "2022", ("2023", 2, 1)], stated],
            ),
            p(
                "Convenience translation: translations of balances from RMB into US$ as of and for the year ended December 31, 2023 are solely for the "
                f"convenience of the readers and were calculated at the rate of US$1.00 = RMB{m('7.0999', 'usd_cny 2023-12-29|2023-12-31 CNY per USD')}, the noon buying rate on December 29, 2023."
            ),
        ],
        [
            h2("Item 5. Operating and Financial Review and Prospects"),
            p("Date of this report: April 18, 2024"),
            p(
                f"Revenues increased by 57.1% to RMB{m('1,893.2', '?revenue 2023 CNY*1000000')} million. We handed over {m('214', 'deliveries 2023 aircraft')} aircraft to customers in 2023, "
                f"against {m('148', 'deliveries 2022 aircraft')} in 2022 and {m('37', 'deliveries 2021 aircraft')} in 2021, which brings deliveries since inception to {m('403', 'cumulative_deliveries 2023-12-31 aircraft')}."
            ),
            p(
                f"As of December 31, 2023 we held {m('1,260', 'orders 2023-12-31 aircraft')} orders, of which {m('520', '?orders 2023-12-31 aircraft')} were firm. "
                f"We believe that existing cash is sufficient for at least the next twelve months. Our industry is expected to reach sales of RMB{m('80', '!revenue 2030 CNY*1000000000 #of the whole market, expected', '?market_size 2030 CNY*1000000000')} billion by 2030."
            ),
            h2("Item 6.D. Employees"),
            p("The following table sets forth our employees by function as of December 31, 2023."),
            Table(
                [
                    ["Function", "Number", "% of total"],
                    ["Research and development", m("742", "!headcount 2023-12-31 people #one function"), "48.8"],
                    ["Manufacturing", m("521", "!headcount 2023-12-31 people #one function"), "34.3"],
                    [
                        "Sales, general and administration",
                        m("257", "!headcount 2023-12-31 people #one function"),
                        "16.9",
                    ],
                    ["Total", m("1,520", "headcount 2023-12-31 people"), "100.0"],
                ],
                [3, 1, 1],
            ),
            h2("Item 7.A. Major Shareholders"),
            Table(
                [
                    ["", "Ordinary shares beneficially owned", "%", "% of aggregate voting power"],
                    [
                        "Orla Venn, founder and chief executive",
                        "64,218,400",
                        m("21.4", "founder_share 2024-03-31|2023-12-31 ratio*0.01"),
                        m(
                            "57.7",
                            "?founder_votes 2024-03-31|2024|2024-04-18 ratio*0.01",
                            "!founder_share 2024-03-31 ratio*0.01 #votes, not shares",
                        ),
                    ],
                    [
                        "Tidewater Growth Partners",
                        "33,010,000",
                        m("11.0", "!founder_share 2024-03-31 ratio*0.01 #of another owner"),
                        "6.1",
                    ],
                ],
                [2.4, 1.8, 1, 1.6],
            ),
            small("Percentages are based on 300,088,785 ordinary shares outstanding as of March 31, 2024."),
        ],
    ]
    pages[3][-1] = small(
        f"Percentages are based on {m('300,088,785', 'shares_outstanding 2024-03-31 million shares*0.000001')} ordinary shares outstanding as of March 31, 2024."
    )
    return Source("heliad-annual-2023.pdf", "en", m, pages, size=9)
