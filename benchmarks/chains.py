"""Chains in figures: multipliers against pymrio, extraction, systemic risk with its bound, coverage against spopt.

Each measurement runs in a process of its own, so that its peak of memory is its own; results are compared before any
time is told. Run it with ``python -m benchmarks.chains``; it rewrites ``benchmarks/results/chains.md``.
Peers of others need the dependency group ``peers``; without them their rows are left out.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

RESULTS = Path(__file__).parent / "results" / "chains.md"
SEED = 7
REGIONS = 20
SPOPT_SECONDS = 60


def economy(n: int) -> tuple[Any, Any, Any, Any]:
    """Input coefficients, output, final demand by region and direct effects of an economy of n sectors."""
    rng = np.random.default_rng(SEED)
    inputs = rng.random((n, n)) * (rng.random((n, n)) < 0.3)
    inputs = inputs / inputs.sum(axis=0) * rng.uniform(0.3, 0.65, n)
    output = rng.uniform(1.0, 100.0, n)
    demand = np.repeat(((output - inputs @ output) / REGIONS)[:, None], REGIONS, axis=1)
    return inputs, output, demand, rng.random((3, n))


def rounds(n: int) -> int:
    """Of a measurement, of which the best counts."""
    return 7 if n <= 2000 else 2


def memory(anew: bool = False) -> float:
    """Highest resident memory of this process so far, MB; ``anew``: from now on."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("utf-8"))
    return int(found.group(1)) / 1024 if found else float("nan")


def multipliers_ours(n: int) -> dict[str, Any]:
    """Multipliers of three effects and of output, and output for all demands."""
    from guanzi.study.chains.multipliers import coefficients, factor

    inputs, output, demand, direct = economy(n)
    flows = inputs * output
    del inputs
    factor(np.full((2, 2), 0.1)).multipliers(np.ones(2))  # what is loaded on first use
    before, best, peak = memory(anew=True), float("inf"), 0.0
    for _ in range(rounds(n)):
        began = time.process_time()
        system = factor(coefficients(flows, output))
        found = system.multipliers(np.column_stack([np.ones(n), (direct / output).T]))
        made = system.output(demand)
        peak = memory() - before if best == float("inf") else peak
        best = min(best, time.process_time() - began)
    return {"seconds": best, "mb": peak, "check": [float(found[:, 1].sum()), float(made.sum())]}


def multipliers_pymrio(n: int) -> dict[str, Any]:
    """The same by ``calc_all`` of pymrio."""
    import pandas
    import pymrio

    inputs, output, demand, direct = economy(n)
    flows = inputs * output
    del inputs
    places = pandas.MultiIndex.from_product([range(REGIONS), range(n // REGIONS)], names=["region", "sector"])
    kinds = pandas.MultiIndex.from_product([range(REGIONS), ["fd"]], names=["region", "category"])
    rows = pandas.Index(["a", "b", "c"], name="stressor")
    before, best, peak = memory(anew=True), float("inf"), 0.0
    for _ in range(rounds(n)):
        began = time.process_time()
        tables = pymrio.IOSystem(Z=pandas.DataFrame(flows, places, places), Y=pandas.DataFrame(demand, places, kinds))
        tables.effects = pymrio.Extension("effects", F=pandas.DataFrame(direct, rows, places))
        with redirect_stdout(io.StringIO()):
            tables.calc_all()
        peak = memory() - before if best == float("inf") else peak
        best = min(best, time.process_time() - began)
    check = [float(tables.effects.M.to_numpy()[0].sum()), float(tables.x.to_numpy().sum())]
    return {"seconds": best, "mb": peak, "check": check}


def extraction_of_all(n: int) -> dict[str, Any]:
    """Every sector taken out, in closed form, over one factorisation with right-hand sides."""
    from guanzi.study.chains.multipliers import extraction, factor

    inputs, output, demand, direct = economy(n)
    effects = np.column_stack([np.ones(n), direct.T])
    factor(inputs).diagonal()
    once, whole = [], []
    for _ in range(5):
        began = time.process_time()
        system = factor(inputs)
        system.multipliers(effects)
        system.output(demand)
        once.append(time.process_time() - began)
        began = time.process_time()
        lost = extraction(factor(inputs), output, effects)
        whole.append(time.process_time() - began)
    final, error = output - inputs @ output, 0.0
    for j in (0, n // 2, n - 1):
        without, left = inputs.copy(), final.copy()
        without[j], without[:, j], left[j] = 0.0, 0.0, 0.0
        again = output.sum() - np.linalg.solve(np.eye(n) - without, left).sum()
        error = max(error, abs(again - lost[j, 0]) / again)
    return {"once": min(once), "all": min(whole), "error": error}


def network(firms: int, links: int) -> Any:
    """Firms of 90 sectors with sizes far apart, and a final demand of two fifths."""
    from guanzi.study.chains.disruption import Network

    rng = np.random.default_rng(3)
    sector = rng.integers(0, 90, firms)
    size = rng.pareto(1.1, firms) + 1.0
    weight = size**0.6 / (size**0.6).sum()
    pairs = np.stack([rng.choice(firms, int(links * 1.1), p=weight) for _ in range(2)], axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    pairs = pairs[rng.permutation(len(pairs))[:links]]
    supplier, buyer = pairs[:, 0], pairs[:, 1]
    value = rng.lognormal(0.0, 1.3, len(pairs)) * np.minimum(size[supplier], size[buyer]) ** 0.5
    sold = np.bincount(supplier, value, firms)
    recipe = rng.random((90, 90)) < 0.35
    output = np.where(sold > 0.0, sold / 0.6, 1.0)
    return Network(sector, output, supplier, buyer, value, recipe[sector[supplier], sector[buyer]])


def systemic_risk_of_all(firms: int, exact: int) -> dict[str, Any]:
    """The index of all firms at a residual of 1e-3, and 200 firms by full sweeps."""
    from guanzi.study.chains.disruption import failure, systemic_risk

    net = network(firms, firms * 10)
    small = network(200, 1000)
    systemic_risk(small)
    failure(small, [0])
    _ = net.arrays
    began, used = time.perf_counter(), time.process_time()
    found = systemic_risk(net, threads=2)
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    rng = np.random.default_rng(1)
    largest = np.argsort(-found.index, kind="stable")[: exact // 2]
    others = rng.choice(np.setdiff1d(np.arange(firms), largest), exact - len(largest), replace=False)
    short, began, within = [], time.perf_counter(), 0
    for i in [*largest, *others]:
        gap = failure(net, [int(i)]).index - float(found.index[i])
        short.append(gap)
        within += -1e-9 <= gap <= float(found.bound[i]) + 1e-12
    swept = (time.perf_counter() - began) / exact
    return {
        "firms": firms, "links": len(net.value), "seconds": seconds, "cpu": cpu, "exact": exact, "within": within,
        "short": max(short), "bound": float(np.median(found.bound)), "most": float(found.bound.max()),
        "touched": float(found.touched.mean()), "sweeps": swept, "largest": float(found.index.max()),
    }  # fmt: skip


def field(sites: int, points: int) -> tuple[Any, Any, Any]:
    """Sites and demand in a square of 30 km."""
    rng = np.random.default_rng(5)
    return rng.random((sites, 2)) * 30.0, rng.random((points, 2)) * 30.0, rng.lognormal(0.0, 1.0, points)


def coverage_ours(sites: int, points: int) -> dict[str, Any]:
    """Maximal covering with 60 sites, and covering everything, within 2 km."""
    from guanzi.study.chains.coverage import cover_all, cover_most, reach_within

    warm = reach_within(*field(50, 100)[:2], 2.0)
    cover_most(warm, np.ones(100), most=3)
    cover_all(warm)
    places, demand, weight = field(sites, points)
    began = time.perf_counter()
    reach = reach_within(places, demand, 2.0)
    most = cover_most(reach, weight, most=60)
    first = time.perf_counter() - began
    began = time.perf_counter()
    least = cover_all(reach)
    second = time.perf_counter() - began
    return {
        "pairs": len(reach.point), "most_seconds": first, "covered": most.covered, "most_gap": most.gap,
        "all_seconds": second, "number": least.value, "all_bound": least.bound,
    }  # fmt: skip


def coverage_spopt(sites: int, points: int) -> dict[str, Any]:
    """How long spopt takes to build the model of maximal covering."""
    import spopt.locate as locate
    from scipy.spatial.distance import cdist

    places, demand, weight = field(sites, points)
    began = time.perf_counter()
    locate.MCLP.from_cost_matrix(cdist(demand, places), weight, 2.0, p_facilities=60)
    return {"seconds": time.perf_counter() - began}


PARTS: dict[str, Callable[..., dict[str, Any]]] = {
    "multipliers_ours": multipliers_ours,
    "multipliers_pymrio": multipliers_pymrio,
    "extraction": extraction_of_all,
    "risk": systemic_risk_of_all,
    "coverage_ours": coverage_ours,
    "coverage_spopt": coverage_spopt,
}


def measured(part: str, *sizes: int, seconds: float | None = None) -> dict[str, Any] | None:
    """A part in a process of its own; None where it took longer than it was given."""
    words = [sys.executable, "-m", "benchmarks.chains", "--part", part, *map(str, sizes)]
    try:
        one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # of linear algebra: the machine is shared
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=seconds, env=one_thread)
    except subprocess.TimeoutExpired:
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _multipliers() -> list[str]:
    told = "Multipliers of three effects and output for 20 demands: CPU time on one thread, memory above the data."
    lines = ["## Multipliers", "", told, "", "| sectors | ours | pymrio `calc_all` | faster | memory |"]
    lines.append("|---|---|---|---|---|")
    for n in (2000, 5000):
        ours = measured("multipliers_ours", n)
        peer = measured("multipliers_pymrio", n) if find_spec("pymrio") else None
        if ours is None:
            continue
        cells = [str(n), f"{ours['seconds']:.2f} s, {ours['mb']:.0f} MB"]
        if peer is not None:
            if not np.allclose(ours["check"], peer["check"], rtol=1e-6):
                raise SystemExit(f"results differ: {ours['check']} {peer['check']}")
            cells.append(f"{peer['seconds']:.2f} s, {peer['mb']:.0f} MB")
            cells.append(f"{peer['seconds'] / ours['seconds']:.1f}x")
            cells.append(f"{ours['mb'] / peer['mb']:.2f} of theirs")
        lines.append("| " + " | ".join(cells + ["–"] * (5 - len(cells))) + " |")
    found = measured("extraction", 2000)
    if found is not None:
        lines += [
            "",
            f"Extraction of all 2,000 sectors: {found['all']:.2f} s, {found['all'] / found['once']:.1f}x one "
            f"factorisation with its right-hand sides ({found['once']:.2f} s); against re-solving without the sector: "
            f"{found['error']:.0e}.",
        ]
    return lines


def _risk() -> list[str]:
    found = measured("risk", 100_000, 200)
    if found is None:
        return []
    hours = found["sweeps"] * found["firms"] / 3600
    return [
        "## Systemic risk",
        "",
        f"All {found['firms']:,} firms of a network with {found['links']:,} links, residual 1e-3, two threads: "
        f"**{found['seconds']:.1f} s** by the clock, {found['cpu']:.1f} s of CPU time on both together "
        f"({found['touched']:.0f} firms touched by each on average).",
        "",
        f"{found['exact']} firms (half of them the largest) by full sweeps, {1000 * found['sweeps']:.0f} ms each "
        f"({hours:.1f} h for all): **{found['within']} of {found['exact']} lie within the bound**; short by "
        f"{found['short']:.1e} at most, bound {found['bound']:.1e} at the median and {found['most']:.1e} at most, "
        f"largest index {found['largest']:.3f}.",
    ]


def _coverage() -> list[str]:
    lines = ["## Coverage", "", "Square of 30 km, radius 2 km; 60 sites for the most.", ""]
    lines += ["| sites x points | pairs | most: time, covered, gap | all: time, sites, bound |", "|---|---|---|---|"]
    for sites, points in ((1000, 5000), (4000, 50_000)):
        ours = measured("coverage_ours", sites, points)
        if ours is not None:
            lines.append(
                f"| {sites} x {points:,} | {ours['pairs']:,} "
                f"| {ours['most_seconds']:.2f} s, {100 * ours['covered']:.1f} %, {100 * ours['most_gap']:.2f} % "
                f"| {ours['all_seconds']:.1f} s, {ours['number']:.0f}, {ours['all_bound']:.0f} |"
            )
    if find_spec("spopt"):
        peer = measured("coverage_spopt", 1000, 5000, seconds=SPOPT_SECONDS)
        told = f"was still building its model after {SPOPT_SECONDS} s"
        if peer is not None:
            told = f"built its model in {peer['seconds']:.0f} s, before solving it"
        lines += ["", f"spopt, maximal covering 1000 x 5000: {told}."]
    return lines


def _written(section: list[str]) -> None:
    """Put a section in the place of the one of the same title, or at the end of the page."""
    title = "# Chains in figures"
    about = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; "
    about += "`python -m benchmarks.chains`. Other work was running on the machine: times are upper bounds."
    text = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    parts = {part.splitlines()[0]: part.strip() for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]}
    new = "\n".join(section).removeprefix("## ")
    parts[new.splitlines()[0]] = new
    body = "\n\n".join(f"## {part}" for part in parts.values())
    RESULTS.write_text(f"{title}\n\n{about}\n\n{body}\n", encoding="utf-8")
    print(body)


def main() -> None:
    """Measure one part and print it, or sections and write them into the page."""
    sections: dict[str, Callable[[], list[str]]] = {"multipliers": _multipliers, "risk": _risk, "coverage": _coverage}
    parser = argparse.ArgumentParser()
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--section", choices=sections, action="append")
    asked = parser.parse_args()
    if asked.part:
        print(json.dumps(PARTS[asked.part](*asked.sizes)))
        return
    for name, section in sections.items():
        if (not asked.section or name in asked.section) and (lines := section()):
            _written(lines)


if __name__ == "__main__":
    main()
