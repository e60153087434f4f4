"""Posterior predictive checks: what the company models say of real companies, against what came.

Each file of ``benchmarks/predictive`` holds what was published of a company by a day, with publisher, title and date,
and what was published later. The model is calibrated on the first part only, by the rules that every case goes
through, and simulated without any deal. Each later figure is then laid over its predictive distribution: is it in the
band that should hold half of such figures, in the one that should hold nine of ten, and how does the continuous ranked
probability score compare with that of a naive random walk that starts from the last figure held?

Run it with ``python benchmarks/predictive_checks.py``; it rewrites ``benchmarks/results/predictive_checks.md``.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import Period, Place
from guanzi.engine.simulation import Forecast, forecast
from guanzi.record.evidence import Fact, Named, Source, View
from guanzi.study.forecasting import crps, in_band

HERE = Path(__file__).parent
PATHS = 20_000
SEED = 1
WALK = 0.2
"""Standard deviation of a quarter's step of the walk, in logarithms, where a company's own history is too short."""
MARGIN_WALK = 0.03
"""The same for a margin, which walks in points."""
FIRST_HELD = {"units": "deliveries", "revenue": "revenue", "gross_margin": "gross_margin"}
CASH = ("cash_and_short_term_investments", "cash")


@dataclass(frozen=True)
class Row:
    """One figure that came, and its two forecasts."""

    company: str
    model: str
    quantity: str
    when: str
    observed: float
    bands: tuple[float, ...]
    in_half: bool
    in_nine_tenths: bool
    score: float
    walk: float | None


def source_of(id: str, s: dict[str, Any], as_of: date) -> Source:
    """A source; one whose date was not seen counts as of the day of the check."""
    day = s["date"] if isinstance(s["date"], date) else as_of
    return Source(id, s["publisher"], s["title"], day, None, False, "C", "")


def fact_of(f: dict[str, Any], as_of: date, file: Path) -> Fact:
    """A fact that was held on the day of the check."""
    return Fact(
        id=f"company-{f['name']}-{f['period']}",
        subject="company",
        name=f["name"],
        period=Period.parse(str(f["period"])),
        value=f["value"],
        unit=f["unit"],
        known_on=as_of,
        known_to="public",
        source=f["source"],
        confidence="medium",
        note="",
        held_because="",
        supersedes=None,
        place=Place(str(file)),
    )


def view_of(data: dict[str, Any], file: Path) -> View:
    """The view that the file's first part is."""
    as_of = data["as_of"]
    sources = tuple(
        Source(
            id, s["publisher"], s["title"], s["date"] if isinstance(s["date"], date) else as_of, None, False, "C", ""
        )
        for id, s in data["sources"].items()
    )
    facts = [fact_of(f, as_of, file) for f in data["facts"]]
    return View(
        id=file.stem, title=data["company"], company=Named(file.stem, data["company"]),
        region=Named("nowhere", "Nowhere"), industry=data["industry"], model=data["model"], currency=data["currency"],
        decision_date=as_of, question="?", as_of=as_of, facts=tuple(sorted(facts, key=lambda f: f.id)),
        sources=sources, sheets=(), documents=(),
    )  # fmt: skip


def rows_of(file: Path) -> list[Row]:
    """All checks of one company."""
    data = yaml.safe_load(file.read_text("utf-8"))
    view = view_of(data, file)
    first = Period.parse(data["first_quarter"])
    model = calibrate_company(view, first.start, data["currency"])
    spans = [(o, *steps_of(o, first)) for o in (*data["observed"], *data.get("events", ()))]
    found = forecast(model, max(last for _, _, last in spans) + 1, paths=PATHS, seed=SEED)
    return [row_of(data, o, a, b, found, view) for o, a, b in spans]


def steps_of(observed: dict[str, Any], first: Period) -> tuple[int, int]:
    """First and last step that a figure is about."""
    ends = observed["over"] if "over" in observed else [observed["at"]] * 2
    a, b = (Period.parse(str(x)) for x in ends)
    return quarter_number(a) - quarter_number(first), quarter_number(b) - quarter_number(first)


def quarter_number(period: Period) -> int:
    """A count of quarters."""
    return 4 * period.start.year + (period.start.month - 1) // 3


def row_of(data: dict[str, Any], o: dict[str, Any], a: int, b: int, found: Forecast, view: View) -> Row:
    """One figure against the model's sample and the walk's."""
    sample = found.values[o["quantity"]][a : b + 1].sum(axis=0)
    if o["quantity"] in ("gross_margin", "cash"):
        sample = found.values[o["quantity"]][b]
    if o["quantity"] == "gross_margin":
        sample = sample[found.values["solvent"][b] > 0.5]
    value = float(o["value"])
    walk = walked(data, o["quantity"], a, b, view)
    return Row(
        company=data["company"],
        model=data["model"],
        quantity=o["quantity"],
        when="–".join(str(x) for x in o["over"]) if "over" in o else str(o["at"]),
        observed=value,
        bands=tuple(float(q) for q in np.quantile(sample, [0.05, 0.25, 0.5, 0.75, 0.95])),
        in_half=in_band(sample, value, 0.5),
        in_nine_tenths=in_band(sample, value, 0.9),
        score=crps(sample, value),
        walk=None if walk is None else crps(walk, value),
    )


def walked(data: dict[str, Any], quantity: str, a: int, b: int, view: View) -> np.ndarray | None:
    """A naive random walk from the last figure held; None when none was."""
    start = last_held(quantity, view)
    if start is None:
        return None
    rng = np.random.default_rng(SEED)
    steps = rng.standard_normal((b + 1, PATHS))
    if quantity == "gross_margin":
        return np.asarray(start + MARGIN_WALK * steps.sum(axis=0))
    level = start * np.exp(volatility(data.get("history", {})) * np.cumsum(steps, axis=0))
    return np.asarray(level[b] if quantity == "cash" else level[a : b + 1].sum(axis=0))


def last_held(quantity: str, view: View) -> float | None:
    """The last figure held, a flow as of one quarter."""
    if quantity == "cash":
        found = next((r for r in (view.resolve(name) for name in CASH) if r is not None), None)
        return None if found is None else found.value
    found = view.resolve(FIRST_HELD[quantity]) if quantity in FIRST_HELD else None
    if found is None:
        return None
    yearly = found.fact.period.kind == "year" and quantity != "gross_margin"
    return found.value / 4 if yearly else found.value


def volatility(history: dict[str, dict[Any, float]]) -> float:
    """Of a quarter: the scatter of the company's own yearly growth, where four years were held."""
    years = history.get("revenue", {})
    steps = [math.log(y / x) for x, y in pairwise(years[k] for k in sorted(years))]
    return float(np.std(steps, ddof=1)) / 2.0 if len(steps) >= 3 else WALK


def table(rows: Iterable[Row]) -> list[str]:
    """The rows as a table."""
    lines = [
        "| company | what | when | came | 5 % | 25 % | 50 % | 75 % | 95 % | in 50 % | in 90 % | CRPS | walk |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        cells = [r.company, r.quantity, r.when, *(shown(x) for x in (r.observed, *r.bands))]
        cells += ["yes" if r.in_half else "no", "yes" if r.in_nine_tenths else "no", shown(r.score)]
        lines.append(f"| {' | '.join([*cells, '–' if r.walk is None else shown(r.walk)])} |")
    return lines


def shown(x: float) -> str:
    """Three digits, or whole numbers."""
    return f"{x:,.3g}" if abs(x) < 1000 else f"{x:,.0f}"


def summary(rows: list[Row], group: str) -> str:
    """Coverage and score of a group; scores are relative to what came, so that figures of any size count alike."""
    n = len(rows)
    half, nine = sum(r.in_half for r in rows), sum(r.in_nine_tenths for r in rows)
    both = [r for r in rows if r.walk is not None and r.observed]
    ours = sum(r.score / abs(r.observed) for r in both) / len(both)
    walk = sum(r.walk / abs(r.observed) for r in both if r.walk is not None) / len(both)
    wins = sum(r.score < r.walk for r in both if r.walk is not None)
    return (
        f"| {group} | {n} | {half} of {n} ({half / n:.0%}) | {nine} of {n} ({nine / n:.0%}) "
        f"| {ours:.2f} | {walk:.2f} | {1 - ours / walk:+.0%} | {wins} of {len(both)} |"
    )


def report(rows: list[Row]) -> str:
    """The whole result."""
    measured = [r for r in rows if r.quantity != "certified"]
    lines = [
        "# Predictive checks",
        "",
        f"Command: `python benchmarks/predictive_checks.py`; {PATHS:,} paths, seed {SEED}.",
        "",
        "<!-- --8<-- [start:summary] -->",
        "| | figures | in the 50 % band | in the 90 % band | CRPS | walk | better by | better in |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for model in dict.fromkeys(r.model for r in measured):
        of_model = [r for r in measured if r.model == model]
        lines.append(summary(of_model, f"**{model}**"))
        lines += [
            summary([r for r in of_model if r.company == c], c) for c in dict.fromkeys(r.company for r in of_model)
        ]
    lines.append(summary(measured, "**all**"))
    lines += ["<!-- --8<-- [end:summary] -->"]
    lines += ["", *table(measured), "", "Certificates, as the share of paths in which they are held:", ""]
    lines += ["| company | when | held | share of paths |", "|---|---|---|---|"]
    for r in rows:
        if r.quantity == "certified":
            lines.append(f"| {r.company} | {r.when} | {'yes' if r.observed else 'no'} | {certified_share(r):.0%} |")
    return "\n".join(lines) + "\n"


def certified_share(row: Row) -> float:
    """The share of paths with a certificate, from the score of a yes or no: CRPS is (share - outcome) squared."""
    root = math.sqrt(max(row.score, 0.0))
    return 1.0 - root if row.observed else root


def main() -> int:
    """Run all checks and write the result."""
    rows = [row for file in sorted((HERE / "predictive").glob("*.yaml")) for row in rows_of(file)]
    order = ("scale-up-manufacturer", "capacity-cycle-fab", "pre-revenue-deep-tech")
    rows.sort(key=lambda r: order.index(r.model))
    text = report(rows)
    (HERE / "results" / "predictive_checks.md").write_text(text, "utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
