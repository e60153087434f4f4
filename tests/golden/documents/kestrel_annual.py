"""An American annual report of a company that loses money: thousands, brackets, marks of notes, an acquisition pro forma."""

from tests.golden.making.books import books, rows
from tests.golden.making.forms import en_balance, en_cash, en_income
from tests.golden.making.marks import Marks, raised
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

PRO_FORMA = "pro forma"
OTHER = "of the acquired business"


def source() -> Source:
    """Kestrel Mobility, five pages."""
    m = Marks("2024-02-27")
    b = books(21, [412_806, 268_114, 97_530], 0.03, research=0.38, selling=0.16, minority=0.0)
    years = ["2023", "2022", "2021"]
    two = {name: values[:2] for name, values in b.items()}
    income = en_income(b, american=True, loss=True)
    shares = rows(m, ["!2023 #an average, not the number in issue", "!2022 #an average, not the number in issue", "-"],
                  [("shares_outstanding", "Weighted average shares outstanding, basic and diluted", [184_220_615, 171_904_332, 150_118_004])], "million shares*0.000001")  # fmt: skip
    n = [b[name][0] for name in ("revenue", "cost", "gross", "operating", "net")]
    bought = [61_208, 44_910, 16_298, 3_115, 2_204]
    adjusted = [-1_420, 860, -2_280, -6_955, -5_310]
    combined = [a + c + d for a, c, d in zip(n, bought, adjusted, strict=True)]
    facts = ["revenue", "cost_of_revenue", "gross_profit", "operating_loss", "net_loss"]
    names = ["Revenues", "Cost of revenues", "Gross profit", "Loss from operations", "Net loss"]
    forma = [
        (fact, name, [n[i], bought[i], adjusted[i], combined[i]])
        for i, (fact, name) in enumerate(zip(facts, names, strict=True))
    ]
    margin = f"{b['gross'][0] / b['revenue'][0] * 100:.1f}"
    pages = [
        [
            h1("Kestrel Mobility, Inc."),
            center("Annual Report for the fiscal year ended December 31, 2023"),
            center("Filed on February 27, 2024"),
            p(
                f"As of February 20, 2024, there were {m('188,406,512', 'shares_outstanding 2024-02-20 million shares*0.000001')} shares of the registrant’s common "
                f"stock outstanding. The aggregate market value of the common stock held by non-affiliates on June 30, 2023 was approximately "
                f"${m('1.34', '!market_value 2023-06-30 USD*1000000000 #of shares of non-affiliates alone')} billion."
            ),
            h2("Consolidated Statements of Operations"),
            center("(in thousands, except share and per share data)"),
            Table(
                [
                    [("", 1, 2), ("Year Ended December 31,", 3, 1)],
                    years,
                    *rows(m, years, income, "USD*1000"),
                    ["Net loss per share, basic and diluted", "$ (0.86)", "$ (0.71)", "$ (0.44)"],
                    *shares,
                ],
                [3.6, 1.2, 1.2, 1.2],
                head=2,
            ),
            small("The accompanying notes are an integral part of these consolidated financial statements."),
        ],
        [
            h2("Consolidated Balance Sheets"),
            center("(in thousands)"),
            Table(
                [
                    ["", "Note", "December 31, 2023", "December 31, 2022"],
                    *rows(m, ["note", "2023", "2022"], en_balance(two, True, True), "USD*1000"),
                ],
                [3.4, 0.6, 1.4, 1.4],
            ),
        ],
        [
            h2("Consolidated Statements of Cash Flows"),
            center("(in thousands)"),
            Table(
                [["Year Ended December 31,", *years], *rows(m, years, en_cash(b, True), "USD*1000")],
                [3.6, 1.2, 1.2, 1.2],
            ),
        ],
        [
            h2("Unaudited Pro Forma Condensed Combined Statement of Operations"),
            p(
                "The following table presents the results of the Company as if the acquisition of Larkspur Drives had been completed on January 1, "
                "2023. It is provided for illustration only and does not purport to represent what the results would have been."
            ),
            right("Year ended December 31, 2023 (in thousands)"),
            Table(
                [
                    [
                        "",
                        "Kestrel historical",
                        "Larkspur historical",
                        "Adjustments" + raised("(a)"),
                        "Pro forma combined",
                    ],
                    *rows(
                        m, ["2023", f"!2023 #{OTHER}", f"!2023 #{PRO_FORMA}", f"!2023 #{PRO_FORMA}"], forma, "USD*1000"
                    ),
                ],
                [2.4, 1.4, 1.4, 1.4, 1.4],
            ),
            small(
                "(a) Reflects amortization of acquired intangible assets and removal of sales between the two companies."
            ),
        ],
        [
            h2("Management’s Discussion and Analysis"),
            p(
                f"We delivered {m('9,417', 'deliveries 2023 vehicles')} vehicles in 2023, compared with {m('6,208', 'deliveries 2022 vehicles')} in 2022. Gross margin was "
                f"{m(margin + '%', 'gross_margin 2023 ratio*0.01')} for 2023. Adjusted net loss, which excludes stock-based compensation, was "
                f"${m('118.6', '!net_loss 2023 USD*1000000 #adjusted, leaves out costs')} million{raised('(2)')}."
            ),
            p(
                f"As of December 31, 2023, we had {m('1,842', 'headcount 2023-12-31 people')} full-time employees and {m('311', '!headcount 2023-12-31 people #contractors')} contractors. Our plant in "
                f"Dunmore has an installed capacity of {m('20,000', 'capacity 2023-12-31 vehicles/year', '?local_plant_capacity 2023-12-31 vehicles/year')} vehicles per year."
            ),
            p(
                f"We expect to deliver approximately {m('14,000', 'delivery_guidance 2024 vehicles', '!deliveries 2024 vehicles #expected, not reached')} vehicles in 2024 and capital "
                f"expenditures of about ${m('95', '!capex 2024 USD*1000000 #expected, not spent')} million."
            ),
            Table(
                [
                    ["Summary of results", "2023", "2022", "Change"],
                    [
                        "Vehicles delivered",
                        m("9,417", "deliveries 2023 vehicles"),
                        m("6,208", "deliveries 2022 vehicles"),
                        "52%",
                    ],
                    [
                        "Revenues (in millions)",
                        m(f"${b['revenue'][0] / 1000:.1f}", "?revenue 2023 USD*1000000"),
                        m(f"${b['revenue'][1] / 1000:.1f}", "?revenue 2022 USD*1000000"),
                        "54%",
                    ],
                ],
                [3, 1.2, 1.2, 1.2],
            ),
            small("(2) Adjusted net loss is not a measure under generally accepted accounting principles."),
            p(
                f"One customer, a fleet operator, accounted for {m('23%', 'largest_customer_share 2023 ratio*0.01', '?customer_share 2023 ratio*0.01')} of revenues in 2023. We hold "
                f"{m('386', 'patents 2023-12-31|2024-02-20 count')} issued patents."
            ),
        ],
    ]
    return Source("kestrel-annual-2023.pdf", "en", m, pages)
