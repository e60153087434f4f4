"""Risk factors of an American prospectus: figures in running text, respectively, as adjusted, votes against shares."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, center, h1, h2, p, right

DAY = "2024-06-03"


def source() -> Source:
    """Pelican Storage, three pages."""
    m = Marks(DAY)

    def usd(text, fact, period, why=""):
        return "$" + m(text, f"{fact} {period} USD*1000000" + (f" #{why}" if why else ""))

    def share(text, fact, period, why=""):
        return m(text, f"{fact} {period} ratio*0.01" + (f" #{why}" if why else ""))

    pages = [
        [
            right("SUBJECT TO COMPLETION, DATED JUNE 3, 2024"), h1("PRELIMINARY PROSPECTUS"), center("Pelican Storage Systems, Inc."), center(m("10,000,000", f"!shares_outstanding {DAY} million shares*0.000001 #offered") + " Shares of Common Stock"),
            p(f"This is the initial public offering of shares of common stock of Pelican Storage Systems, Inc. We estimate that the price will be between ${m('14.00', f'!share_price {DAY} USD #a range, estimated', f'?placement_price {DAY} USD =14~16')} and $16.00 per share. We have {m('applied to list', f'?listing_filed {DAY}|2024-06|2024 flag =true')} our common stock."),
            h1("RISK FACTORS"), h2("Risks Related to Our Business"),
            p("We have a history of losses and may never be profitable."),
            p(
                f"We incurred net losses of {usd('38.2', 'net_loss', '2023')} million and {usd('21.7', 'net_loss', '2022')} million for the years ended December 31, 2023 and 2022, respectively, and of {usd('12.4', 'net_loss', '2024Q1')} million for the three months ended March 31, 2024. "
                f"As of March 31, 2024, we had an accumulated deficit of {usd('112.9', 'accumulated_deficit', '2024-03-31')} million. We expect our operating expenses to increase by more than {usd('20', '!sga', '2024', 'an increase, expected')} million in 2024."
            ),
            p("Our recurring losses raise doubt."),
            p(
                f"Our auditors have stated that {m('substantial doubt', f'going_concern_doubt 2023-12-31|2023|{DAY}|2024-03-31 flag =true')} exists about our ability to continue as a going concern. As of March 31, 2024, we had cash and cash equivalents of {usd('9.6', 'cash', '2024-03-31')} million and total indebtedness of {usd('44.8', 'total_debt', '2024-03-31')} million, "
                f"of which {usd('30.0', '!total_debt', '2024-03-31', 'one kind of debt, not all debt')} million was outstanding under our term loan. On a pro forma as adjusted basis, after giving effect to this offering, cash would have been {usd('146.1', '!cash', '2024-03-31', 'as adjusted for the offering')} million."
            ),
            p("We depend on a small number of customers."),
            p(
                f"For 2023, our largest customer, a utility, accounted for {share('41%', 'largest_customer_share', '2023')} of our revenue, and our five largest customers together accounted for {share('78%', '!largest_customer_share', '2023', 'of five customers together')}. For 2022, our largest customer accounted for {share('36%', 'largest_customer_share', '2022')}. "
                f"If it had reduced its orders by half, our revenue of {usd('67.3', 'revenue', '2023')} million for 2023 would have been {usd('53.5', '!revenue', '2023', 'supposed')} million."
            ),
        ],
        [
            p("Our backlog may not be converted into revenue."),
            p(f"As of April 30, 2024, we had a backlog of {m('2.3', 'orders 2024-04-30|2024-06-03 GWh')} GWh. In addition, customers have signed non-binding letters of intent for {m('5.8', '!orders 2024-04-30 GWh #not binding')} GWh. We delivered {m('0.41', 'deliveries 2023 GWh')} GWh in 2023 and {m('0.27', 'deliveries 2022 GWh')} GWh in 2022."),
            p("Our expansion may be delayed."),
            p(
                f"Our factory in Port Ellery currently has an annual capacity of {m('1.2', f'capacity {DAY}|2023-12-31|2024-03-31 GWh/year')} GWh. We intend to expand it to {m('4.0', '?plan_capacity 2026 GWh/year', f'!capacity {DAY} GWh/year #intended')} GWh by the end of 2026, at an estimated cost of {usd('210', 'plan_investment', f'2026|2024|{DAY}|2026-12-31')} million. "
                f"Capital expenditures were {usd('18.9', 'capex', '2023')} million in 2023 and {usd('7.1', 'capex', '2022')} million in 2022, and we expect them to be between {usd('55', '!capex', '2024', 'expected')} million and {usd('65', '!capex', '2024', 'expected')} million in 2024."
            ),
            p("We rely on one supplier of cells."),
            p(f"Cells from one supplier accounted for approximately {share('63%', 'largest_supplier_share', '2023')} of our purchases in 2023. Under our supply agreement we must purchase cells for at least {usd('24.0', '?supply_take_or_pay', f'2024|2025|{DAY}|2024-12-31')} million a year or pay for them. The price of lithium carbonate fell by {m('79%', '?input_price_change 2023 ratio*0.01 =-79')} in 2023."),
            p("We may be unable to protect our intellectual property."),
            p(f"As of March 31, 2024, we owned {m('37', 'patents 2024-03-31 count')} issued patents and had {m('22', '!patents 2024-03-31 count #applied for alone')} pending applications. A competitor has sued us for damages of {usd('16.5', 'litigation_claims', f'{DAY}|2024-03-31|2024')} million."),
            p("We must attract and keep skilled employees."),
            p(f"As of March 31, 2024, we had {m('468', 'headcount 2024-03-31 people')} full-time employees, {m('141', '!headcount 2024-03-31 people #in research alone')} of whom work in research and development. We plan to hire {m('200', '!plan_headcount 2024 people #added, no total', '!headcount 2024-03-31 people #planned')} more in 2024. Research and development expenses were {usd('19.8', 'r_and_d', '2023')} million in 2023."),
            h2("Risks Related to Our Industry"),
            p(f"Industry analysts estimate that the market for stationary storage was {usd('31,000', '?market_size', '2023')} million in 2023 and will reach {usd('74,000', '!market_size', '2023', 'a forecast for 2028')} million by 2028. Any decline would harm us: total installations in our markets were {m('42', '!deliveries 2023 GWh #of the whole market')} GWh in 2023."),
        ],
        [
            h2("Risks Related to This Offering"),
            p("Our founder will control the company."),
            p(f"Immediately before this offering, our founder, Dr. Ines Tolland, held {share('24.8%', 'founder_share', f'{DAY}|2024-03-31|2024-04-30')} of our outstanding common stock and {share('63.4%', '!founder_share', DAY, 'votes, not shares')} of the voting power. After this offering she will hold {share('19.9%', '!founder_share', DAY, 'after the offering')} of our common stock."),
            p("You will suffer dilution."),
            p(
                f"As of March 31, 2024, there were {m('40,211,930', 'shares_outstanding 2024-03-31 million shares*0.000001')} shares of our common stock outstanding. Upon completion of this offering there will be {m('50,211,930', '!shares_outstanding 2024-03-31 million shares*0.000001 #after the offering')} shares outstanding, excluding {m('6,804,100', '!shares_outstanding 2024-03-31 million shares*0.000001 #options')} shares issuable upon exercise of options. "
                f"Our historical net tangible book value was {usd('(14.7)', '!equity', '2024-03-31', 'without intangible assets')} million."
            ),
            p(f"Since our inception we have raised {usd('128.5', 'raised_to_date', f'{DAY}|2024-03-31')} million from the sale of preferred stock, including {usd('42.0', 'equity_raised', '2022|2022-08')} million in our Series C in August 2022, and {usd('15.0', 'convertible_notes_raised', '2024-01|2024|2024Q1')} million from convertible notes in January 2024."),
            p(f"Gross margin was {share('8.1%', 'gross_margin', '2023')} in 2023 compared with {share('(3.6)%', 'gross_margin', '2022')} in 2022, and operating expenses were high. Net cash used in operating activities was {m('$(29.3)', 'operating_cash_flow 2023 USD*1000000')} million in 2023."),
        ],
    ]  # fmt: skip
    return Source("pelican-prospectus-2024.pdf", "en", m, pages, browser=True, size=10, title="Preliminary prospectus")
