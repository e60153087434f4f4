"""Peers in one run with us: ``python -m benchmarks.peers`` rewrites ``benchmarks/results/peers.md``.

The dependency groups ``peers`` and ``peer-frames`` have them; who is not installed is left out, and the page says so.
Polars is held to one thread (``POLARS_MAX_THREADS=1``), as all others are.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks import throughput
from benchmarks.peers import arrays, blocks, cells, frames, lanes, scalar
from benchmarks.peers.toy import STEPS, toy_program
from benchmarks.tracks.economies import economy

from guanzi.study.tracks import indices

RESULTS = Path(__file__).parents[1] / "results" / "peers.md"
SEED, ROUNDS, FEW, MANY = 7, 3, 20_000, 100_000
REGIONS, INDUSTRIES = 250, 1200
type Outputs = dict[str, Any]


def released(name: str) -> str:
    """The installed version of a package; empty where there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def least(jobs: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """CPU seconds of each, the least of some rounds by turns."""
    found = dict.fromkeys(jobs, np.inf)
    for _ in range(ROUNDS):
        for name, run in jobs.items():
            began = time.process_time()
            run()
            found[name] = min(found[name], time.process_time() - began)
    return found


def toy_rows() -> list[str]:
    """The toy deal by all means: paths, CPU time, and on how many paths all results agree."""
    program = toy_program()
    expected = throughput.machine(program, FEW)
    peers: dict[str, tuple[Callable[..., Outputs], int]] = {
        "lanes written by hand in Numba": (lanes.lanes, MANY),
        "scalar Numba": (scalar.scalar, MANY),
        "NumPy, whole arrays": (arrays.whole_arrays, FEW),
    }
    if released("modelx"):
        peers[f"modelx {released('modelx')}"] = (cells.cells, FEW)
    if released("gaspatchio"):
        peers[f"gaspatchio {released('gaspatchio')}"] = (frames.frames, MANY)
    same = {name: throughput.same(name, run(SEED, FEW), expected) for name, (run, _) in peers.items()}
    same["NumPy, blocks"] = throughput.same("blocks", blocks.run_blocks(program, SEED, FEW), expected)
    jobs: dict[str, Callable[[], Any]] = {
        "Guanzi, lane machine": lambda: throughput.machine(program, MANY),
        "NumPy, blocks": lambda: blocks.run_blocks(program, SEED, FEW),
    }
    sizes = {"Guanzi, lane machine": MANY, "NumPy, blocks": FEW}
    for name, (run, paths) in peers.items():
        jobs[name], sizes[name] = (lambda run=run, paths=paths: run(SEED, paths)), paths  # type: ignore[misc]
    seconds = least(jobs)
    speeds = {name: sizes[name] * STEPS / s for name, s in seconds.items()}
    ours = speeds["Guanzi, lane machine"]
    rows = ["| toy deal, 60 steps | paths | million path-steps per CPU-second | Guanzi is faster by | same results |"]
    rows.append("|---|---|---|---|---|")
    for name, speed in sorted(speeds.items(), key=lambda pair: -pair[1]):
        share = f"{same[name]:.3%} of paths" if name in same else "–"
        rows.append(f"| {name} | {sizes[name]:,} | {speed / 1e6:.2f} | {ours / speed:.1f} | {share} |")
    return rows


def complexity_rows() -> list[str]:
    """Quotients, complexity, proximity and density of one year by all means."""
    values = economy(REGIONS, INDUSTRIES, 1, 5)[0]
    mine = indices(values)
    jobs: dict[str, Callable[[], Any]] = {"Guanzi": lambda: indices(values)}
    apart: dict[str, float] = {}
    if find_spec("ecomplexity"):
        name = f"ecomplexity {released('ecomplexity')} (pandas)"
        jobs[name], apart[name] = _by_pandas(values, mine.eci)
    seconds = least(jobs)
    rows = [f"| {REGIONS} regions x {INDUSTRIES:,} industries, one year | CPU, s | Guanzi is faster by | ECI |"]
    rows.append("|---|---|---|---|")
    for name, s in sorted(seconds.items(), key=lambda pair: pair[1]):
        told = f"correlation {apart[name]:.6f}" if name in apart else "–"
        rows.append(f"| {name} | {s:.3f} | {s / seconds['Guanzi']:.1f} | {told} |")
    return rows


def _long(values: Any) -> dict[str, Any]:
    regions, industries = np.nonzero(values)
    return {"loc": regions, "prod": industries, "val": values[regions, industries]}


def _by_pandas(values: Any, eci: Any) -> tuple[Callable[[], Any], float]:
    import pandas as pd
    from ecomplexity import ecomplexity

    data = pd.DataFrame({"year": 2000, **_long(values)})
    columns = {"time": "year", "loc": "loc", "prod": "prod", "val": "val"}

    def run() -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ecomplexity(data, columns, check_logsupermodularity=False, verbose=False)

    got = run().drop_duplicates("loc")
    return run, _alike(eci, dict(zip(got["loc"].astype(int), got["eci"], strict=True)))


def _alike(eci: Any, theirs: dict[int, float]) -> float:
    """Correlation over the regions that the peer names."""
    at = sorted(theirs)
    return float(np.corrcoef(np.asarray(eci)[at], [theirs[i] for i in at])[0, 1])


SAID = """\
**How.** One process, one thread, CPU time, the least of {rounds} rounds by turns. All peers of the toy deal read the
same random numbers and must agree with the machine on 99.9 % of paths. modelx (LGPL-3.0) and NumPy work on whole arrays
of 20,000 paths. gaspatchio (Apache-2.0) is a framework of formulas on columns, not of coupled payments: its kernel for
roll-forwards has no operation for a put or for instalments on targets within a step, so the deal is written as formulas
of its frame, four steps to a graph (faster than one); the random numbers and the rate of return come from the NumPy of
the other peers and count in its time.

**economic-complexity** 0.3.0 (MIT) was installed and cannot be timed beside the packages of today: its functions on
Polars stop at `DataFrame.sum() got an unexpected keyword argument 'axis'`, those on pandas 3 at `underlying array is
read-only` in its proximity. ecomplexity stands in `benchmarks/results/tracks.md`.

**fio** (R, MIT, 1.1.0 of June 2026) was not run: there is no R here. Its pages[1] compare the coefficients and the
inverse of tables of 100 to 2,000 sectors on four machines, by charts; the text that was read holds no time, so none is
repeated here.

[1] albersonmiranda.github.io/fio/articles/benchmarking.html"""


def main() -> None:
    """Measure and write the page."""
    head = [
        "# Peers in one run",
        "",
        f"`python -m benchmarks.peers`, Python {throughput.platform.python_version()}, NumPy {np.__version__}, "
        f"{throughput.processor()}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors when it began.",
    ]
    missing = [name for name in ("modelx", "gaspatchio", "ecomplexity") if not released(name)]
    if missing:
        head += ["", f"Not installed, and left out: {', '.join(missing)}."]
    parts = [head]
    for rows in (toy_rows, complexity_rows, lambda: [SAID.format(rounds=ROUNDS)]):
        parts.append(rows())
        RESULTS.write_text("\n\n".join("\n".join(part) for part in parts) + "\n", encoding="utf-8")
        print("\n".join(parts[-1]), flush=True)


if __name__ == "__main__":
    main()
