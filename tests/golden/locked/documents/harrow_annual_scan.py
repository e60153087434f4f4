"""Accounts to the end of March, scanned in black and white: thousands of pounds, a company column beside that of the group."""

from tests.golden.making.books import books, rows
from tests.golden.making.forms import en_balance, en_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, center, h1, h2, p, right

OWN = "of the parent company alone, not of the group"


def source() -> Source:
    """Harrow Vale Engineering, three scanned pages."""
    m = Marks("2023-06-30")
    b = books(141, [48_216, 44_903], 0.26, research=0.03, selling=0.05, minority=0.0)
    own = books(142, [31_004, 29_870], 0.2, minority=0.0)
    mixed = {name: [b[name][0], b[name][1], own[name][0], own[name][1]] for name in b}
    year, before = "2022-04/2023-03", "2021-04/2022-03"
    columns = ["note", "2023-03-31", "2022-03-31", f"!2023-03-31 #{OWN}", f"!2022-03-31 #{OWN}"]
    pages = [
        [
            h1("HARROW VALE ENGINEERING PLC"),
            h2("Consolidated profit and loss account"),
            center("for the year ended 31 March 2023"),
            Table(
                [
                    ["", "Note", "2023", "2022"],
                    ["", "", "£’000", "£’000"],
                    *rows(m, ["note", year, before], en_income(b), "GBP*1000"),
                ],
                [3.2, 0.7, 1.3, 1.3],
                head=2,
                rules="none",
            ),
        ],
        [
            h2("Balance sheets"),
            center("at 31 March 2023"),
            Table(
                [
                    [("", 1, 3), ("Note", 1, 3), ("Group", 2, 1), ("Company", 2, 1)],
                    ["2023", "2022", "2023", "2022"],
                    ["£’000", "£’000", "£’000", "£’000"],
                    *rows(m, columns, en_balance(mixed), "GBP*1000"),
                ],
                [3, 0.6, 1.1, 1.1, 1.1, 1.1],
                head=3,
                rules="none",
            ),
            p("Approved by the directors on 30 June 2023 and signed on their behalf by Rowan Thackeray."),
        ],
        [
            h2("Report of the directors"),
            p(
                f"The average number of persons employed during the year was {m('604', '?headcount 2022-04/2023-03|2023|2023-03-31 people')}; at the year end the Group employed {m('617', 'headcount 2023-03-31 people')} people. "
                f"Orders on hand at the year end stood at {m('1,140', 'orders 2023-03-31 units')} units. The largest customer took {m('22.5%', f'largest_customer_share {year}|2023-03-31|2023 ratio*0.01', f'?customer_share {year}|2023-03-31 ratio*0.01')} of sales."
            ),
            p(
                f"The directors have considered the position of the Group and are satisfied that {m('no material uncertainty exists', '!going_concern_doubt 2023-03-31 flag =true #denied', '?going_concern_doubt 2023-03-31 flag =false')} as to its ability to continue as a going concern."
            ),
            p(
                f"Capital expenditure of £{m('3.4', '!capex 2023-04/2024-03 GBP*1000000 #planned')} million is planned for the coming year."
            ),
            right("30 June 2023"),
        ],
    ]
    return Source(
        "harrow-accounts-2023.pdf",
        "en",
        m,
        pages,
        scan=Scan(dpi=180, tilt=(1.2, -0.8, 0.5), bilevel=True, noise=16),
        size=10.5,
    )
