"""Results of a quarter as a company publishes them on the web, printed: quarters side by side, adjusted measures, guidance."""

from tests.golden.making.marks import Marks, raised
from tests.golden.making.pages import Source, Table, center, h1, h2, p, right, small

ADJUSTED = "adjusted, leaves out costs"


def source() -> Source:
    """Ostara Motors, two pages."""
    m = Marks("2024-08-08")
    q = {"2Q24": "2024Q2", "1Q24": "2024Q1", "2Q23": "2023Q2"}

    def line(fact, label, texts, unit):
        cells = [label]
        for period, text in zip(q.values(), texts, strict=True):
            kind, _, why = fact.partition("#")
            cells.append(m(text, f"{kind.strip()} {period} {unit}" + (f" #{why}" if why else "")))
        return cells

    money = "USD*1000000"
    pages = [
        [
            h1("Ostara Motors announces unaudited results for the second quarter of 2024"),
            center("August 8, 2024"),
            p(
                f"Vehicle deliveries were {m('12,764', 'deliveries 2024Q2 vehicles')} in the second quarter of 2024, an increase of 31.2% from the second quarter of 2023. Deliveries in the first half reached "
                f"{m('22,905', 'deliveries 2024H1 vehicles')}, and cumulative deliveries {m('118,340', 'cumulative_deliveries 2024-06-30 vehicles')} as of June 30, 2024."
            ),
            h2("Key results (in US$ millions, except for percentages)"),
            Table(
                [
                    ["", "2Q 2024", "1Q 2024", "2Q 2023", "% change" + raised("i") + " QoQ", "YoY"],
                    [*line("vehicle_sales", "Vehicle sales", ["512.6", "401.9", "448.3"], money), "27.5%", "14.3%"],
                    [*line("vehicle_margin", "Vehicle margin", ["9.1%", "6.4%", "(2.3)%"], "ratio*0.01"), "270 bp", "1,140 bp"],
                    [*line("revenue", "Total revenues", ["571.8", "447.2", "489.0"], money), "27.9%", "16.9%"],
                    [*line("gross_profit", "Gross profit (loss)", ["48.9", "27.4", "(6.8)"], money), "78.5%", "n/m"],
                    [*line("gross_margin", "Gross margin", ["8.6%", "6.1%", "(1.4)%"], "ratio*0.01"), "250 bp", "1,000 bp"],
                    [*line("operating_loss", "Loss from operations", ["(162.3)", "(178.8)", "(201.4)"], money), "(9.2)%", "(19.4)%"],
                    [*line(f"!operating_loss #{ADJUSTED}", "Adjusted loss from operations (non-GAAP)", ["(141.7)", "(155.2)", "(176.0)"], money), "(8.7)%", "(19.5)%"],
                    [*line("net_loss", "Net loss", ["(158.0)", "(171.6)", "(196.9)"], money), "(7.9)%", "(19.8)%"],
                    [*line(f"!net_loss #{ADJUSTED}", "Adjusted net loss (non-GAAP)", ["(137.4)", "(148.0)", "(171.5)"], money), "(7.2)%", "(19.9)%"],
                ],
                [3, 1, 1, 1, 1.3, 1],
            ),
            small("i Except for margins, where the change is in basis points (bp)."),
            right("Unaudited"),
        ],
        [
            h2("Balance and liquidity"),
            p(
                f"Cash and cash equivalents, restricted cash and short-term investments were US$ {m('1.92', '!cash 2024-06-30 USD*1000000000 #with restricted cash and investments', '?cash_and_short_term_investments 2024-06-30 USD*1000000000')} billion as of June 30, 2024. "
                f"In July 2024 the company completed the issue of convertible senior notes of US$ {m('350', 'convertible_notes_raised 2024-07|2024-07-31|2024Q3|2024 USD*1000000')} million."
            ),
            h2("Recent developments"),
            p(
                f"Deliveries in July 2024 were {m('4,718', 'deliveries 2024-07 vehicles')} vehicles. Charging partner Brightpole reported revenue of US$ {m('92.5', '!revenue 2024Q2 USD*1000000 #of a partner')} million for the same quarter."
            ),
            h2("Business outlook"),
            p("For the third quarter of 2024, the company expects:"),
            Table(
                [
                    ["", "Low", "High"],
                    ["Deliveries of vehicles", m("13,500", "?delivery_guidance 2024Q3 vehicles", "!deliveries 2024Q3 vehicles #guidance"), m("14,500", "?delivery_guidance 2024Q3 vehicles", "delivery_guidance 2024Q3 vehicles =13500~14500", "!deliveries 2024Q3 vehicles #guidance")],
                    ["Total revenues (US$ millions)", m("598", "?plan_revenue 2024Q3 USD*1000000", "!revenue 2024Q3 USD*1000000 #guidance"), m("640", "?plan_revenue 2024Q3 USD*1000000", "plan_revenue 2024Q3 USD*1000000 =598~640", "!revenue 2024Q3 USD*1000000 #guidance")],
                ],
                [3, 1, 1],
            ),
            p("This outlook is based on current market conditions and is subject to change."),
        ],
    ]  # fmt: skip
    return Source("ostara-2024-q2.pdf", "en", m, pages, browser=True, size=10, title="Second quarter of 2024")
