"""A page of the web on deliveries of a month: by model, year to date, cumulative, changes in percent."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source, Table, h1, p, small

ONE = "one model alone"


def source() -> Source:
    """Ostara Motors, deliveries of October 2024."""
    m = Marks("2024-11-01")

    def model(name, month, change, so_far, growth):
        return [
            name, m(month, f"!deliveries 2024-10 vehicles #{ONE}"), change,
            m(so_far, f"!deliveries 2024-01/2024-10 vehicles #{ONE}"), growth,
        ]  # fmt: skip

    page = [
        h1("Ostara Motors provides October 2024 delivery update"),
        p("November 1, 2024"),
        p(
            f"Ostara Motors delivered {m('5,126', 'deliveries 2024-10 vehicles')} vehicles in October 2024, up 18.9% year-over-year. It has delivered "
            f"{m('42,377', 'deliveries 2024-01/2024-10 vehicles')} vehicles year-to-date. Cumulative deliveries reached {m('137,812', 'cumulative_deliveries 2024-10-31 vehicles')} as of October 31, 2024."
        ),
        Table(
            [
                [("", 1, 2), ("October 2024", 2, 1), ("January to October 2024", 2, 1)],
                ["Units", "Year over year", "Units", "Year over year"],
                model("Ostara Five", "3,018", "+22.4%", "25,944", "+19.7%"),
                model("Ostara Van", "2,108", "+14.2%", "16,433", "+9.3%"),
                [
                    "Total",
                    m("5,126", "deliveries 2024-10 vehicles"),
                    "+18.9%",
                    m("42,377", "deliveries 2024-01/2024-10 vehicles"),
                    "+15.4%",
                ],
            ],
            [2, 1, 1, 1, 1],
            head=2,
            rules="grid",
        ),
        p(
            f"The fourth production line in Halden will raise capacity from {m('72,000', 'capacity 2024-10-31 vehicles/year', '?local_plant_capacity 2024-10-31 vehicles/year')} to "
            f"{m('110,000', '?plan_capacity 2025 vehicles/year', '!capacity 2024-10-31 vehicles/year #planned')} vehicles a year by the end of 2025. The company reaffirms its guidance of {m('52,000', 'delivery_guidance 2024 vehicles', '!deliveries 2024 vehicles #guidance')} deliveries in 2024."
        ),
        small(
            f"Registrations of all electric vehicles in the country were {m('61,240', '!deliveries 2024-10 vehicles #of the whole market')} in October, according to the registry."
        ),
    ]
    return Source("ostara-deliveries-2024-10.html", "en", m, [page], title="October 2024 delivery update")
