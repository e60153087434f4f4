"""What a user waits for, from every day to searches: two commits by turns on one machine, each command as a whole.

CPU seconds are those of all threads; seconds by the clock and peak memory stand beside them. Each figure is the median
of three turns after one that fills the shelves of both trees: compiled code, programs, drawings.

Run it with ``python -m benchmarks.waiting [COMMIT]``; it rewrites ``benchmarks/results/waiting.md`` up to what is said
there about the figures, which is written by hand. The page is written after every command.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.before_after import COMMAND, child
from benchmarks.commits import HERE, beside, git, write_results
from benchmarks.throughput import processor

RESULTS = Path(__file__).parent / "results" / "waiting.md"
EARLIER = "968bc6eb"
CASE = "nio-hefei-2020"
TURNS = 3
COMMANDS = {
    "`walkaway nope`, a refusal": (("walkaway", "nope"), "–"),
    "`appraise`, 20,000 paths": (("appraise", CASE, "--out", "OUT"), "3 CPU s"),
    "`demo`": (("demo", "--out", "OUT"), "5 s, 400 MB"),
    "`simulate`, 100,000 paths": (("simulate", CASE, "--paths", "100000", "--json"), "–"),
    "`walkaway`": (("walkaway", CASE), "2 CPU s"),
    "`sensitivity --facts`": (("sensitivity", CASE, "--facts"), "8 CPU s"),
    "`structure`": (("structure", CASE), "10 CPU s"),
}
"""Commands, and what was asked of the second run."""

type Waited = tuple[float, float, int]
"""CPU seconds, seconds by the clock, and peak memory in megabytes."""


def waited(tree: Path, words: list[str]) -> Waited:
    """What one run of a command takes.

    Raises:
        SystemExit: The tree cannot run it.
    """
    began = time.perf_counter()
    done = child(tree, COMMAND, *words)
    if done is None:
        raise SystemExit(f"{tree} cannot run {' '.join(words)}")
    return done[1], time.perf_counter() - began, int(done[0].splitlines()[-1])


def rows(trees: tuple[Path, Path]) -> Iterator[str]:
    """A line a command: medians before and after, and the load while it was measured."""
    yield "| command | CPU s before | after | seconds before | after | MB before | after | asked | load |"
    yield "|---|---|---|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for name, (words, asked) in COMMANDS.items():
            turns: tuple[list[Waited], list[Waited]] = ([], [])
            load = []
            for _ in range(TURNS + 1):
                for n, tree in enumerate(trees):
                    out = [str(Path(folder) / str(n)) if word == "OUT" else word for word in words]
                    turns[n].append(waited(tree, out))
                    load.append(os.getloadavg()[0])
            found = [[median(column) for column in zip(*tree[1:], strict=True)] for tree in turns]
            shown = [f"{found[n][column]:.{digits}f}" for column, digits in ((0, 1), (1, 1), (2, 0)) for n in (0, 1)]
            yield f"| {name} | {' | '.join(shown)} | {asked} | {min(load):.0f} to {max(load):.0f} |"


def main() -> None:
    """Measure, and write the page."""
    earlier = sys.argv[1] if len(sys.argv) > 1 else EARLIER
    head = (
        f"# Waiting\n\nMade by `python -m benchmarks.waiting` on {processor()}, {os.cpu_count()} processors: before is "
        f"{earlier}, after is {git('rev-parse', '--short', 'HEAD')}. Second runs, by turns, medians of {TURNS}; the "
        "last column is the load of the machine meanwhile, one is a busy processor."
    )
    lines: list[str] = []
    with beside(earlier) as before:
        for row in rows((before, HERE)):
            print(row, flush=True)
            lines.append(row)
            write_results(RESULTS, head, [lines])


if __name__ == "__main__":
    main()
