"""What a search finds on several seeds, before and after, judged on one large fresh sample.

Each search runs in a process of its own: CPU seconds, user and system, of all threads, imports and output included, and
peak memory. What it suggests is measured again on 65,536 paths that no search has seen, the same for all: by how much
goal and limits change from the draft, with standard errors, and by how much the two deals of a seed differ in the goal.
A deal that breaks a limit by more than two errors is marked.

Run ``python -m benchmarks.search_seeds COMMIT CASE SEED …``; it prints a table. Settings of a search are chosen on
other seeds than those that are reported.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.before_after import child
from benchmarks.commits import HERE, beside

from guanzi.advice.structuring.measures import BY_ID, MEASURES, Estimate, Floats
from guanzi.advice.structuring.trials import Key, Programs, Trials
from guanzi.jobs.structuring.draft import DraftRequest, open_draft

PATHS, FRESH = 65_536, 1_001
GOAL = "public.cvar"
LIMITS = ("public.npv", "company.survival", "company.survival_5y", "holders.npv")
SEARCH = r"""
import json, re, sys
from pathlib import Path
from guanzi.jobs.shared.run import Run
from guanzi.jobs.structuring.draft import DraftRequest
from guanzi.jobs.structuring.structuring import Request, find_structure, document_of
result = find_structure(Request(DraftRequest(sys.argv[1]), run=Run(paths=16_384, seed=int(sys.argv[2]))))
document_of(result)
found = result.found.suggestion
held = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1)) // 1024
print(json.dumps([None if found is None else list(found.key), held]))
"""
HEAD = ("seed", "CPU s", "MB", "tail", "value", "survival, points", "to five years, points", "other holders")

type Run = tuple[Key, float, int]


def searched(tree: Path, case: str, seed: int) -> Run:
    """What a search suggests (the draft where it suggests nothing), its CPU seconds and megabytes."""
    done = child(tree, SEARCH, case, str(seed))
    if done is None:
        raise SystemExit(f"seed {seed}: the search failed")
    key, held = json.loads(done[0].splitlines()[-1])
    return () if key is None else tuple(key), done[1], held


class Judge:
    """Deals on the fresh sample."""

    def __init__(self, case: str) -> None:
        draft = open_draft(DraftRequest(case), "--free").draft
        self._trials = Trials(Programs(draft), MEASURES, paths=PATHS, seed=FRESH, room=0)

    def changes(self, key: Key) -> dict[str, Floats]:
        """By how much a deal differs from the draft on each path."""
        own = self._trials.own_arrays
        its = own if key == () else self._trials.arrays(key)
        assert its is not None
        return {name: its[name] - own[name] for name in (GOAL, *LIMITS)}


def row(seed: int, run: Run, changes: dict[str, Floats]) -> str:
    """A line of the table."""
    cells = [str(seed), f"{run[1]:.1f}", str(run[2])]
    for name, x in changes.items():
        scale, digits = (100.0, 2) if BY_ID[name].unit == "ratio" else (1.0, 0)
        found = Estimate.of(x * scale)
        broken = " broken" if name != GOAL and found.mean < -2.0 * found.se else ""
        cells.append(f"{found.mean:+.{digits}f} ± {found.se:.{digits}f}{broken}")
    return f"| {' | '.join(cells)} |"


def rows(commit: str, case: str, seeds: list[int]) -> Iterator[str]:
    """The tables of both trees, and how the deals of a seed differ."""
    judge = Judge(case)
    with beside(commit) as before:
        for tree in (before, HERE):
            searched(tree, case, seeds[0])  # keeps what later ones find
        found = {seed: [searched(tree, case, seed) for tree in (before, HERE)] for seed in seeds}
    for n, name in enumerate((commit, "now")):
        yield f"\n{name}\n\n| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}"
        for seed in seeds:
            yield row(seed, found[seed][n], judge.changes(found[seed][n][0]))
        yield f"\nMedian CPU s: {statistics.median(runs[n][1] for runs in found.values()):.1f}"
    for seed, (a, b) in found.items():
        less = Estimate.of(judge.changes(b[0])[GOAL] - judge.changes(a[0])[GOAL])
        yield f"\nSeed {seed}: tail after less before {less.mean:+.1f} ± {less.se:.1f}"


def main() -> None:
    """Measure, and print."""
    commit, case, *seeds = sys.argv[1:]
    print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    for line in rows(commit, case, [int(seed) for seed in seeds]):
        print(line, flush=True)


if __name__ == "__main__":
    main()
