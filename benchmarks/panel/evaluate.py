"""Scores of the panel's forecasts against what came, as the protocol says; rewrites ``benchmarks/results/panel.md``.

``python benchmarks/panel/evaluate.py PRESENT.npz EARLIER.npz`` with the files of ``foresee.py``. Refused unless
forecasts and outcomes have the hashes that were written down beforehand; and unless ``--changed`` is said, where the
method is no longer as it was frozen (then the forecasts of that day are scored, not those of the method of now). With
``--second`` the method of ``METHOD-2.sha256.json`` is scored, and ``panel-2.md`` written.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from companies import HERE, CompanyDay, company_days
from foresee import FIELDS, YEARS, floor_of
from freeze import FILE, SECOND, differences, of_forecasts

from guanzi.study.forecasting import (
    LEVELS,
    BootstrapEstimate,
    Floats,
    LinearLosses,
    LogOddsLosses,
    Quantiles,
    Stacked,
    auc,
    brier,
    calibration,
    count,
    crps_of_quantiles,
    estimate,
    estimate_mean,
    estimate_skill,
    in_band_of_quantiles,
    linear_pool,
    log_odds_probability,
    log_score,
    stack,
)

RESULT = HERE.parent / "results" / "panel.md"
RESULT_2 = HERE.parent / "results" / "panel-2.md"
OUTCOMES = HERE / "outcomes.csv"
OUTCOMES_SHA256 = "8709fe3129dba797d8b41fcf37c6a62d3c864872e7fd6330180b9492b2455374"
SEED = 11
POOLED = {"revenue": ("structural", "reference", "naive"), "cash": ("structural", "naive"),
          "value": ("structural", "market", "naive")}  # fmt: skip
BESIDE = {"revenue": ("earlier", "raw"), "cash": ("earlier", "raw"), "value": ("earlier", "raw", "lognormal")}
FAILURE = ("structural", "rating", "reference")
GIVEN = ("earlier", *FAILURE, "liquidated", "pooled")
NAMES = {"revenue": "revenue", "cash": "cash", "value": "market_value"}


@dataclass
class Told:
    """One figure that came, with its forecasts on the scale of logarithms.

    Attributes:
        c: Company and day.
        years: The horizon.
        came: The figure, in logarithms above the floor.
        members: Name to distribution.
    """

    c: CompanyDay
    years: int
    came: float
    members: dict[str, Quantiles] = field(default_factory=dict)


def outcomes() -> dict[tuple[str, int, str], str]:
    """Company-day, horizon and quantity to what came."""
    content = OUTCOMES.read_bytes()
    if hashlib.sha256(content).hexdigest() != OUTCOMES_SHA256:
        raise SystemExit("outcomes.csv is not the file that the protocol names")
    found = {}
    for row in csv.DictReader(content.decode("utf-8").splitlines()):
        found[f"{row['ticker']}-{row['as_of']}", int(float(row["horizon"])), row["quantity"]] = row["value"]
    return found


def figures(quantity: str, days: Sequence[CompanyDay], seen: Mapping[tuple[str, int, str], str],
            told: Mapping[str, Floats], *, last_seen: bool = False) -> list[Told]:  # fmt: skip
    """The figures of a quantity that came and that every member told.

    ``last_seen``: the value of a company that was taken over stands at the last one seen, as the protocol says; the
    first run left these out by an error of the program.
    """
    found = []
    for c in days:
        for years in YEARS:
            value = seen.get((c.id, years, NAMES[quantity]))
            failed = seen.get((c.id, years, "status")) == "failed"
            if quantity == "value" and value is None and last_seen:
                value = seen.get((c.id, years, "market_value_last_seen"))
            if quantity == "value" and failed:
                value = "0"
            if value in (None, ""):
                continue
            came = float(np.log(max(float(value), floor_of(c, quantity))))
            t = Told(c, years, came)
            for name in (*POOLED[quantity], *BESIDE[quantity]):
                row = told.get(f"{c.id}|{quantity}|{years}|{name}")
                if row is not None:
                    t.members[name] = Quantiles(LEVELS, np.maximum.accumulate(row))
            if all(name in t.members for name in POOLED[quantity]):
                found.append(t)
    return found


def learnt(quantity: str, told: Sequence[Told]) -> Stacked:
    """Weights of the pool, each company's from all others; adds the pools to the figures."""
    names = POOLED[quantity]
    members = [[t.members[n] for n in names] for t in told]
    scales = np.sqrt([t.years for t in told])
    losses = LinearLosses.of_distributions(members, [t.came for t in told], scales)
    found = stack(losses, [t.c.ticker for t in told], seed=SEED)
    for t, row in zip(told, members, strict=True):
        t.members["equal"] = linear_pool(row)
        t.members["pool"] = linear_pool(row, found.left_out[t.c.ticker])
    return found


def by_company(told: Sequence[Told], of: Callable[[Told], float]) -> tuple[Floats, list[str]]:
    """A score of each figure, averaged over the figures of a company first."""
    rows: dict[str, list[float]] = defaultdict(list)
    for t in told:
        rows[t.c.ticker].append(of(t))
    return np.array([np.mean(v) for v in rows.values()]), list(rows)


def score_of(name: str) -> Callable[[Told], float]:
    """CRPS of a member."""
    return lambda t: crps_of_quantiles(t.members[name], t.came)


def interval(e: BootstrapEstimate, digits: int = 3, percent: bool = False) -> str:
    """An estimate in words."""
    if e.value is None:
        return "–"
    s = 100.0 if percent else 1.0
    d = 0 if percent else digits
    body = f"{s * e.value:.{d}f}"
    return body if e.low is None or e.high is None else f"{body} ({s * e.low:.{d}f} to {s * e.high:.{d}f})"


def score_table(quantity: str, told: Sequence[Told]) -> list[str]:
    """CRPS of every member and pool by horizon."""
    names = (*BESIDE[quantity], *POOLED[quantity], "equal", "pool")
    best = ("naive", "market") if quantity == "value" else ("naive",)
    lines = ["| years | figures | companies | " + " | ".join(names) + " | "
             + " | ".join(f"pool below {b}, %" for b in best) + " |",
             "|" + "---|" * (3 + len(names) + len(best))]  # fmt: skip
    for years in YEARS:
        mine = [t for t in told if t.years == years]
        if not mine:
            continue
        cells = []
        for name in names:
            held = [t for t in mine if name in t.members]
            cells.append(f"{by_company(held, score_of(name))[0].mean():.3f}" if len(held) == len(mine) else "–")
        pool, companies = by_company(mine, score_of("pool"))
        skills = [
            interval(estimate_skill(pool, by_company(mine, score_of(b))[0], companies, SEED), percent=True)
            for b in best
        ]
        lines.append(f"| {years} | {len(mine)} | {len(companies)} | {' | '.join(cells)} | {' | '.join(skills)} |")
    return lines


def band_table(quantity: str, told: Sequence[Told]) -> list[str]:
    """How many figures lie in the central bands, and on which side the others."""
    names = ("earlier", "raw", "structural", "naive", "equal", "pool")
    lines = [
        "| years | forecast | in 50 %, % | in 90 %, % | below 90 %, % | above 90 %, % |",
        "|---|---|---|---|---|---|",
    ]
    for years in YEARS:
        for name in names:
            mine = [t for t in told if t.years == years and name in t.members]
            if not mine:
                continue
            half, who = by_company(mine, lambda t, n=name: float(in_band_of_quantiles(t.members[n], t.came, 0.5)))
            nine, _ = by_company(mine, lambda t, n=name: float(in_band_of_quantiles(t.members[n], t.came, 0.9)))
            low, _ = by_company(mine, lambda t, n=name: float(t.came < t.members[n].at(0.05)))
            high, _ = by_company(mine, lambda t, n=name: float(t.came > t.members[n].at(0.95)))
            lines.append(
                f"| {years} | {name} | {interval(estimate_mean(half, who, SEED), percent=True)} | "
                f"{interval(estimate_mean(nine, who, SEED), percent=True)} | {100 * low.mean():.0f} | "
                f"{100 * high.mean():.0f} |"
            )
    return lines


@dataclass
class Failure:
    """State of one company at one horizon, with the probabilities that were given."""

    c: CompanyDay
    years: int
    failed: float
    given: dict[str, float]


def failures(days: Sequence[CompanyDay], seen: Mapping[tuple[str, int, str], str],
             told: Mapping[str, Floats]) -> list[Failure]:  # fmt: skip
    """Companies whose state is known."""
    found = []
    for c in days:
        for years in YEARS:
            state = seen.get((c.id, years, "status"), "unknown")
            if state == "unknown":
                continue
            given = {
                k.rsplit("|", 1)[1]: float(v[0]) for k, v in told.items() if k.startswith(f"{c.id}|failure|{years}|")
            }
            found.append(Failure(c, years, float(state == "failed"), given))
    return found


def learnt_failure(rows: Sequence[Failure]) -> Stacked:
    """Weights of the pool of probabilities; adds it to all rows, those without a class too."""
    full = [r for r in rows if all(n in r.given for n in FAILURE)]
    p = np.array([[r.given[n] for n in FAILURE] for r in full])
    found = stack(LogOddsLosses(p, np.array([r.failed for r in full])), [r.c.ticker for r in full], seed=SEED)
    for r in rows:
        w = found.left_out.get(r.c.ticker, found.weights)
        held = [i for i, n in enumerate(FAILURE) if n in r.given]
        r.given["pool"] = float(log_odds_probability([[r.given[FAILURE[i]]] for i in held], w[held])[0])
    return found


def failure_table(rows: Sequence[Failure]) -> list[str]:
    """Brier and log score, area under the curve and counts of every member."""
    heads = ("years", "forecast", "companies and days", "failed", "expected", "Brier", "log score", "AUC",
             "first days: came / expected (range of nine in ten)")  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for years in YEARS:
        for name in ("earlier", *FAILURE, "liquidated", "pooled", "pool"):
            mine = [r for r in rows if r.years == years and name in r.given]
            if not mine:
                continue
            p, y = np.array([r.given[name] for r in mine]), np.array([r.failed for r in mine])
            who = [r.c.ticker for r in mine]
            first = {r.c.ticker: r for r in sorted(mine, key=lambda r: r.c.as_of, reverse=True)}.values()
            n = count([r.given[name] for r in first], [r.failed for r in first])
            lines.append(
                f"| {years} | {name} | {len(mine)} | {y.sum():.0f} | {p.sum():.1f} | "
                f"{interval(estimate(brier, p, y, who, SEED))} | {interval(estimate(log_score, p, y, who, SEED))} | "
                f"{auc(p, y):.2f} | {n.observed} / {n.expected:.1f} ({n.low} to {n.high}) |"
            )
    return lines


def third_table(rows: Sequence[Failure], name: str) -> list[str]:
    """Calibration in thirds of the probability."""
    lines = ["| years | probability from | to | companies and days | mean probability | came | share |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for years in YEARS:
        mine = [r for r in rows if r.years == years]
        p, y = np.array([r.given[name] for r in mine]), np.array([r.failed for r in mine])
        edges = [0.0, *np.quantile(p, [1 / 3, 2 / 3]), 1.0]
        for b in calibration(p, y, edges):
            lines.append(f"| {years} | {b.low:.3f} | {b.high:.3f} | {b.n} | {b.mean:.3f} | {b.successes:.0f} | "
                         f"{b.successes / b.n:.3f} |")  # fmt: skip
    return lines


def weights_line(names: Sequence[str], found: Stacked) -> str:
    """Learnt weights, and how the pool did beside the member that turned out best."""
    each = ", ".join(f"{n} {w:.2f}" for n, w in zip(names, found.weights, strict=True))
    return (f"Weights from all companies: {each}. Pool less the best member ({names[found.best]}), figures alike: "
            f"{interval(found.excess, 4)}.")  # fmt: skip


def part(title: str, told: Mapping[str, Sequence[Told]], keep: Callable[[CompanyDay], bool]) -> list[str]:
    """One line of scores for each quantity and horizon of a part of the panel."""
    lines = []
    for quantity, rows in told.items():
        for years in YEARS:
            mine = [t for t in rows if t.years == years and keep(t.c)]
            if len(mine) < 5:
                continue
            cells = [f"{by_company(mine, score_of(n))[0].mean():.3f}" for n in ("structural", "naive", "pool")]
            nine = by_company(mine, lambda t: float(in_band_of_quantiles(t.members["pool"], t.came, 0.9)))[0].mean()
            lines.append(f"| {title} | {quantity} | {years} | {len(mine)} | {' | '.join(cells)} | {100 * nine:.0f} |")
    return lines


def report(days: Sequence[CompanyDay], told: Mapping[str, Floats], second: bool) -> str:
    """The whole page."""
    seen = outcomes()
    main = [c for c in days if c.tier == "main"]
    reading = HERE / ("reading-2.md" if second else "reading.md")
    out = ["# The company panel", "", reading.read_text("utf-8").strip(), ""]
    all_told: dict[str, list[Told]] = {}
    learnt_weights: dict[str, object] = {}
    for quantity in FIELDS:
        rows = all_told[quantity] = figures(quantity, main, seen, told)
        found = learnt(quantity, rows)
        learnt_weights[quantity] = dict(zip(POOLED[quantity], found.weights.round(4).tolist(), strict=True))
        out += [f"## {quantity}, main panel", "", "CRPS of logarithms, means over companies; smaller is better.", "",
                *score_table(quantity, rows), "", weights_line(POOLED[quantity], found), "",
                *band_table(quantity, rows), ""]  # fmt: skip
    rows = figures("value", main, seen, told, last_seen=True)
    found = learnt("value", rows)
    out += ["## value, main panel, with companies that were taken over", "", *score_table("value", rows), "",
            weights_line(POOLED["value"], found), "", *band_table("value", rows), ""]  # fmt: skip
    states = failures(days, seen, told)
    found = learnt_failure(states)
    learnt_weights["failure"] = dict(zip(FAILURE, found.weights.round(4).tolist(), strict=True))
    out += ["## Failure, both tiers", "", *failure_table(states), "", weights_line(FAILURE, found), ""]
    for name, tier in (("main panel", "main"), ("wide tier", "wide")):
        mine = [r for r in states if r.c.tier == tier]
        out += [f"### Failure, {name}", "", *failure_table(mine), ""]
    for name in ("pooled", "pool"):
        out += [f"### Calibration in thirds: {name}", "", *third_table(states, name), ""]
    out += ["## Parts of the main panel", "",
            "| part | quantity | years | figures | structural | naive | pool | pool in 90 %, % |",
            "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    out += part("makers", all_told, lambda c: c.kind == "maker")
    out += part("software", all_told, lambda c: c.kind != "maker")
    for day in sorted({c.as_of for c in main}):
        out += part(str(day), all_told, lambda c, day=day: c.as_of == day)
    out += ["", "## Sales, cash and market value, both tiers", ""]
    for quantity in FIELDS:
        rows = figures(quantity, days, seen, told)
        found = learnt(quantity, rows)
        out += [f"### {quantity}", "", *score_table(quantity, rows), "", weights_line(POOLED[quantity], found), ""]
    costs = np.array([told[f"{c.id}|cost"] for c in days])
    weighted = costs[:, 0] > 0.0
    out += ["## Coherence", "",
            f"Of {len(days)} companies and days {int(weighted.sum())} could be weighted; effective sample size (share "
            f"of paths) in the middle {np.median(costs[weighted, 0]):.2f}, least {costs[weighted, 0].min():.2f}; "
            f"expected discounted value of the shares held over the price of the day before weights: middle "
            f"{np.median(costs[:, 2]):.3f}, nine in ten from {np.quantile(costs[:, 2], 0.05):.3f} to "
            f"{np.quantile(costs[:, 2], 0.95):.3f}.", ""]  # fmt: skip
    if not second:
        (HERE / "weights.json").write_text(json.dumps(learnt_weights, indent=2, sort_keys=True) + "\n", "utf-8")
    return "\n".join(out).rstrip() + "\n"


def main(arguments: list[str]) -> int:
    """Check what was frozen, score, and write the page."""
    second = "--second" in arguments
    file_of = SECOND if second else FILE
    changed = differences(file_of)
    for line in changed:
        print(line, file=sys.stderr)
    if changed and "--changed" not in arguments:
        return 1
    told: dict[str, Floats] = {}
    frozen = json.loads(file_of.read_text("utf-8"))["forecasts"]
    for file in (Path(a) for a in arguments if not a.startswith("--")):
        if of_forecasts(file) != frozen.get(file.stem):
            raise SystemExit(f"{file.name} does not hold the forecasts that were frozen")
    for file in (a for a in arguments if not a.startswith("--")):
        with np.load(Path(file)) as arrays:
            told |= {name: arrays[name] for name in arrays.files}
    (RESULT_2 if second else RESULT).write_text(report(list(company_days()), told, second), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
