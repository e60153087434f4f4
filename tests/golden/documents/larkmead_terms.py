"""A letter of terms in Word: three tranches, price before and after, promises by year, the company's year to March."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, h2, p, right

DAY = "2024-07-03"
M = "GBP*1000000"
YEAR, LAST = "2023-04/2024-03", "2022-04/2023-03"


def source() -> Source:
    """Larkmead Photonics and the county of Dunmere, two pages."""
    m = Marks(DAY)
    tranches = [
        ["Tranche", "Amount", "Condition"],
        ["First", "£" + m("5.0", f"!equity_raised {DAY} {M} #one tranche of the round") + " million", "Completion"],
        ["Second", "£" + m("4.0", f"!equity_raised {DAY} {M} #one tranche of the round") + " million", "Clean room in Dunmere accepted, no later than 30 June 2025"],
        ["Third", "£" + m("3.5", f"!equity_raised {DAY} {M} #one tranche of the round") + " million", f"Revenue of at least £{m('9.0', f'plan_revenue 2025 {M}', f'!revenue 2025 {M} #a condition')} million in calendar year 2025"],
    ]  # fmt: skip
    owners = [
        ["Shareholder", "Before", "After completion of all tranches"],
        ["Dr. N. Farrow (founder)", m("51.30%", f"founder_share {DAY} ratio*0.01"), m("40.70%", f"!founder_share {DAY} ratio*0.01 #after the round")],
        ["Redcote Ventures LP", m("38.70%", f"!founder_share {DAY} ratio*0.01 #of an investor"), "30.71%"],
        ["Option pool", "10.00%", "7.93%"],
        ["The Investor", "—", m("20.66%", f"?purchased_share {DAY} ratio*0.01", f"?stake_hefei {DAY} ratio*0.01", f"?public_stake {DAY}|2025 ratio*0.01", f"!founder_share {DAY} ratio*0.01 #of the public side")],
    ]  # fmt: skip
    pages = [
        [
            right("Dunmere County Investment Board"), right("3 July 2024"), p("The Directors, Larkmead Photonics Limited"), p("PRIVATE AND CONFIDENTIAL. SUBJECT TO CONTRACT."), h1("Indicative terms of an investment in Larkmead Photonics Limited"),
            p("Dear Sirs, we refer to our letter of 12 April 2024, which this letter replaces. It lapses on 30 September 2024 unless countersigned."),
            h2("1. Amount"),
            p(f"The Investor would subscribe for £{m('12.5', f'equity_raised {DAY}|2024-07|2024|2025 {M}', f'?anchor_investment {DAY} {M}', f'?public_equity {DAY} {M}', f'?capital_increase {DAY} {M}')} million of new preference shares in three tranches:"),
            Table(tranches, [1, 1.3, 3.4], rules="grid", left=(0, 1, 2)),
            h2("2. Price"),
            p(f"The price reflects a valuation of £{m('48.0', f'!post_money {DAY} {M} #before the money', f'?deal_valuation {DAY} {M}')} million before and £{m('60.5', f'post_money {DAY} {M}')} million after the money. Our letter of 12 April 2024 had assumed £{m('55.0', f'!post_money {DAY} {M} #of an earlier letter', f'!deal_valuation {DAY} {M} #of an earlier letter')} million before the money."),
            Table(owners, [2, 1, 2], rules="grid"),
            h2("3. Return of the money"),
            p(f"If no sale or listing has taken place by 31 December 2030, the Investor may require Dr. Farrow and the Company to buy its shares at the subscription price plus {m('7%', f'put_rate {DAY} ratio*0.01')} a year, not compounded. Interest on late payment would be {m('4%', f'!put_rate {DAY} ratio*0.01 #interest on late payment')} above base rate."),
        ],
        [
            h2("4. Promises of the Company"),
            p(f"4.1 To invest at least £{m('21', f'plan_investment {DAY}|2027|2027-12-31 {M}', f'?plan_plant_investment {DAY}|2027 {M}')} million in Dunmere by the end of 2027, of which £{m('8', f'!plan_investment {DAY} {M} #the first phase alone')} million by the end of 2025."),
            p(f"4.2 To employ at least {m('180', f'plan_jobs {DAY}|2027|2027-12-31 jobs', f'!headcount {DAY} people #promised')} people in Dunmere by the end of 2027 and to keep its head office there for ten years."),
            p(f"4.3 To reach a capacity of {m('36,000', f'plan_capacity {DAY}|2027 wafers/month', f'!capacity {DAY} wafers/month #promised')} wafers a month ({m('12,000', f'plan_capacity_first_phase {DAY}|2025 wafers/month', f'!plan_capacity {DAY} wafers/month #the first phase alone')} in the first phase). Its present line makes {m('2,500', f'capacity {DAY}|2024-03-31 wafers/month')} wafers a month."),
            h2("5. Information given to us"),
            p(f"For the year ended 31 March 2024 the Company’s revenue was £{m('4.31', f'revenue {YEAR} {M}')} million (2023: £{m('2.96', f'revenue {LAST} {M}')} million) and its loss after tax £{m('3.90', f'net_loss {YEAR} {M}')} million (2023: £{m('4.27', f'net_loss {LAST} {M}')} million). At 31 March 2024 it had net liabilities of £{m('1.15', f'equity 2024-03-31 {M} =-1.15')} million, cash of £{m('642,000', 'cash 2024-03-31 GBP')} and {m('74', 'headcount 2024-03-31 people')} employees. Management accounts for the quarter to 30 June 2024 show revenue of £{m('1.28', f'revenue 2024-04/2024-06|2024Q2 {M}')} million."),
            p(f"A convertible loan of £{m('1.5', f'convertible_notes_raised 2024-01|2024|2024Q1|{DAY} {M}', f'!total_debt 2024-03-31 {M} #one kind of debt, not all debt')} million was drawn in January 2024 and would convert on completion. One customer accounted for {m('57%', f'largest_customer_share {YEAR} ratio*0.01', f'?customer_share {YEAR} ratio*0.01')} of revenue in the year. {m('40%', f'pledged_share {DAY}|2024-03-31 ratio*0.01')} of Dr. Farrow’s shares are charged to a bank."),
            h2("6. Costs"), p("The Company would bear our costs up to £85,000, and pay an arrangement fee of 1.5% of each tranche."),
            p("Yours faithfully,"), p("C. Hallam, for and on behalf of Dunmere County Investment Board"), p("Agreed: ______________________   Date: ______________________"),
        ],
    ]  # fmt: skip
    return Source("larkmead-terms-2024-07.docx", "en", m, pages, size=10.5)
