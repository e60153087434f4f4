"""Indices against ecomplexity 0.5.3 on the same panels, one thread; and a national register from end to end.

``python -m benchmarks.tracks.compare [PART …]`` rewrites ``benchmarks/results/tracks.md``; parts are the shapes,
``same`` and ``register``. The peer needs the dependency group ``peers``; without it its figures are left out. CPU is
that of the process, memory what the work adds to it at its peak; every measurement has a process of its own.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "results" / "tracks.md"
SHAPES = ((250, 1200, 1), (300, 1200, 20), (3000, 1200, 1))
FIRMS = 60_000_000
COLUMNS = ("rca", "mcp", "diversity", "ubiquity", "eci", "pci", "density", "coi", "cog")

_SETUP = """
import contextlib, io, json, re, sys, time, warnings
from pathlib import Path
import numpy as np, pandas as pd
warnings.simplefilter("ignore")
regions, industries, years = map(int, sys.argv[1:4])
from benchmarks.tracks.economies import economy
def frame():
    cube = economy(regions, industries, years, 5)
    t, r, i = np.nonzero(cube)
    return pd.DataFrame({"year": 2000 + t, "loc": r.astype(np.int32), "prod": i.astype(np.int32), "val": cube[t, r, i]})
def memory(what):
    return int(re.search(what + r":\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) / 1024
def begin():
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is forgotten
    return time.process_time(), memory("VmRSS")
def end(began):
    print(json.dumps({"cpu": time.process_time() - began[0], "memory": memory("VmHWM") - began[1]}))
"""
_OURS = (
    _SETUP
    + """
from guanzi.intake.industries import Roles, industries_of_frame
from guanzi.study.tracks import indices, scan_years
roles = Roles("loc", "prod", "year", ("val",))
data = frame()
indices(economy(12, 14, 1, 1)[0])  # libraries are loaded
industries_of_frame(data.head(50), roles)
began = begin()
found = {}
for year, one in scan_years(industries_of_frame(data, roles), dtype=np.float32):
    found[year] = {name: getattr(one, name) for name in ("quotient", "presence", "diversity", "ubiquity", "eci", "pci",
        "density", "coi", "cog")}
end(began)
"""
)
_PEER = (
    _SETUP
    + """
from ecomplexity import ecomplexity
columns = {"time": "year", "loc": "loc", "prod": "prod", "val": "val"}
data = frame()
def run(data):
    with contextlib.redirect_stdout(io.StringIO()):
        return ecomplexity(data, columns, check_logsupermodularity=False, verbose=False)
run(data.head(3000))
began = begin()
found = run(data)
end(began)
"""
)
_SAME = (
    _SETUP
    + """
from ecomplexity import ecomplexity
from guanzi.study.tracks import indices
data = frame()
with contextlib.redirect_stdout(io.StringIO()):
    peer = ecomplexity(data, {"time": "year", "loc": "loc", "prod": "prod", "val": "val"},
        check_logsupermodularity=False, verbose=False)
worst = {}
for kind in (np.float64, np.float32):
    for year, part in peer.groupby("year"):
        part = part.sort_values(["loc", "prod"])
        values = part.val.fillna(0).to_numpy().reshape(part["loc"].nunique(), -1)
        ours = indices(values, dtype=kind)
        for column in sys.argv[4].split(","):
            mine = np.asarray(getattr(ours, {"rca": "quotient", "mcp": "presence"}.get(column, column)), dtype=float)
            if mine.ndim == 1:
                mine = mine[:, None] if column in ("diversity", "eci", "coi") else mine[None]
            theirs = part[column].to_numpy(float).reshape(values.shape)
            gap = np.abs(mine - theirs) / np.maximum(np.abs(theirs), 1)
            key = kind.__name__, column
            worst[key] = max(worst.get(key, 0), float(np.broadcast_to(gap, values.shape).max()))
print(json.dumps({f"{kind} {column}": gap for (kind, column), gap in worst.items()}))
"""
)
_REGISTER = """
import json, re, sys, time
from pathlib import Path
from guanzi.base.core import Message, Progress
from guanzi.intake.industries import Roles, read_industries, rows_of
from guanzi.study.tracks import scan_years
path = Path(sys.argv[1])
began, cpu = time.monotonic(), time.process_time()
roles = Roles("region", "industry", "year", ("staff",), count="firms", sum_rows=True)
with Progress(Message.of("cli.progress.rows"), rows_of(path)) as progress:
    panel = read_industries(path, roles, advance=progress.advance)
read = time.monotonic() - began
years = 0
for measure in ("staff", "firms"):
    for year, found in scan_years(panel, measure, disconnected="largest"):
        years += 1
peak = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) / 1024
print(json.dumps({"seconds": time.monotonic() - began, "read": read, "cpu": time.process_time() - cpu, "memory": peak,
    "cells": panel.cells, "years": years, "regions": len(panel.regions), "industries": len(panel.industries)}))
"""


def measured(script: str, *words: object, threads: int = 1) -> dict[str, float]:
    """What a script prints as its last line, run in a process of its own."""
    limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), str(threads))
    command = [sys.executable, "-c", script, *map(str, words)]
    done = subprocess.run(command, env={**os.environ, **limits}, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(shape: tuple[int, int, int]) -> dict[str, dict[str, float]]:
    """CPU and memory of one shape: ours, the better of two runs, and the peer's."""
    found = {"ours": min((measured(_OURS, *shape) for _ in range(2)), key=lambda m: m["cpu"])}
    if find_spec("ecomplexity") is not None:
        found["peer"] = measured(_PEER, *shape)
    return found


def register() -> dict[str, float]:
    """A national register, written, read, added up and scanned."""
    from benchmarks.tracks.economies import write_register

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.parquet"
        write_register(path, FIRMS)
        return {"size": path.stat().st_size / 1e6, **measured(_REGISTER, path)}


PARTS: dict[str, Callable[[], Any]] = {
    **{" x ".join(map(str, shape)): partial(table, shape) for shape in SHAPES},
    "same": partial(measured, _SAME, 120, 400, 2, ",".join(COLUMNS)),
    "register": register,
}


def page(found: dict[str, Any]) -> str:
    """What was measured, for people."""
    lines = [
        f"Python {platform.python_version()}, {platform.machine()}, one thread; `python -m benchmarks.tracks.compare`.",
        "",
        "| regions x industries x years | ours: CPU s, MiB | ecomplexity 0.5.3: CPU s, MiB | times |",
        "|---|---|---|---|",
    ]
    for name in (" x ".join(map(str, shape)) for shape in SHAPES):
        ours, peer = found[name]["ours"], found[name].get("peer")
        row = f"| {name} | {ours['cpu']:.2f}, {ours['memory']:.0f} |"
        if peer is None:
            lines.append(f"{row} not installed | |")
            continue
        faster, leaner = peer["cpu"] / ours["cpu"], peer["memory"] / ours["memory"]
        lines.append(f"{row} {peer['cpu']:.1f}, {peer['memory']:.0f} | {faster:.0f}x CPU, {leaner:.0f}x memory |")
    gaps = found["same"]
    double, single = (max(v for k, v in gaps.items() if k.startswith(kind)) for kind in ("float64", "float32"))
    r = found["register"]
    return "\n".join(
        [
            *lines,
            "",
            f"Largest difference over all columns ({', '.join(COLUMNS)}) on 120 x 400 x 2, relative above 1 and",
            f"absolute below: {double:.0e} in double precision, {single:.0e} in single (as timed).",
            "",
            f"**A national register.** {FIRMS:,} rows of firms ({r['size']:,.0f} MB of Parquet; region, industry,",
            f"year, staff), added up to staff and number of firms in {r['regions']:.0f} regions x",
            f"{r['industries']:.0f} industries x 20 years, and all indices of both measures in all years, on one",
            f"thread: **{r['seconds']:.0f} s** ({r['cpu']:.0f} s CPU; reading {r['read']:.0f} s), peak memory",
            f"**{r['memory'] / 1024:.2f} GiB**, progress shown.",
            "",
        ]
    )


def main(names: list[str]) -> None:
    """Measure the named parts, or all, keep them as JSON, and write the page."""
    data = RESULTS.with_suffix(".json")
    found: dict[str, Any] = json.loads(data.read_text("utf-8")) if data.exists() else {}
    for name in names or PARTS:
        found[name] = PARTS[name]()
        print(name, found[name], flush=True)
        data.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if set(PARTS) <= set(found):
        RESULTS.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
