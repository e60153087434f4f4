"""What a search costs and finds, before and after: two commits by turns, each command in a process of its own.

CPU seconds, user and system, of all threads, imports and output included: the median of three runs, after one that
keeps what later ones find. What ``structure`` suggests is asked on five seeds of either: the change of the goal out of
sample.

Run it with ``python -m benchmarks.searches [COMMIT]``; it rewrites ``benchmarks/results/searches.md`` up to what is
said there about the figures, which is written by hand.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.before_after import COMMAND, child
from benchmarks.commits import HERE, beside, git, write_results
from benchmarks.throughput import processor

RESULTS = Path(__file__).parent / "results" / "searches.md"
EARLIER = "968bc6eb"
CASE = "nio-hefei-2020"
TURNS, SEEDS = 3, (1, 2, 3, 4, 5)
COMMANDS = {
    "`walkaway`": (("walkaway", CASE), 2),
    "`sensitivity --facts`": (("sensitivity", CASE, "--facts"), 8),
    "`structure`": (("structure", CASE), 10),
}
FOUND = """
import json, sys
from guanzi.jobs.shared.run import Run
from guanzi.jobs.structuring.draft import DraftRequest
from guanzi.jobs.structuring.structuring import Request, data, find_structure
run = Run(paths=16_384, seed=int(sys.argv[2]))
print(json.dumps(data(find_structure(Request(DraftRequest(sys.argv[1]), run=run)))["suggestion"]))
"""


def cost_rows(trees: tuple[Path, Path]) -> Iterator[str]:
    """CPU seconds and peak memory of each command."""
    yield f"| command on {CASE} | CPU s before | after | asked | MB before | after |"
    yield "|---|---|---|---|---|---|"
    for name, (words, asked) in COMMANDS.items():
        taken: tuple[list[tuple[float, int]], ...] = ([], [])
        for turn in range(TURNS + 1):
            for tree, so_far in zip(trees, taken, strict=True):
                done = child(tree, COMMAND, *words)
                if done is not None and turn:
                    so_far.append((done[1], int(done[0].splitlines()[-1])))
        (a, held), (b, now) = ((statistics.median(x) for x in zip(*runs, strict=True)) for runs in taken)
        yield f"| {name} | {a:.1f} | {b:.1f} | {asked} | {held:.0f} | {now:.0f} |"


def found_rows(trees: tuple[Path, Path]) -> Iterator[str]:
    """The suggestion of each seed: by how much tail and value change out of sample, in units of the sheet."""
    yield "| `structure` by seed | before: tail, value | after: tail, value |"
    yield "|---|---|---|"
    for seed in SEEDS:
        yield f"| {seed} | {' | '.join(_changes(child(tree, FOUND, CASE, str(seed))) for tree in trees)} |"


def _changes(done: tuple[str, float] | None) -> str:
    suggestion = None if done is None else json.loads(done[0].splitlines()[-1])
    if suggestion is None:
        return "none"
    change = {pair["id"]: pair["difference"]["mean"] for pair in suggestion["results"]}
    return f"{change['public.cvar']:+.1f}, {change['public.npv']:+.1f}"


def main() -> None:
    """Measure, and write the page."""
    earlier = sys.argv[1] if len(sys.argv) > 1 else EARLIER
    head = (
        f"# Searches\n\nMade by `python -m benchmarks.searches` on {processor()}: before is {earlier}, after is "
        f"{git('rev-parse', '--short', 'HEAD')}. Load of the machine when it began: {os.getloadavg()[0]:.1f} on "
        f"{os.cpu_count()} processors."
    )
    with beside(earlier) as before:
        trees = before, HERE
        parts = [list(rows) for rows in (cost_rows(trees), found_rows(trees))]
    write_results(RESULTS, head, parts)


if __name__ == "__main__":
    main()
