"""The tables of plausibility: what the model says of each shipped case, before and after, and the ranges with sources.

Before: what the version of 30 November 2026 said (``plausibility_before.json``, written once by it). After: what the
model says now. Run it from the root of the repository: ``.venv/bin/python benchmarks/plausibility.py``; it writes
``benchmarks/results/plausibility.md``. With ``--keep`` it writes the figures of the version that runs it as those
before.
"""

from __future__ import annotations

import csv
import json
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from guanzi.advice.appraisal import Prepared, prepare
from guanzi.advice.appraisal.plausible import held_to, left_at, risen_medians
from guanzi.base.core import Period, render
from guanzi.engine.company import CompanyModel
from guanzi.engine.simulation import FanData, forecast
from guanzi.record.evidence import PRIOR, converted_to, find_case, load_case, priors, replayed_cases
from guanzi.record.playbooks import load_playbook

ROOT = Path(__file__).resolve().parents[1]
BEFORE = Path(__file__).with_name("plausibility_before.json")
RESULT = ROOT / "benchmarks" / "results" / "plausibility.md"
PANEL = Path(__file__).with_name("panel")
FEWEST = 5
"""Companies of an industry whose cash is told apart."""
PATHS, YEARS = 1024, 10
COLUMNS = {
    "margin": "gross margin, years 8-10",
    "revenue_1": "revenue, year 1",
    "revenue_10": "revenue, year 10",
    "cash_10": "cash, year 10",
    "cash_10_p95": "cash, year 10, greater twentieth",
    "jobs_start": "local jobs at the start",
}
RANGES = {
    "margin": "median gross margin, years 8-10",
    "unit_revenue": "median revenue of a unit, year 10, US dollars",
    "growth": "median growth of sales a year, years 1-10",
    "cash": "cash to sales of a year, year 10, median and greater twentieth",
}
FANS = {"cash": "cash", "gross_margin": "gross margin", "revenue": "sales"}
HORIZON = 15


def medians(model: CompanyModel) -> dict[str, float | None]:
    """Medians over the paths that live and sell in the tenth year; amounts in the unit of the sheet."""
    values = forecast(model, 4 * YEARS, paths=PATHS).values
    revenue = values["revenue"].reshape(YEARS, 4, -1).sum(axis=1)
    sells = (values["solvent"][-1] > 0) & (revenue[-1] > 0)
    if not sells.any():
        return dict.fromkeys(COLUMNS)
    sold = values["revenue"][28:][:, sells]
    margin = (values["gross_margin"][28:][:, sells] * sold).sum(axis=0) / sold.sum(axis=0)
    cash = values["cash"][-1][sells]
    found = {
        "margin": np.median(margin),
        "revenue_1": np.median(revenue[0]),
        "revenue_10": np.median(revenue[-1][sells]),
        "cash_10": np.median(cash),
        "cash_10_p95": np.quantile(cash, 0.95),
        "jobs_start": np.median(values["jobs_local"][0]),
    }
    return {name: float(value) for name, value in found.items()}


def measured() -> dict[str, dict[str, object]]:
    """Case to its money, medians and, where there are none, the reasons."""
    method, found = load_playbook("hefei"), {}
    for name in replayed_cases():
        prepared = prepare(load_case(find_case(name)), None, method)
        outside = [render(x.message) for x in getattr(prepared, "implausible", ())]
        if prepared.sheet is None or (prepared.model is None and not outside):
            continue
        told = {} if prepared.model is None else medians(prepared.model)
        found[name] = {"money": f"{prepared.sheet.currency} m", "medians": told, "refused": outside}
        if prepared.model is not None:
            found[name] |= {"ranges": ranges(prepared), "ends": ends(prepared)}
    return found


def ranges(prepared: Prepared) -> list[list[str]]:
    """Of each median that is held to a range: what, the median, the range and who publishes it."""
    view = converted_to(prepared.view, prepared.sheet.currency).view
    known, found = priors(), []
    held = held_to(view, prepared.model, risen_medians(prepared.model), prepared.sheet.unit)
    for one in held:
        write = "{:,.0f}".format if one.quantity == "unit_revenue" else lambda v: f"{100 * v:.1f} %"
        publishers = dict.fromkeys(known[id.removeprefix(PRIOR)].source.publisher for id in one.sources)
        bounds = f"{write(one.low)} to {write(one.high)}"
        found.append([RANGES[one.quantity], write(one.value), bounds, "; ".join(publishers)])
    return found


def ends(prepared: Prepared) -> list[list[str]]:
    """Of each fan of the company alone that leaves a range within the longest horizon: what, the year, and why."""
    view, sheet, values = converted_to(prepared.view, prepared.sheet.currency).view, prepared.sheet, {}
    simulated = forecast(prepared.model, 4 * HORIZON, paths=PATHS).values
    for name in ("cash", "gross_margin", "revenue"):
        living = np.where(simulated["solvent"] > 0, simulated[name], np.nan)
        rows = np.nanquantile(living, [0.05, 0.25, 0.5, 0.75, 0.95], axis=1)
        dates = tuple(Period.of("quarter", sheet.signed).shift(n).end for n in range(4 * HORIZON))
        values[name] = FanData(dates, *map(tuple, rows), tuple(np.isfinite(living).sum(axis=1)))
    left = left_at(view, prepared.model, {**values, "cash_without": values["cash"]}, sheet)
    return [
        [FANS[name], str(values[name].dates[step]), render(why.ends(values[name].dates[step]))]
        for name, (step, why) in left.items()
        if name in FANS
    ]


def cash_by_industry() -> Iterator[tuple[str, int, list[float]]]:
    """Industries of the company panel with their companies, and the cash of each year-end over its year's sales."""
    with (PANEL / "companies.csv").open(encoding="utf-8") as file:
        industry = {row["ticker"]: row["industry"] for row in csv.DictReader(file)}
    held: dict[tuple[str, str, str], float] = {}
    with (PANEL / "inputs.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["field"] in ("revenue", "cash_and_short_term_investments"):
                held[row["ticker"], row["field"], row["period"].removeprefix("FY")[:4]] = float(row["value"])
    found = defaultdict[str, dict[tuple[str, str], float]](dict)
    for (ticker, field, year), sales in held.items():
        cash = held.get((ticker, "cash_and_short_term_investments", year))
        if field == "revenue" and cash is not None and industry.get(ticker):
            found[industry[ticker]][ticker, year] = cash / sales
    for name, ratios in sorted(found.items()):
        companies = len({ticker for ticker, _ in ratios})
        if companies >= FEWEST:
            yield name, companies, sorted(ratios.values())


def shown(name: str, value: object) -> str:
    """A cell."""
    if not isinstance(value, float):
        return "–"
    return f"{100 * value:.1f} %" if name == "margin" else f"{value:,.0f}"


def table(before: Mapping[str, Mapping[str, object]], after: Mapping[str, Mapping[str, object]]) -> str:
    """The table in Markdown."""
    lines = [
        "# The table of plausibility",
        "",
        "The company alone, without the deal, of each shipped case that is simulated: medians over paths that live and",
        f"sell in the tenth year ({PATHS:,} paths). `before → after`. Made by `benchmarks/plausibility.py`.",
        "",
        "| case | money | " + " | ".join(COLUMNS.values()) + " |",
        "|---" * (len(COLUMNS) + 2) + "|",
    ]
    for name, row in after.items():
        was = before.get(name, {}).get("medians", {})
        now = row["medians"]
        cells = [f"{shown(c, was.get(c))} → {shown(c, now.get(c)) if now else 'not shown'}" for c in COLUMNS]
        lines.append(f"| {name} | {row['money']} | " + " | ".join(cells) + " |")
    lines += [
        "",
        "## The ranges",
        "",
        "Each median is held to what a named source gives; outside, nothing is forecast.",
        "",
    ]
    lines += ["| case | quantity | the model | range | source |", "|---" * 5 + "|"]
    lines += [
        f"| {name} | " + " | ".join(cells) + " |" for name, row in after.items() for cells in row.get("ranges", ())
    ]
    lines += [
        "",
        "One range of cash to sales serves all industries. Published means of industries bound no twentieth. Ranges by",
        "industry need companies, and the only ones at hand with industry, cash and sales are those of the",
        "[panel](panel.md) (SimFin, from reports to the SEC; young, with an operating loss). Only the makers of chips",
        "are of an industry of shipped cases, and their range is almost as wide",
        f"(industries of {FEWEST} companies or more, year-ends):",
        "",
        "| industry of the panel | companies | year-ends | least | median | most |",
        "|---" * 6 + "|",
    ]
    for name, companies, ratios in cash_by_industry():
        ends = " | ".join(f"{100 * x:.0f} %" for x in (ratios[0], np.median(ratios), ratios[-1]))
        lines.append(f"| {name} | {companies} | {len(ratios)} | {ends} |")
    lines += ["", "## Where fans end", ""]
    lines += [
        "The median and the greater twentieth of each step of the horizon are held to the ranges, too. A fan that would"
    ]
    lines += [f"leave one ends before ({HORIZON} years, the company alone); all others are shown to the end.", ""]
    lines += ["| case | fan | not shown from | why |", "|---" * 4 + "|"]
    lines += [f"| {name} | " + " | ".join(cells) + " |" for name, row in after.items() for cells in row.get("ends", ())]
    refused = {name: row["refused"] for name, row in after.items() if row["refused"]}
    lines += ["", f"Forecasts refused: {len(refused)} of {len(replayed_cases())} cases.", ""]
    lines += [f"- {name}: {' '.join(reasons)}" for name, reasons in refused.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")
    if "--keep" in sys.argv:
        BEFORE.write_text(json.dumps(measured(), indent=1) + "\n", "utf-8")
    else:
        RESULT.write_text(table(json.loads(BEFORE.read_text("utf-8")), measured()), "utf-8")
