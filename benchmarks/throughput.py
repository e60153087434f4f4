"""Path-steps per second of CPU time: the lane machine against other means, on one deal and on the same random numbers.

A path-step is one path through one step, with all worlds and accounts. Time is CPU time of the process on one thread;
each figure is the best of several rounds, taken by turns, so that a busy machine disturbs all alike. Peers run the toy
deal of ``benchmarks/peers``; results are compared before any time is taken.

Run it with ``python -m benchmarks.throughput``; it rewrites ``benchmarks/results/throughput.md`` up to what is said
there about the figures, which is written by hand. Peers of others need the dependency group ``peers``; without modelx
that row is left out.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.peers import arrays, blocks, cells, lanes, scalar
from benchmarks.peers.toy import STEPS, toy_program

from guanzi.advice.appraisal import prepare
from guanzi.advice.structuring.measures import MEASURES, outputs_for
from guanzi.deal.program import Emitter, grid_of
from guanzi.engine.machine.arithmetic import BLOCK
from guanzi.engine.machine.assembler import Assembled, assemble
from guanzi.engine.machine.values import UNIFORMS, values_of
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.pruning import prune
from guanzi.engine.simulation.run import LEAF, NO_INPUTS, Job, ThreadRecords, Threads, run_numbered
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

RESULTS = Path(__file__).parent / "results" / "throughput.md"
COMMENT = "## What these figures say"
SEED = 7
ROUNDS = 12
CASE = "nio-hefei-2020"
MEMORY = f"""
import io, re, sys
from contextlib import redirect_stdout, suppress
from pathlib import Path
from guanzi.cli import main
sys.argv = ["guanzi", "simulate", "{CASE}", "--paths", sys.argv[1], "--json"]
with redirect_stdout(io.StringIO()), suppress(SystemExit):
    main()
# not ru_maxrss: a child inherits that of the process that started it
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) // 1024)
"""
START = """
import time
import numpy, numba
from guanzi.engine.simulation.run import ThreadRecords, run_leaf
from guanzi.engine.machine import lanes_of
from benchmarks.peers.toy import toy_program
program = toy_program()
lanes_of(program)
began = time.process_time()
run_leaf(program, ThreadRecords(program), 1, 0, 1)
print(time.process_time() - began)
"""


def machine(program: Assembled, paths: int, seed: int = SEED) -> dict[str, Any]:
    """Outputs of all paths by the lane machine, in leaves, on one thread."""
    records = ThreadRecords(program)
    out, leaf = np.empty((len(program.outputs), paths)), np.empty((len(program.outputs), LEAF))
    for i in range(0, paths, LEAF):
        ids = np.arange(i, min(i + LEAF, paths), dtype=np.uint64)
        out[:, i : i + LEAF] = run_numbered(program, records, seed, ids, NO_INPUTS, leaf)[:, : len(ids)]
    return dict(zip(program.outputs, out, strict=True))


def full_jobs(paths: int) -> tuple[Job, Job]:
    """The whole sheet of the case: all clauses, both worlds, three accounts, histograms, rate of return.

    Second the decision set: the same deal, cut down to the outputs that a search reads of each path.
    """
    prepared = prepare(load_case(find_case(CASE)), None, load_playbook("hefei"))
    if prepared.sheet is None or prepared.model is None or prepared.policy is None:
        raise SystemExit(f"{CASE} cannot be simulated")
    program, grid = compose(prepared.sheet, prepared.model, prepared.policy), grid_of(prepared.sheet)
    whole, cut = assemble(program), assemble(prune(program, outputs_for(MEASURES)))
    return Job(whole, grid, paths, SEED), Job(cut, grid, paths, SEED)


def draws_only(program: Assembled) -> Assembled:
    """A program that draws the numbers that another one reads, and adds them up so that none can be left out."""
    values = values_of(program)
    read: list[list[tuple[str, float, float]]] = [[] for _ in range(len(program.start) - 1)]
    for i in values.live:
        if values.ops[i] == "PART" and values.ops[values.args[i][0]] == "DRAW":
            (block, stream), (part,) = values.data[values.args[i][0]], values.data[i]
            kind = "UNIFORM" if part >= UNIFORMS else "NORMAL"
            read[values.steps[i]].append((kind, float(stream), float(block * BLOCK + part % BLOCK)))
    e = Emitter()
    e.number("sum")
    for step in read:
        for kind, *address in step:
            e.do("ACC", "sum", e(kind, k=tuple(address)))
        e.end_step()
    e.output("sum", "sum")
    e.end_step()
    return assemble(e.program)


def best(jobs: dict[str, tuple[Callable[[], Any], int]]) -> dict[str, float]:
    """Path-steps per second of CPU time: (what to run, path-steps that it does), the best of rounds by turns."""
    found = dict.fromkeys(jobs, 0.0)
    for _ in range(ROUNDS):
        for name, (run, steps) in jobs.items():
            began = time.process_time()
            run()
            found[name] = max(found[name], steps / (time.process_time() - began))
    return found


def same(name: str, found: dict[str, Any], expected: dict[str, Any]) -> float:
    """Share of paths on which all results agree to a millionth; a last bit may move a path across a threshold."""
    agree = [np.isclose(found[k], expected[k], rtol=1e-6, atol=1e-6, equal_nan=True) for k in found if k in expected]
    share = float(np.logical_and.reduce(agree).mean())
    if share < 0.999:
        raise SystemExit(f"{name} agrees on {share:.2%} of paths only")
    return share


def toy_rows() -> list[str]:
    """The toy deal by all means."""
    program, bare = toy_program(), toy_program(irr=False)
    expected = machine(program, 20_000)
    peers: dict[str, tuple[Callable[..., dict[str, Any]], int]] = {
        "lanes written by hand in Numba": (lanes.lanes, 200_000),
        "scalar Numba": (scalar.scalar, 100_000),
        "NumPy, whole arrays": (arrays.whole_arrays, 20_000),
    }
    if find_spec("modelx"):
        peers["modelx"] = (cells.cells, 20_000)
    agreement = {name: same(name, run(SEED, 20_000), expected) for name, (run, _) in peers.items()}
    agreement["NumPy, blocks"] = same("blocks", blocks.run_blocks(program, SEED, 20_000), expected)
    jobs: dict[str, tuple[Callable[[], Any], int]] = {
        "lane machine": (lambda: machine(program, 200_000), 200_000 * STEPS),
        "lane machine, no rate of return": (lambda: machine(bare, 200_000), 200_000 * STEPS),
        "NumPy, blocks": (lambda: blocks.run_blocks(program, SEED, 20_000), 20_000 * STEPS),
    }
    for name, (run, paths) in peers.items():
        jobs[name] = (lambda run=run, paths=paths: run(SEED, paths), paths * STEPS)  # type: ignore[misc]
    speeds = best(jobs)
    what = "toy deal from its text (`benchmarks/peers/toy.yaml`), 60 steps"
    rows = [f"| {what} | million path-steps per CPU-second | machine is faster by | same results |"]
    rows.append("|---|---|---|---|")
    for name, speed in speeds.items():
        share = f"{agreement[name]:.3%} of paths" if name in agreement else "–"
        rows.append(f"| {name} | {speed / 1e6:.2f} | {speeds['lane machine'] / speed:.2f} | {share} |")
    return rows


def chain_of(op: str, length: int = 400) -> Assembled:
    """A program that does one operation again and again, to see what it costs."""
    e = Emitter()
    x, y = e("UNIFORM", k=(0.0, 0.0)), e("UNIFORM", k=(0.0, 1.0))
    for _ in range(length):
        x, y = (e(op, x, y) if op in ("MUL", "DIV") else e(op, x)), x
    e.output("x", x)
    e.end_step()
    e.end_step()
    return assemble(e.program)


KINDS = {
    "division": ("DIV",),
    "exponential, logarithm, root": ("EXP", "LOG", "SQRT"),
    "sum, product, bound, choice": ("ADD", "SUB", "MUL", "MIN", "MAX", "NEG", "SEL"),
    "comparison and connective": ("GT", "GE", "EQ", "AND", "OR", "ANDN", "NOT"),
    "block of four random words": ("DRAW",),
}
"""Kinds of work, with their operations."""


def kind_rows(job: Job, cut: Job) -> list[str]:
    """Operations a step by kind of work: of the whole sheet, and of the decision set."""
    rows = ["| kind of work | operations a step, whole sheet | decision set |", "|---|---|---|"]
    counts = []
    for of in (job, cut):
        values = values_of(of.program)
        counts.append([sum(values.ops[i] in ops for i in values.live) / of.grid.count for ops in KINDS.values()])
    return rows + [f"| {kind} | {a:.1f} | {b:.1f} |" for kind, a, b in zip(KINDS, *counts, strict=True)]


def full_rows() -> list[str]:
    """The full sheet: whole runs with summaries, the machine alone, what a search asks, random numbers, and NumPy."""
    job, cut = full_jobs(100_000)
    program, steps = job.program, job.grid.count
    draws, few_draws = draws_only(program), draws_only(cut.program)
    few, length = 4096, 400
    ours, theirs = machine(program, few), blocks.run_blocks(program, SEED, few)
    searched = machine(cut.program, few)
    if not all(np.array_equal(searched[name], ours[name], equal_nan=True) for name in searched):
        raise SystemExit("the decision set has other bits than the whole sheet")
    agree = np.isclose(ours["public.npv"], theirs["public.npv"], rtol=1e-6, atol=1e-6).mean()
    chains = {op: chain_of(op, length) for op in ("MUL", "DIV", "EXP")}
    speeds = best(
        {
            "whole run with all summaries": (lambda: Threads(1).run(job), job.paths * steps),
            "lane machine": (lambda: machine(program, 50_000), 50_000 * steps),
            "decision set": (lambda: machine(cut.program, 50_000), 50_000 * steps),
            "random numbers of the whole sheet alone": (lambda: machine(draws, 100_000), 100_000 * steps),
            "random numbers of the decision set alone": (lambda: machine(few_draws, 100_000), 100_000 * steps),
            "NumPy, blocks": (lambda: blocks.run_blocks(program, SEED, few), few * steps),
            **{op: (partial(machine, chain, 20_000), 20_000 * length) for op, chain in chains.items()},
        }
    )
    single = {op: 1e9 / speeds.pop(op) for op in chains}
    rows = [f"| {CASE}, {steps} steps, 2 worlds | million path-steps per CPU-second | nanoseconds a path-step |"]
    rows.append("|---|---|---|")
    rows += [f"| {name} | {speed / 1e6:.2f} | {1e9 / speed:.1f} |" for name, speed in speeds.items()]
    rows.append("")
    values = values_of(program)
    ratio = speeds["lane machine"] / speeds["NumPy, blocks"]
    count = sum(values.ops[i] == "DRAW" for i in values.live)
    rows.append(
        f"The machine is {ratio:.1f} times as fast as NumPy over the same representation (public value agrees on "
        f"{agree:.2%} of paths). The program has {len(program.code):,} instructions and {count} draws that are read, "
        f"{len(program.histograms)} histograms and {len(program.outputs)} outputs; the decision set "
        f"{len(cut.program.code):,} instructions and {len(cut.program.outputs)} outputs, with the same bits."
    )
    rows += ["", *kind_rows(job, cut), ""]
    rows.append(
        f"Alone, in rows that lie in the nearest cache, a path costs {single['MUL']:.2f} ns for a product, "
        f"{single['DIV']:.2f} for a division and {single['EXP']:.2f} for an exponential."
    )
    return rows


def clause_rows(most: int = 14) -> list[str]:
    """Instructions by clause: where the work of the full sheet is."""
    program = full_jobs(1)[0].program
    counts = np.bincount(program.clauses, minlength=len(program.clause_names))
    order = np.argsort(-counts)[:most]
    rows = ["| clause | instructions | share |", "|---|---|---|"]
    named = ((program.clause_names[i] or "company and records", int(counts[i])) for i in order)
    return rows + [f"| {name} | {n:,} | {n / counts.sum():.1%} |" for name, n in named]


def fresh(code: str, *words: str) -> str:
    """What a program says in a process of its own."""
    run = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def memory_rows(sizes: tuple[int, ...]) -> list[str]:
    """Peak memory of `guanzi simulate` as a whole, and the start of the compiled code from its cache."""
    rows = ["| paths of `guanzi simulate` | peak memory, MB |", "|---|---|"]
    rows += [f"| {n:,} | {fresh(MEMORY, str(n))} |" for n in sizes]
    start = min(float(fresh(START)) for _ in range(3))
    return [*rows, "", f"Cached start of the compiled code: {start:.2f} s of CPU time."]


def processor() -> str:
    """Name and widest vectors of the processor."""
    info = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").is_file() else ""
    named = [line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")]
    wide = "AVX-512" if " avx512f" in info else "AVX2" if " avx2" in info else "vectors unknown"
    return f"{named[0] if named else platform.processor()}, {wide}"


def main() -> None:
    """Measure and write the page."""
    load = os.getloadavg()[0]
    head = [
        "# Throughput",
        "",
        f"Made by `python -m benchmarks.throughput` on {processor()}, Python {platform.python_version()}, "
        f"NumPy {np.__version__}; load of the machine when it began: {load:.1f} on {os.cpu_count()} processors.",
    ]
    parts = []
    for part in (toy_rows, full_rows, clause_rows, partial(memory_rows, (100_000, 10_000_000))):
        parts.append(part())
        print("\n".join(parts[-1]), flush=True)
    page = "\n".join(head) + "\n\n" + "\n\n".join("\n".join(rows) for rows in parts) + "\n"
    _, mark, comment = RESULTS.read_text("utf-8").partition(COMMENT)
    RESULTS.write_text(f"{page}\n{mark}{comment}", "utf-8")


if __name__ == "__main__":
    main()
