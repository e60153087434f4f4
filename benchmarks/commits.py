"""Two commits on one machine: an earlier one is checked out beside this one, with the same environment."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parents[1]
COMMENT = "## What these figures say"


def git(*words: str) -> str:
    """What git says."""
    return subprocess.run(["git", *words], cwd=HERE, capture_output=True, text=True, check=True).stdout.strip()


@contextmanager
def beside(commit: str) -> Iterator[Path]:
    """The tree of a commit, for as long as it is asked."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        git("worktree", "add", "-q", "--detach", str(tree), commit)
        try:
            yield tree
        finally:
            git("worktree", "remove", "--force", str(tree))


def environment(tree: Path) -> dict[str, str]:
    """That of this process, with the sources of a tree."""
    return {**os.environ, "PYTHONPATH": str(tree / "src")}


def write_results(results: Path, head: str, parts: Sequence[Sequence[str]]) -> None:
    """Write what was measured, and below it what is said about the figures, which is written by hand and stays."""
    _, mark, comment = (results.read_text("utf-8") if results.is_file() else "").partition(COMMENT)
    measured = "\n\n".join([head, *("\n".join(rows) for rows in parts)])
    results.write_text(f"{measured}\n\n{mark}{comment}", "utf-8")
