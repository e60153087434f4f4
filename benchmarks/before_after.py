"""What a user waits for, and what the machine does, before and after: two commits measured by turns on one machine.

Time is CPU time, of all threads and children; each figure of the machine is the best of several turns, each command the
best of the turns that it has. The earlier commit is checked out beside this one, with the same environment.

Run it with ``python -m benchmarks.before_after [COMMIT]``; it rewrites ``benchmarks/results/before-after.md`` up to
what is said there about the figures, which is written by hand. The page is written after every figure: whoever ends a
run early has what was measured by then. What the earlier commit cannot do is a dash. Commands run as users run them,
with their modules compiled before.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.commits import HERE, beside, git, write_results
from benchmarks.throughput import chain_of, full_jobs, kind_rows, machine, processor

RESULTS = Path(__file__).parent / "results" / "before-after.md"
EARLIER = "318fa2b"
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
from guanzi.jobs.structuring.draft import DraftRequest, open_draft
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


def child(tree: Path, code: str, *words: str) -> tuple[str, float] | None:
    """What a program says in a process of its own, and its CPU seconds; None where the tree cannot run it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPATH"] = f"{tree / 'src'}{os.pathsep}{tree}"
    run = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=env, cwd=tree)
    if run.returncode:
        print(f"{tree.name}: {run.stderr.strip().splitlines()[-1:]}", flush=True)
        return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return run.stdout.strip(), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def machine_rows(trees: tuple[Path, Path]) -> Iterator[str]:
    """Million path-steps per CPU-second, before and after."""
    found: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for _ in range(TURNS):
        for tree, so_far in zip(trees, found, strict=True):
            whole, variants = child(tree, MACHINE), child(tree, VARIANTS)
            speeds: dict[str, float] = json.loads(whole[0]) if whole is not None else {}
            if variants is not None:
                speeds["variant of a search"] = float(variants[0])
            for name, speed in speeds.items():
                so_far[name] = max(speed, so_far.get(name, 0.0))
    yield "| million path-steps per CPU-second | before | after | ratio |"
    yield "|---|---|---|---|"
    for name in dict.fromkeys((*found[0], *found[1])):
        a, b = (one.get(name) for one in found)
        yield f"| {name} | {_shown(a, 2)} | {_shown(b, 2)} | {_ratio(b, a)} |"


def command_rows(trees: tuple[Path, Path]) -> Iterator[str]:
    """CPU seconds and peak memory of commands, before and after, compiled code and programs kept from a run before."""
    yield "| command on nio-hefei-2020 | CPU s before | after | ratio | MB before | after |"
    yield "|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for name, (words, turns) in COMMANDS.items():
            best: list[tuple[float, int] | None] = [None, None]
            for turn in range(turns + 1):  # the first one keeps what later ones find
                for n, tree in enumerate(trees):
                    out = [str(Path(folder) / str(n)) if word == "OUT" else word for word in words]
                    done, so_far = child(tree, COMMAND, *out), best[n]
                    if done is None or not turn:
                        continue
                    now = (done[1], int(done[0].splitlines()[-1]))
                    best[n] = now if so_far is None else min(so_far, now)
            (a, held), (b, now_held) = ((None, None) if one is None else one for one in best)
            yield (
                f"| {name} | {_shown(a, 1)} | {_shown(b, 1)} | {_ratio(a, b)} | {_shown(held, 0)} | "
                f"{_shown(now_held, 0)} |"
            )


def _shown(figure: float | None, digits: int) -> str:
    return "–" if figure is None else f"{figure:.{digits}f}"


def _ratio(a: float | None, b: float | None) -> str:
    return "–" if a is None or b is None else f"{a / b:.2f}"


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
    """Measure, and write the page."""
    earlier = sys.argv[1] if len(sys.argv) > 1 else EARLIER
    head = (
        f"# Before and after\n\nMade by `python -m benchmarks.before_after` on {processor()}: before is {earlier}, "
        f"after is {git('rev-parse', '--short', 'HEAD')}. Load of the machine when it began: {os.getloadavg()[0]:.1f} "
        f"on {os.cpu_count()} processors."
    )
    with beside(earlier) as before:
        parts: list[list[str]] = []
        for rows in (command_rows((before, HERE)), machine_rows((before, HERE)), floor_rows()):
            parts.append([])
            for row in rows:
                print(row, flush=True)
                parts[-1].append(row)
                write_results(RESULTS, head, parts)


if __name__ == "__main__":
    main()
