"""A company's own workbook: reported years beside forecasts, millions of dollars in the head, formulas, a hidden sheet."""

from tests.golden.making.marks import Marks
from tests.golden.making.pages import Source
from tests.golden.making.sheets import Sheet

FORECAST = "a forecast, not reported"


def source() -> Source:
    """Tamarack Fuel Cells, three sheets."""
    m = Marks("2024-03-01")
    years = ["2022", "2023", "2024", "2025"]

    def line(label, fact, values, unit="USD*1000000", plan=""):
        row: list[object] = [label]
        for year, value in zip(years, values, strict=True):
            ahead = year > "2023"
            period = year
            said = []
            if fact:
                said = [f"!{fact} {period} {unit} #{FORECAST}"] if ahead else [f"{fact} {period} {unit}"]
                if ahead and plan:
                    said.append(f"?{plan} {period} {unit}")
            row.append(m(value, *said) if said else value)
        return row

    income = [
        ["Tamarack Fuel Cells, Inc. — income statement"],
        ["USD in millions, fiscal year ends 31 December"],
        ["As of 1 March 2024"],
        ["", "FY2022A", "FY2023A", "FY2024E", "FY2025E"],
        line("Revenue", "revenue", ["64.2", "97.8", "150.0", "240.0"], plan="plan_revenue"),
        line("Cost of revenue", "cost_of_revenue", ["59.1", "84.3", "121.5", "180.0"]),
        ["Gross profit"],
        line("Research and development", "r_and_d", ["21.4", "26.0", "30.0", "32.0"]),
        line("Selling, general and administrative", "sga", ["14.9", "17.7", "20.0", "22.5"]),
        ["Operating income (loss)"],
        line("Net income (loss)", "net_profit", ["-33.0", "-31.9", "-24.0", "3.0"]),
    ]
    for place, (fact, values) in (
        (6, ("gross_profit", ["5.1", "13.5", "28.5", "60.0"])),
        (9, ("operating_profit", ["-31.2", "-30.2", "-21.5", "5.5"])),
    ):
        for column, (year, value) in zip("BCDE", zip(years, values, strict=True), strict=True):
            formula = f"={column}5-{column}6" if place == 6 else f"={column}7-{column}8-{column}9"
            said = f"!{fact} {year} USD*1000000 #{FORECAST}" if year > "2023" else f"{fact} {year} USD*1000000"
            income[place].append((formula, m(value, said)))
    drivers = [
        ["Operating drivers"],
        ["", "FY2022A", "FY2023A", "FY2024E", "FY2025E"],
        line("Units delivered (units)", "deliveries", ["1,204", "1,873", "2,900", "4,700"], "units", "plan_deliveries"),
        line(
            "Capacity at year end (units per year)",
            "capacity",
            ["2,500", "2,500", "5,000", "5,000"],
            "units/year",
            "plan_capacity",
        ),
        line("Headcount at year end", "headcount", ["318", "402", "455", "520"], "people", "plan_headcount"),
        line("Capital expenditure (USD thousands)", "capex", ["8,420", "12,905", "38,000", "15,000"], "USD*1000"),
        line("Largest customer, % of revenue", "largest_customer_share", ["41%", "36%", "30%", "25%"], "ratio*0.01"),
    ]
    scenario = [
        ["Downside case — not for distribution"],
        ["", "FY2023A"],
        [
            "Revenue, restated for discontinued business",
            m("88.0", "!revenue 2023 USD*1000000 #pro forma, on a hidden sheet"),
        ],
    ]
    sheets = [
        Sheet("P&L", income, merged=["A1:E1"], formats={1: "#,##0.0;(#,##0.0)", 2: "#,##0.0;(#,##0.0)"}),
        Sheet("Drivers", drivers, formats={1: "#,##0", 2: "#,##0"}),
        Sheet("Scenario", scenario, hidden=True),
    ]
    return Source("tamarack-model.xlsx", "en", m, sheets=sheets)
