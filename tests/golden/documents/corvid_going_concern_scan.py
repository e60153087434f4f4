"""A digital report in which the pages of the auditor are scanned: doubt on going concern, sums in millions in the words."""

from tests.golden.making.books import books, rows, shown
from tests.golden.making.forms import en_cash, en_income
from tests.golden.making.marks import Marks
from tests.golden.making.pages import Scan, Source, Table, center, h1, h2, p, right


def source() -> Source:
    """Corvid Cells, three pages of which two are scanned."""
    m = Marks("2023-11-14")
    b = books(81, [8.4, 5.1], -0.22, research=0.9, selling=0.2, digits=1, minority=0.0, assets=9)
    loss = abs(b["net"][0])

    def show(number):
        return shown(number, 1, "−", "")

    year, before = "2022-07/2023-06", "2021-07/2022-06"
    pages = [
        [
            h1("Report of the Independent Auditor"),
            center("To the members of Corvid Cells plc"),
            h2("Material uncertainty related to going concern"),
            p(
                f"We draw attention to note 2 in the financial statements, which indicates that the Group incurred a net loss of £{m(str(loss), f'net_loss {year} GBP*1000000')} million during the year ended "
                f"30 June 2023 and, as of that date, its current liabilities exceeded its current assets by £{m('6.7', '!current_liabilities 2023-06-30 GBP*1000000 #an excess over assets', '!current_assets 2023-06-30 GBP*1000000 #a shortfall')} million."
            ),
            p(
                f"As stated in note 2, these events or conditions indicate that {m('a material uncertainty exists', 'going_concern_doubt 2023-06-30|2023-11-14|2022-07/2023-06 flag =true')} that may cast significant doubt on the Group’s "
                "ability to continue as a going concern. Our opinion is not modified in respect of this matter."
            ),
            h2("Key audit matters"),
            p(
                "The recoverable amount of the pilot line was tested by the directors with a discount rate of 14% and a growth rate of 2%."
            ),
            right("14 November 2023"),
        ],
        [
            h2("Consolidated income statement for the year ended 30 June 2023"),
            right("£ million"),
            Table(
                [
                    ["", "Note", "2023", "2022"],
                    *rows(m, ["note", year, before], en_income(b, loss=True), "GBP*1000000", show),
                ],
                [3.4, 0.7, 1.2, 1.2],
            ),
            h2("Consolidated cash flow statement for the year ended 30 June 2023"),
            right("£ million"),
            Table(
                [["", "2023", "2022"], *rows(m, [year, before], en_cash(b), "GBP*1000000", show)],
                [3.4, 1.2, 1.2],
            ),
        ],
        [
            h2("Note 2: Basis of preparation and going concern"),
            p(
                f"At 30 June 2023 the Group held cash of £{m('3.2', 'cash 2023-06-30 GBP*1000000')} million and borrowings of £{m('41.5', 'total_debt 2023-06-30 GBP*1000000')} million. On 2 October 2023 the Company raised £{m('12.0', 'equity_raised 2023-10-02|2023-10|2023Q4|2023 GBP*1000000')} million "
                f"by a placing of new shares. The directors’ base case assumes a further £{m('25', '!equity_raised 2024 GBP*1000000 #assumed, not raised')} million by June 2024, which is not committed."
            ),
            p(
                f"A reduction of the workforce from {m('346', 'headcount 2023-06-30|2023-11-14 people')} employees at the year end to about {m('210', '?plan_headcount 2024-06-30|2024-06|2024 people', '!headcount 2024-06-30 people #planned')} by June 2024 is planned."
            ),
            p(
                f"The plan of 2021 foresaw revenue of £{m('60', '!revenue 2022-07/2023-06 GBP*1000000 #an old plan', '?plan_revenue 2022-07/2023-06|2023|2021 GBP*1000000')} million for this year; the directors no longer rely on it."
            ),
        ],
    ]
    return Source(
        "corvid-report-2023.pdf",
        "en",
        m,
        pages,
        scan=Scan(pages=(1, 3), dpi=130, tilt=(-0.7, 0, 1.6)),
        sans=True,
        size=10,
    )
