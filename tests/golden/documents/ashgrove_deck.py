"""A deck for investors, exported to PDF: large figures, a run rate, twelve months to June, estimates, owners before and after."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

DAY = "2024-10-14"
SPANS = ["2022", "2023", "2023-07/2024-06", "2024", "2025"]
M = "USD*1000000"
FOOT = "Ashgrove Robotics   |   Strictly confidential   |   14 Oct 2024"


def source() -> Source:
    """Ashgrove Robotics, four slides."""
    m = Marks(DAY)

    def line(label, fact, values, unit=M, plan="", why=""):
        cells = [label]
        for span, value in zip(SPANS, values, strict=True):
            if not fact or not any(map(str.isdigit, value)):
                cells.append(value)
                continue
            ahead = span in ("2024", "2025")
            said = [f"!{fact.lstrip('!')} {span} {unit} #{why or 'an estimate'}"] if ahead or why else [f"{fact} {span} {unit}"]  # fmt: skip
            if "/" in span and not why:
                said = [f"?{fact} {span} {unit}"]
            if ahead and plan:
                said.append(f"?{plan} {span} {unit}")
            cells.append(m(value, *said))
        return cells

    table = [
        [("US$ million", 1, 2), ("Actual", 2, 1), ("LTM", 1, 1), ("Estimate", 2, 1)],
        ["FY22A", "FY23A", "Jun-24", "FY24E", "FY25E"],
        line("Revenue", "revenue", ["6.5", "14.2", "17.1", "21.0", "38.5"], plan="plan_revenue"),
        ["  growth", "n/a", "118%", "–", "48%", "83%"],
        line("Gross profit", "gross_profit", ["2.4", "6.5", "8.0", "10.1", "19.6"]),
        line("Gross margin", "gross_margin", ["37%", "46%", "47%", "48%", "51%"], "ratio*0.01"),
        line("R&D", "r_and_d", ["(5.2)", "(7.4)", "(8.3)", "(9.0)", "(11.0)"]),
        line("SG&A", "sga", ["(4.1)", "(6.8)", "(7.7)", "(8.4)", "(10.3)"]),
        line("EBITDA", "ebitda", ["(6.2)", "(6.6)", "(6.9)", "(6.1)", "(0.4)"]),
        line("Net loss", "net_profit", ["(7.0)", "(8.3)", "(8.8)", "(8.0)", "(2.6)"]),
        line("Capex", "capex", ["0.9", "1.6", "1.9", "2.5", "6.0"]),
        line("Robots delivered (units)", "deliveries", ["214", "486", "571", "690", "1,150"], "units", "plan_deliveries"),
    ]  # fmt: skip
    slides = [
        [
            right("SERIES B"), h1("Ashgrove Robotics"), center("Robots that unload trucks"), h2("At a glance"),
            Table(
                [
                    [m("$18.4M", "!revenue 2024 USD*1000000 #a run rate, not reported"), m("1,240", f"cumulative_deliveries {DAY}|2024-09-30|2024Q3 units", "!deliveries 2024 units #since the first"), m("163", f"headcount {DAY}|2024-09-30 people"), m("29", f"?patents {DAY} count")],
                    ["ARR (Sept 2024)", "robots in the field since 2019", "people", "patents granted and filed"],
                ],
                [1, 1, 1, 1], head=2, rules="none",
            ),
            p(f"•  {m('$14.2M', '?revenue 2023 USD*1000000')} revenue in FY23, more than double FY22"),
            p(f"•  Backlog of {m('$27M', '!revenue 2024 USD*1000000 #ordered, not sold')} across {m('640', f'orders {DAY}|2024-09-30 units')} robots; {m('88%', f'?repeat_purchase_share {DAY}|2024|2024-09-30 ratio*0.01')} of sites have expanded"),
            p(f"•  Top customer is {m('34%', 'largest_customer_share 2023 ratio*0.01', '?customer_share 2023 ratio*0.01')} of FY23 revenue (top three: {m('61%', '!largest_customer_share 2023 ratio*0.01 #of three customers together')})"),
            small(FOOT),
        ],
        [
            h1("Financials"), Table(table, [2.6, 1, 1, 1, 1, 1], head=2),
            small("Fiscal year = calendar year. LTM = twelve months to 30 June 2024, unaudited. Totals may not add due to rounding."), small(FOOT),
        ],
        [
            h1("Plan"), h2("From one line to three"),
            Table(
                [
                    ["", "Today", "End of 2025", "End of 2027"],
                    ["Capacity (robots a year)", m("800", f"capacity {DAY}|2024-09-30 units/year", f"?local_plant_capacity {DAY} units/year"), m("1,500", "?plan_capacity 2025 units/year", "?plan_capacity_first_phase 2025 units/year", f"!capacity {DAY} units/year #planned"), m("4,000", "?plan_capacity 2027 units/year", f"!capacity {DAY} units/year #planned")],
                    ["Team", m("163", f"?headcount {DAY}|2024-09-30 people"), m("240", "?plan_headcount 2025 people", f"!headcount {DAY} people #planned"), m("410", "?plan_headcount 2027 people", f"!headcount {DAY} people #planned")],
                    ["Revenue", m("$17.1M", "?revenue 2023-07/2024-06 USD*1000000"), m("$38.5M", "?plan_revenue 2025 USD*1000000", "!revenue 2025 USD*1000000 #planned"), m("$140M", "?plan_revenue 2027 USD*1000000", "!revenue 2027 USD*1000000 #planned")],
                ],
                [2, 1, 1, 1], rules="grid",
            ),
            p(f"The market: {m('$9.3B', f'?market_size 2024|2023|{DAY} USD*1000000000')} of trucks unloaded by hand every year; we reach {m('$2.1B', '!market_size 2024 USD*1000000000 #the part that is reached')} with today’s product."),
            small(FOOT),
        ],
        [
            h1("The round"),
            Table(
                [
                    ["Raising", "Pre-money", "Post-money", "Lead"],
                    [m("$40M", f"equity_raised {DAY}|2024-10|2024 {M}", f"?capital_increase {DAY} {M}"), m("$160M", f"!post_money {DAY} {M} #before the money", f"?deal_valuation {DAY} {M}"), m("$200M", f"post_money {DAY} {M}"), m("$25M", f"anchor_investment {DAY} {M}", f"!equity_raised {DAY} {M} #of one investor")],
                ],
                [1, 1, 1, 1], rules="grid",
            ),
            h2("Ownership"),
            Table(
                [
                    ["", "Before", "After"],
                    ["Founders", m("42.0%", f"founder_share {DAY} ratio*0.01"), m("33.6%", f"!founder_share {DAY} ratio*0.01 #after the round")],
                    ["Series A investors", m("46.0%", f"!founder_share {DAY} ratio*0.01 #of investors"), "36.8%"],
                    ["Employees", "12.0%", "9.6%"], ["Series B investors", "–", "20.0%"],
                ],
                [2, 1, 1], rules="grid",
            ),
            p(f"Raised so far: {m('$31.5M', f'raised_to_date {DAY}|2024-09-30 {M}', f'!equity_raised {DAY} {M} #all rounds before')}. Cash at 30 September 2024: {m('$6.8M', f'cash 2024-09-30 {M}')}. Use of funds: 45% factory, 35% product, 20% sales."),
            small(FOOT),
        ],
    ]  # fmt: skip
    return Source("ashgrove-deck-2024-10.pdf", "en", m, slides, wide=True, size=13)
