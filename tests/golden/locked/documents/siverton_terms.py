"""Principal terms of a public investment in Word: two companies, rounds, promises, what was reached before."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, h2, p


def source() -> Source:
    """Siverton Rotor and the province of Calder."""
    m = Marks("2023-09-25")
    day = "2023-09-25"
    pages = [
        [
            h1("Principal terms of the proposed investment"),
            p("Siverton Rotor Inc. and Calder Provincial Growth Agency, 25 September 2023"),
            Table(
                [
                    ["No.", "Matter", "Terms"],
                    ["1", "Convertible note", f"US${m('75', f'convertible_notes_raised {day}|2023 USD*1000000', f'!equity_raised {day} USD*1000000 #a note, no shares', f'?anchor_investment {day} USD*1000000')} million, coupon {m('5%', f'?bond_coupon {day}|2023|2028 ratio*0.01')} a year, maturing in 2028"],
                    ["2", "Equity", f"US${m('45', f'equity_raised {day}|2023 USD*1000000', f'?public_equity {day} USD*1000000', f'?capital_increase {day} USD*1000000', f'?anchor_investment {day} USD*1000000')} million at a post-money valuation of US${m('620', f'post_money {day} USD*1000000')} million"],
                    ["3", "Plant", f"Capacity of {m('450', f'plan_capacity {day}|2026 aircraft/year', f'!capacity {day} aircraft/year #planned')} aircraft per year in Calder; total investment US${m('310', f'plan_investment {day} USD*1000000', f'?plan_plant_investment {day} USD*1000000')} million; start of production in {m('2026', 'plan_production_start 2026 flag =true')}"],
                    ["4", "Jobs", f"{m('720', f'plan_jobs {day}|2027|2027-12-31 jobs', f'!headcount {day} people #promised')} by the end of 2027, of which {m('300', f'!plan_jobs {day} jobs #a part')} in engineering"],
                    ["5", "Clawback", f"Support {m('must be repaid', f'?clawback_agreed {day} flag =true')} with interest of 4% a year if fewer than 500 jobs exist on 31 December 2028"],
                ],
                [0.5, 1.5, 5],
                rules="grid",
                left=(0, 1, 2),
            ),
        ],
        [
            h2("The Company"),
            p(f"Siverton Rotor delivered {m('26', 'deliveries 2022 aircraft')} aircraft in 2022 and {m('19', 'deliveries 2023H1 aircraft')} in the first half of 2023. Orders on hand were {m('340', 'orders 2023-06-30 aircraft')} aircraft at 30 June 2023, all from customers without ties to the owners."),
            p(f"Revenue was US${m('58.3', 'revenue 2022 USD*1000000')} million in 2022, net loss US${m('41.7', 'net_loss 2022 USD*1000000')} million. Cash was US${m('64.9', 'cash 2023-06-30 USD*1000000')} million at 30 June 2023."),
            h2("The guarantor"),
            p(f"Siverton Holdings, the parent of the Company, had revenue of US${m('402', '!revenue 2022 USD*1000000 #of the parent of the company')} million and a net loss of US${m('12', '!net_loss 2022 USD*1000000 #of the parent of the company', '?parent_net_loss 2022 USD*1000000')} million in 2022."),
        ],
    ]  # fmt: skip
    return Source("siverton-terms.docx", "en", m, pages, size=11)
