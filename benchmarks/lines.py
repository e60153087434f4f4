"""Lines of Python of each package of ``src`` at several commits.

``python -m benchmarks.lines COMMIT…`` counts them, and the present commit, and rewrites the table of
``benchmarks/results/lines.md``; what stands below the table is kept.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from benchmarks.commits import HERE, git

PAGE = Path(__file__).parent / "results" / "lines.md"
ROOT = "src/guanzi/"


def counted(commit: str) -> Counter[str]:
    """Lines of each package at a commit."""
    files = [name for name in git("ls-tree", "-r", "--name-only", commit, ROOT).splitlines() if name.endswith(".py")]
    asked = "".join(f"{commit}:{name}\n" for name in files).encode()
    told = subprocess.run(["git", "cat-file", "--batch"], cwd=HERE, input=asked, capture_output=True, check=True).stdout
    found: Counter[str] = Counter()
    for name in files:
        head, _, told = told.partition(b"\n")
        size = int(head.split()[2])
        package, inner, _ = name.removeprefix(ROOT).partition("/")
        found[package if inner else "(files beside)"] += told[:size].count(b"\n")
        told = told[size + 1 :]
    return found


def main() -> None:
    """Count, and write the page."""
    named = [git("rev-parse", "--short=8", commit) for commit in (*sys.argv[1:], "HEAD")]
    asked = " ".join(sys.argv[1:])
    columns = [counted(commit) for commit in named]
    lines = [
        f"# Lines by package\n\nMade by `python -m benchmarks.lines {asked}`: lines of `.py` below `src/guanzi`.\n",
        f"| package | {' | '.join(named)} |",
        f"|---|{'--:|' * len(named)}",
    ]
    for package in sorted({name for column in columns for name in column}):
        lines.append(f"| {package} | {' | '.join(f'{column[package]:,}' for column in columns)} |")
    lines.append(f"| **all** | {' | '.join(f'{column.total():,}' for column in columns)} |")
    _, mark, below = PAGE.read_text("utf-8").partition("\n## ") if PAGE.exists() else ("", "", "")
    PAGE.write_text("\n".join(lines) + "\n" + mark + below, "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
