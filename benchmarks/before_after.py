"""What a user waits for, and what the machine does, before and after: two commits measured by turns on one machine.

Time is CPU time, of all threads and children; each figure of the machine is the best of several turns, each command the
best of the turns that it has. The earlier commit is checked out beside this one, with the same environment.

Run it with ``python -m benchmarks.before_after [COMMIT]``; it rewrites ``benchmarks/results/before-after.md`` up to
what is said there about the figures, which is written by hand.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.throughput import chain_of, full_jobs, kind_rows, machine, processor

HERE = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results" / "before-after.md"
COMMENT = "## What these figures say"
EARLIER = "90833ed"
CASE = "nio-hefei-2020"
TURNS = 2
MACHINE = """
import json, time
from benchmarks.peers.toy import STEPS, toy_program
from benchmarks.throughput import full_jobs, machine
from guanzi.engine.simulation.run import Threads
job, cut = full_jobs(40_000)
toy, steps = toy_program(), job.grid.count
what = {
    "toy deal with rate of return": (lambda: machine(toy, 100_000), 100_000 * STEPS),
    "decision set": (lambda: machine(cut.program, 20_000), 20_000 * steps),
    "whole sheet, machine alone": (lambda: machine(job.program, 20_000), 20_000 * steps),
    "whole sheet with summaries": (lambda: Threads(1).run(job), 40_000 * steps),
}
found = dict.fromkeys(what, 0.0)
for turn in range(5):
    for name, (run, count) in what.items():
        began = time.process_time()
        run()
        if turn:
            found[name] = max(found[name], count / (time.process_time() - began) / 1e6)
print(json.dumps(found))
"""
VARIANTS = """
import time
from guanzi.advice.structuring.trials import Programs, Trials
from guanzi.advice.structuring.measures import MEASURES
from guanzi.desk.draft import DraftRequest, open_draft
draft = open_draft(DraftRequest("nio-hefei-2020"), "--free").draft
trials = Trials(Programs(draft), MEASURES, paths=16_384, seed=1, threads=1)
steps, best = 40 * 16_384, 0.0
for n, term in enumerate(draft.terms):
    key = (*draft.key[:n], 0, *draft.key[n + 1:])
    began = time.process_time()
    trials.draws(key)
    best = max(best, steps / (time.process_time() - began) / 1e6)
print(best)
"""
COMMAND = r"""
import io, re, sys
from contextlib import redirect_stdout, suppress
from pathlib import Path
from guanzi.cli import main
sys.argv[0] = "guanzi"
with redirect_stdout(io.StringIO()), suppress(SystemExit):
    main()
print(int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1)) // 1024)
"""
COMMANDS = {
    "`appraise`, 20,000 paths": (("appraise", CASE, "--paths", "20000", "--out", "OUT"), 2),
    "`structure`": (("structure", CASE, "--json"), 1),
    "`sensitivity --facts`": (("sensitivity", CASE, "--facts", "--json"), 1),
    "`simulate`, 100,000 paths": (("simulate", CASE, "--paths", "100000", "--json"), 1),
}


def child(tree: Path, code: str, *words: str) -> tuple[str, float]:
    """What a program says in a process of its own, and its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {**os.environ, "PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}"}
    run = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, env=env, cwd=tree, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return run.stdout.strip(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def machine_rows(trees: tuple[Path, Path]) -> list[str]:
    """Million path-steps per CPU-second, before and after."""
    found: list[dict[str, float]] = [{}, {}]
    for _ in range(TURNS):
        for tree, so_far in zip(trees, found, strict=True):
            for name, speed in json.loads(child(tree, MACHINE)[0]).items():
                so_far[name] = max(speed, so_far.get(name, 0.0))
            name = "variant of a search"
            so_far[name] = max(float(child(tree, VARIANTS)[0]), so_far.get(name, 0.0))
    rows = ["| million path-steps per CPU-second | before | after | ratio |", "|---|---|---|---|"]
    return rows + [f"| {n} | {x:.2f} | {found[1][n]:.2f} | {found[1][n] / x:.2f} |" for n, x in found[0].items()]


def command_rows(trees: tuple[Path, Path]) -> list[str]:
    """CPU seconds and peak memory of commands, before and after, compiled code and programs kept from a run before."""
    rows = [
        "| command on nio-hefei-2020 | CPU s before | after | ratio | MB before | after |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, (words, turns) in COMMANDS.items():
            best: list[tuple[float, int]] = [(float("inf"), 0)] * 2
            for _ in range(turns):
                for n, tree in enumerate(trees):
                    out = [str(Path(folder) / str(n)) if word == "OUT" else word for word in words]
                    said, seconds = child(tree, COMMAND, *out)
                    best[n] = min(best[n], (seconds, int(said.splitlines()[-1])))
            (a, held), (b, now) = best
            rows.append(f"| {name} | {a:.1f} | {b:.1f} | {a / b:.2f} | {held} | {now} |")
            print(rows[-1], flush=True)
    return rows


def floor_rows() -> list[str]:
    """Operations by kind of work, and what one costs where all lies in the nearest cache."""
    job, cut = full_jobs(1_000)
    rows = kind_rows(job, cut)
    single = {}
    for op in ("MUL", "DIV", "EXP"):
        chain, best = chain_of(op, 400), float("inf")
        for _ in range(10):
            began = time.process_time()
            machine(chain, 20_000)
            best = min(best, time.process_time() - began)
        single[op] = best / 400 / 20_000 * 1e9
    words = {"MUL": "a product", "DIV": "a division", "EXP": "an exponential"}
    said = ", ".join(f"{single[op]:.2f} ns for {word}" for op, word in words.items())
    return [*rows, "", f"Alone, in rows that lie in the nearest cache, a path costs {said}."]


def main() -> None:
    """Measure and write the page."""
    earlier = sys.argv[1] if len(sys.argv) > 1 else EARLIER
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        subprocess.run(["git", "worktree", "add", "-q", "--detach", str(before), earlier], cwd=HERE, check=True)
        try:
            for tree in (before, HERE):  # compiled code and programs are kept from here on
                child(tree, COMMAND, "simulate", CASE, "--paths", "1000", "--json")
            parts = [machine_rows((before, HERE))]
            print("\n".join(parts[0]), flush=True)
            parts += [command_rows((before, HERE)), floor_rows()]
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(before)], cwd=HERE, check=True)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=HERE, capture_output=True, text=True, check=True
    )
    head = (
        f"# Before and after\n\nMade by `python -m benchmarks.before_after` on {processor()}: before is {earlier}, "
        f"after is {commit.stdout.strip()}. Load of the machine when it began: {load:.1f} on "
        f"{os.cpu_count()} processors."
    )
    _, mark, comment = (RESULTS.read_text("utf-8") if RESULTS.is_file() else "").partition(COMMENT)
    RESULTS.write_text("\n\n".join([head, *("\n".join(rows) for rows in parts)]) + f"\n\n{mark}{comment}", "utf-8")


if __name__ == "__main__":
    main()
