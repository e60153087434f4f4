"""What the ranking of a scan is worth on the regional panels that come with Guanzi.

``python -m benchmarks.regions`` rewrites ``benchmarks/results/regions.md``: every window of a panel forecast from what
was known at its origin, by the model, by relatedness density and by the quotient at the origin; and Anhui and Hefei as
of the end of 2010 and 2015, with the place on the list that each industry had which they held later. Settings are those
of the product; where a panel is too short for five years, the longest horizon that it carries is taken.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
from scipy.stats import rankdata

from guanzi.base.core import InvalidInput
from guanzi.intake.industries import shipped_panel
from guanzi.jobs.tracks import entries, industries, regionscan
from guanzi.study.scoring import roc_auc
from guanzi.study.tracks import RegionScan, forecast, location_quotient

RESULTS = Path(__file__).parent / "results" / "regions.md"
WINDOWS = (
    ("cn-employment", 2014, 4), ("cn-employment", 2016, 5), ("cn-output", 2012, 5), ("cn-output", 2017, 5),
    ("cn-firms", 2015, 5), ("cn-firms", 2020, 5), ("cn-firms", 2025, 5), ("cn-city-firms", 2015, 5),
    ("cn-city-firms", 2020, 5), ("cn-city-firms", 2025, 5), ("nz-employment", 2006, 5), ("nz-employment", 2013, 5),
)  # fmt: skip
"""Panel, last year that is looked at, horizon: every window that has a window before it to learn from."""
METHODS = ("model", "rca", "density")
KINDS = {
    "official figures of China": ("cn-employment", "cn-output"),
    "listed companies": ("cn-firms", "cn-city-firms"),
    "New Zealand": ("nz-employment",),
}
PAIRS = (("model", "rca"), ("model", "density"), ("model", "baseline"), ("density", "rca"))
LOOKS = tuple(
    (id, region, date(year, 12, 31))
    for year in (2010, 2015)
    for id, region in (
        ("cn-employment", "Anhui"), ("cn-output", "Anhui"), ("cn-firms", "Anhui"), ("cn-city-firms", "Hefei")
    )
)  # fmt: skip
HORIZONS = (5, 4, 3)


def tested(id: str, until: int, horizon: int) -> forecast.Evaluation:
    """One window of a shipped panel."""
    return entries.evaluate(entries.Request(industries.IndustryFile(Path(id)), horizon, until)).evaluation


def looked(id: str, region: str, day: date) -> RegionScan | None:
    """A region as of a day by the longest horizon that the panel carried; None where it carried none."""
    for horizon in HORIZONS:
        try:
            file = industries.IndustryFile(Path(id))
            request = regionscan.Request(file, region, horizon, tracks={}, as_of=day)
            return regionscan.scan(request).scan
        except InvalidInput:
            continue
    return None


def worth(found: list[tuple[str, forecast.Evaluation]]) -> Iterator[str]:
    """In how many windows each order ranks better within regions than another, by kind of panel."""
    yield "| panels | " + " | ".join(f"{better} over {other}" for better, other in PAIRS) + " |"
    yield "|---|" + "---|" * len(PAIRS)
    for kind, ids in KINDS.items():
        cells = []
        for pair in PAIRS:
            tests = [test for id, test in found if id in ids]
            said = [g.verdict for test in tests for g in test.gains if (g.better, g.other) == pair]
            cells.append(f"{said.count('adds')} of {len(said)}, worse in {said.count('worse')}")
        yield f"| {kind} | " + " | ".join(cells) + " |"


def windows_table(found: list[tuple[str, forecast.Evaluation]]) -> Iterator[str]:
    """A row for each window and method."""
    yield "| panel | window | entries in cells | method | AUC | average precision (chance) | AUC within regions |"
    yield "|---|---|---|---|---|---|---|"
    for id, test in found:
        for name in METHODS:
            m, chance = test.methods[name], test.entries / test.cells
            first = (id, f"{test.window.origin}–{test.window.target}", f"{test.entries} in {test.cells:,}")
            shown = first if name == METHODS[0] else ("", "", "")
            areas = (
                f"{m.roc_auc:.3f} ({_span(m.roc_auc_interval)})",
                f"{m.average_precision:.3f} ({_span(m.average_precision_interval)}; {chance:.3f})",
                f"{m.region_auc:.3f} ({_span(m.region_auc_interval)})",
            )
            yield "| " + " | ".join((*shown, name.replace("rca", "quotient at the start"), *areas)) + " |"


def looks_table(id: str, region: str, day: date) -> Iterator[str]:
    """The industries that a region held later, and their places on the list of the day."""
    scan = looked(id, region, day)
    head = f"### {region} by {id}, as of {day:%d %B %Y}"
    if scan is None:
        yield from (head, "", "Cannot be said: too few years of the panel were out on that day.", "")
        return
    whole = shipped_panel(id)
    panel = whole.without((), set(whole.regions) - set(scan.panel.regions))
    last, r = panel.years[-1], panel.region_at(region)
    later = location_quotient(panel.matrix(last))[r] >= 1
    names = [row.candidate.industry for row in scan.ranked]
    entered = np.array([later[panel.industry_at(name)] for name in names])
    at = [scan.panel.industry_at(name) for name in names]
    own = scan.panel.region_at(region)
    scores = {
        "list": -np.arange(len(names), dtype=float),
        "chance": np.array([row.candidate.probability for row in scan.ranked]),
        "quotient": np.nan_to_num(scan.found.quotient[own][at]),
        "density": np.nan_to_num(scan.found.density[own][at]),
    }
    places = {name: len(names) + 1 - rankdata(score) for name, score in scores.items()}
    origin, horizon = scan.forecast.origin, scan.forecast.horizon
    yield from (head, "")
    yield f"Figures to {origin}, horizon {horizon} years; held in {last}, {last - origin} years on:"
    count = f"{entered.sum()} of {len(names)} candidates."
    if 0 < entered.sum() < len(names):
        areas = ", ".join(f"{name} {roc_auc(entered, score):.2f}" for name, score in scores.items())
        yield f"{count} Area over these candidates: {areas}."
    else:
        yield count
    yield from (
        "",
        "| held later | place on the list | by chance | by quotient | by density |",
        "|---|---|---|---|---|",
    )
    for k in np.flatnonzero(entered):
        told = (f"{places[name][k]:g} of {len(names)}" for name in scores)
        yield f"| {names[k]} | " + " | ".join(told) + " |"
    yield ""


def _span(ends: tuple[float, float]) -> str:
    return f"{ends[0]:.3f} to {ends[1]:.3f}"


def main() -> int:
    """Write the page."""
    found = [(id, tested(id, until, horizon)) for id, until, horizon in WINDOWS]
    lines = [
        "# What the ranking of regions is worth",
        "",
        "Made by `python -m benchmarks.regions`; nothing was tuned on it.",
        "",
    ]
    lines += [
        "<!-- --8<-- [start:summary] -->",
        "In how many windows an order ranks better within regions than another (the interval of the difference lies",
        "above nought), and in how many worse. The model is the product's forecast, the quotient (`rca`) is what each",
        "place has at the start, and the baseline is size and spread. Where the model is not better than the quotient,",
        "what is there already says as much.",
        "",
        *worth(found),
        "<!-- --8<-- [end:summary] -->",
        "",
        "Intervals are those of regions drawn anew (95 %). An entry is a quotient below 1 at the start and at least 1",
        "at the end: in counts of companies one listing is enough.",
        "",
        "## All regions",
        "",
        *windows_table(found),
        "",
        "## Anhui and Hefei as of a day",
        "",
        "Listed companies are those of 2026 projected back (survivors, today's industry and place): these looks know",
        "more than people could then. Where several have one score, the place is the middle of theirs.",
        "",
    ]  # fmt: skip
    for look in LOOKS:
        lines += looks_table(*look)
    RESULTS.write_text("\n".join(lines).rstrip() + "\n", "utf-8")
    sys.stdout.write(f"{RESULTS}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
