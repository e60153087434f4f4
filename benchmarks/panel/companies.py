"""Companies of the panel as an analysis sees them: a view for each company and day, and the model that it yields.

Nothing here reads outcomes. The choices that a panel of annual figures asks for were made before outcomes were opened:

- **Clock.** The model starts with the first quarter of the fiscal year after the last one that was published, with
  that balance; its shares start with the price of the day. So year 1 of sales and cash is the next fiscal year, and
  year 1 of the market value ends a year after the day. Fiscal years stand as calendar years.
- **Volume.** Filings give no units: a unit is a thirty-thousandth of the last year's sales, at a price to match. That
  is no car: its price does not drift, and growth of sales is growth of units. The level of a quarter is that of the
  year, moved on by two and a half quarters of growth, with a spread of 15 percent. Growth is four tenths of that of the
  last year (held within half in logarithms), as it hardly persists. Judgements all.
- **Overhead.** What lies between gross profit and operating result: research, and the rest as selling and
  administration.
- **Margins.** The judged ranges are those of car makers. A company that has a gross margin above 15 percent keeps it,
  and may gain up to ten points; its investment is what it has been, give or take a half.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import Period, Place
from guanzi.engine.company import CompanyModel, Distribution
from guanzi.record.evidence import Fact, Named, Source, View

HERE = Path(__file__).parent
TIERS = {"main": "", "wide": "_wide"}
UNITS_A_YEAR = 30_000.0
LEAST_MARGIN = 0.15
PERSISTENCE, MOST_GROWTH = 0.4, 0.5
AHEAD = 2.5
LEVEL_SPREAD, GROWTH_SPREAD = 0.15, 0.05
MODEL = "scale-up-manufacturer"
SAME = (
    "revenue",
    "cash_and_short_term_investments",
    "operating_cash_flow",
    "capex",
    "total_assets",
    "total_liabilities",
    "current_assets",
    "current_liabilities",
    "retained_earnings",
    "r_and_d",
)
"""Fields that are facts of the same name."""
OF_DAY = {"market_value": "market_value", "price": "share_price", "volatility": "volatility"}


@dataclass(frozen=True)
class CompanyDay:
    """One company on one day.

    Attributes:
        tier: ``main`` or ``wide``.
        ticker: Of the company.
        kind: ``maker``, ``software`` or another.
        as_of: The day.
        year: The last fiscal year that was published.
        figures: Field to fiscal year (0: the day itself) to value.
    """

    tier: str
    ticker: str
    kind: str
    as_of: date
    year: int
    figures: dict[str, dict[int, float]]

    @property
    def id(self) -> str:
        """Unique in the panel."""
        return f"{self.ticker}-{self.as_of}"

    def last(self, field: str) -> float | None:
        """The figure of the last fiscal year, or of the day."""
        rows = self.figures.get(field, {})
        return rows.get(self.year, rows.get(0))

    @property
    def sales(self) -> list[float]:
        """Sales of successive years up to the last."""
        rows = self.figures["revenue"]
        found: list[float] = []
        for year in range(self.year, self.year - 10, -1):
            if year not in rows:
                break
            found.insert(0, rows[year])
        return found

    @property
    def growth(self) -> float:
        """Of sales over the last year, in logarithms; 0 where it is not known."""
        held = [x for x in self.sales[-2:] if x > 0.0]
        return math.log(held[1] / held[0]) if len(held) == 2 else 0.0


def company_days() -> Iterator[CompanyDay]:
    """All of both tiers, in the order of the files."""
    for tier, suffix in TIERS.items():
        kinds = {row["ticker"]: row["kind"] for row in rows_of(HERE / f"companies{suffix}.csv")}
        grouped: dict[tuple[str, str], dict[str, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
        for row in rows_of(HERE / f"inputs{suffix}.csv"):
            year = 0 if row["field"] in OF_DAY else year_of(row["period"])
            grouped[row["ticker"], row["as_of"]][row["field"]][year] = float(row["value"])
        for (ticker, day), figures in grouped.items():
            yield CompanyDay(
                tier, ticker, kinds[ticker], date.fromisoformat(day), max(figures["revenue"]), dict(figures)
            )


def rows_of(file: Path) -> list[dict[str, str]]:
    """Rows of a table."""
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def year_of(period: str) -> int:
    """Fiscal year of a period; a closing day belongs to the year that it closes."""
    return int(period[2:6]) if period.startswith("FY") else int(period[:4])


def view_of(c: CompanyDay, currency: str = "USD", rate: float = 1.0) -> View:
    """The facts of the day, in another currency where a rate is given: the earlier model knew only yuan."""
    price = c.figures["revenue"][c.year] / UNITS_A_YEAR
    facts: dict[tuple[str, str], tuple[float, str]] = {}
    for year, sold in c.figures["revenue"].items():
        facts["deliveries", str(year)] = (sold / price, "vehicles")
    for field in SAME:
        stock = field.startswith(("cash", "total", "current", "retained"))
        for year, value in c.figures.get(field, {}).items():
            period = f"{year}-12-31" if stock else str(year)
            facts[field, period] = (value, "USD m")
    for year, value in c.figures.get("debt", {}).items():
        facts["total_debt", f"{year}-12-31"] = (value, "USD m")
    for field, name, sign in (("net_income", "net_loss", -1.0), ("operating_income", "operating_loss", -1.0)):
        for year, value in c.figures.get(field, {}).items():
            facts[name, str(year)] = (sign * value, "USD m")
    for year, value in c.figures.get("gross_profit", {}).items():
        sold = c.figures["revenue"].get(year)
        if sold:
            facts["gross_margin", str(year)] = (value / sold, "ratio")
        result = c.figures["operating_income"].get(year)
        if result is not None:
            research = c.figures.get("r_and_d", {}).get(year, 0.0)
            facts["r_and_d", str(year)] = (research, "USD m")
            facts["sga", str(year)] = (max(value - research - result, 0.0), "USD m")
    for year, value in c.figures.get("retained_earnings", {}).items():
        facts["accumulated_deficit", f"{year}-12-31"] = (-value, "USD m")
    for field, name in OF_DAY.items():
        if field in c.figures:
            unit = {"market_value": "USD m", "price": "USD", "volatility": "ratio"}[field]
            facts[name, c.as_of.isoformat()] = (c.figures[field][0], unit)
    facts = {
        k: (v * rate, unit.replace("USD", currency)) if unit[:3] == "USD" else (v, unit)
        for k, (v, unit) in facts.items()
    }
    source = Source("panel", "panel", "panel", c.as_of, None, False, "C", "")
    named = Named(c.ticker.lower(), c.ticker)
    held = tuple(fact_of(name, period, *value, c.as_of) for (name, period), value in sorted(facts.items()))
    return View(
        id=f"panel-{c.ticker.lower()}", title=c.ticker, company=named, region=Named("nowhere", "Nowhere"),
        industry="panel", model=MODEL, currency=currency, decision_date=c.as_of, question="?", as_of=c.as_of,
        facts=held, sources=(source,), sheets=(), documents=(),
    )  # fmt: skip


def fact_of(name: str, period: str, value: float, unit: str, day: date) -> Fact:
    """A fact of the company, known on the day."""
    return Fact(
        id=f"company-{name}-{period}", subject="company", name=name, period=Period.parse(period), value=value,
        unit=unit, known_on=day, known_to="public", source="panel", confidence="medium", note="", held_because="",
        supersedes=None, place=Place("panel"),
    )  # fmt: skip


def model_of(c: CompanyDay, view: View) -> CompanyModel:
    """The model of the view, adapted as said above."""
    model = calibrate_company(view, date(c.year + 1, 1, 1), view.currency)
    parameters = dict(model.parameters)

    def adapt(name: str, *values: float) -> None:
        low, mode, high = sorted(values)
        kind = Distribution("triangular", (low, mode, high)) if high > low else Distribution("fixed", (mode,))
        parameters[name] = replace(parameters[name], distribution=kind)

    def law(name: str, kind: str, *values: float) -> None:
        parameters[name] = replace(parameters[name], distribution=Distribution(kind, values))

    growth = PERSISTENCE * min(max(c.growth, -MOST_GROWTH), MOST_GROWTH) / 4.0
    law("units", "lognormal", UNITS_A_YEAR / 4.0 * math.exp(AHEAD * growth), LEVEL_SPREAD)
    law("growth", "normal", growth, GROWTH_SPREAD)
    adapt("price_drift", 0.0, 0.0, 0.0)
    gross, sold, spent = c.last("gross_profit"), c.last("revenue"), c.last("capex")
    if gross is not None and sold and gross / sold > LEAST_MARGIN:
        adapt("margin_cap", gross / sold, gross / sold + 0.03, gross / sold + 0.1)
    if spent is not None and sold:
        share = max(spent, 0.0) / sold
        adapt("capex_share", share / 2.0, share, 1.5 * share)
    return replace(model, parameters=parameters)
