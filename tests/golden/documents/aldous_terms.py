"""An announcement in Word on a strategic investment, in the manner of a term sheet: rounds, valuation, put, pledges."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p


def source() -> Source:
    """Aldous Energy and the city of Westmark."""
    m = Marks("2024-05-16")
    day = "2024-05-16"
    pages = [
        [
            h1("Announcement: Strategic Investment Agreement"),
            center("Aldous Energy Systems Limited"),
            center("16 May 2024"),
            p(
                "The Company is pleased to announce that it has entered into an investment agreement with Westmark City Development Fund (the “Investor”)."
            ),
            h2("1. Investment"),
            Table(
                [
                    ["Item", "Term"],
                    [
                        "Subscription by the Investor",
                        f"EUR {m('240', f'equity_raised {day}|2024-05|2024 EUR*1000000', f'?anchor_investment {day} EUR*1000000', f'?public_equity {day} EUR*1000000', f'?capital_increase {day} EUR*1000000')} million for new shares, in three instalments",
                    ],
                    [
                        "First instalment",
                        f"EUR {m('90', f'!equity_raised {day} EUR*1000000 #one instalment of the round')} million within 30 days of signing",
                    ],
                    [
                        "Pre-money valuation",
                        f"EUR {m('960', f'!post_money {day} EUR*1000000 #before the money', f'?deal_valuation {day} EUR*1000000')} million",
                    ],
                    ["Post-money valuation", f"EUR {m('1,200', f'post_money {day} EUR*1000000')} million"],
                    [
                        "Stake of the Investor after completion",
                        m(
                            "20%",
                            f"?stake_hefei {day} ratio*0.01",
                            f"?public_stake {day} ratio*0.01",
                            f"?purchased_share {day} ratio*0.01",
                            f"!founder_share {day} ratio*0.01 #of the investor",
                        ),
                    ],
                    [
                        "Put option",
                        f"The Investor may require the founders to purchase its shares at cost with a simple return of {m('8.5%', f'put_rate {day} ratio*0.01')} a year if no listing is completed by 31 December 2029",
                    ],
                ],
                [2, 4],
                rules="grid",
                left=(0, 1),
            ),
            h2("2. Undertakings of the Company"),
            p(
                f"2.1 The Company shall invest no less than EUR {m('610', f'plan_investment {day} EUR*1000000', f'?plan_plant_investment {day} EUR*1000000')} million in a plant in Westmark with a capacity of {m('16', f'plan_capacity {day} GWh/year', f'!capacity {day} GWh/year #planned')} GWh a year, of which {m('6', f'plan_capacity_first_phase {day} GWh/year', f'!plan_capacity {day} GWh/year #the first phase alone')} GWh in the first phase."
            ),
            p(
                f"2.2 The Company shall create {m('1,450', f'plan_jobs {day}|2028|2028-12-31 jobs', f'!headcount {day} people #promised')} jobs in Westmark by the end of 2028."
            ),
            p(
                f"2.3 The Company undertakes that its revenue shall be no less than EUR {m('320', 'plan_revenue 2026 EUR*1000000', '!revenue 2026 EUR*1000000 #promised')} million in 2026 and EUR {m('780', 'plan_revenue 2028 EUR*1000000', '!revenue 2028 EUR*1000000 #promised')} million in 2028."
            ),
        ],
        [
            h2("3. Information on the Company"),
            p(
                f"For the year ended 31 December 2023 the Company recorded revenue of EUR {m('141.6', 'revenue 2023 EUR*1000000')} million (2022: EUR {m('88.9', 'revenue 2022 EUR*1000000')} million) and a loss for the year of EUR {m('57.3', 'net_loss 2023 EUR*1000000')} million (2022: EUR {m('49.0', 'net_loss 2022 EUR*1000000')} million). "
                f"Total assets and net assets as at 31 December 2023 were EUR {m('402.8', 'total_assets 2023-12-31 EUR*1000000')} million and EUR {m('118.1', 'equity 2023-12-31 EUR*1000000')} million."
            ),
            p(
                f"Since its foundation the Company has raised EUR {m('385', f'raised_to_date {day} EUR*1000000', f'!equity_raised {day} EUR*1000000 #all rounds together')} million from investors. It employed {m('904', 'headcount 2023-12-31|2024-04-30 people')} people as at 31 December 2023."
            ),
            h2("4. Information on the Investor"),
            p(
                f"The Investor manages EUR {m('3.1', '?public_fund_size 2024-05-16|2023-12-31|2023|2024 EUR*1000000000', '!total_assets 2023-12-31 EUR*1000000000 #of the investor')} billion and recorded net income of EUR {m('44.7', '!net_profit 2023 EUR*1000000 #of the investor')} million in 2023."
            ),
            h2("5. Conditions"),
            p(
                "Completion is subject to approval by the council of Westmark and clearance under state aid rules. Completion may or may not take place; shareholders should exercise caution."
            ),
        ],
    ]
    return Source("aldous-investment.docx", "en", m, pages, size=11)
