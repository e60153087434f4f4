"""What the appraisals of the library say first, by two commits side by side: headline, figures, reasons, gaps.

Run it with ``python -m benchmarks.headlines COMMIT [PATHS]``; the earlier commit is checked out beside this one, and
both run in the same environment. It rewrites ``benchmarks/results/headlines.md``: how many cases say something else,
and the screens of ``guanzi appraise``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.commits import HERE, beside, environment, git

RESULTS = Path(__file__).parent / "results" / "headlines.md"
CASES = "src/guanzi/library/cases"


def screen(tree: Path, case: str, paths: int, out: Path) -> list[str]:
    """The lines that one commit prints of a case, without the place of its files."""
    words = [sys.executable, "-m", "guanzi", "appraise", case, "--paths", str(paths), "--out", str(out)]
    run = subprocess.run(words, env=environment(tree), cwd=tree, check=True, capture_output=True, text=True)
    lines = [line.rstrip() for line in run.stdout.splitlines()]
    return lines[: next((n for n, line in enumerate(lines) if line.startswith("Dossier:")), len(lines))]


def advice(lines: list[str]) -> str:
    """The verdict, which is the third line."""
    return lines[2].capitalize() if len(lines) > 2 else ""


def page(trees: tuple[Path, Path], paths: int) -> Iterator[str]:
    """The table of verdicts, and below it both screens of each case."""
    said: dict[str, tuple[list[str], list[str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        shipped = [{one.name for one in (tree / CASES).iterdir() if one.is_dir()} for tree in trees]
        for case in sorted(shipped[0] & shipped[1]):
            print(case, flush=True)
            before, after = (screen(tree, case, paths, Path(folder) / str(n)) for n, tree in enumerate(trees))
            said[case] = before, after
    other = sum(before != after for before, after in said.values())
    turned = sum(advice(before) != advice(after) for before, after in said.values())
    yield f"Of {len(said)} cases {other} say something else than before, and {turned} advise something else.\n"
    yield "| case | advice before | after |\n|---|---|---|"
    yield from (f"| {case} | {advice(before)} | {advice(after)} |" for case, (before, after) in said.items())
    for case, (before, after) in said.items():
        yield f"\n## {case}\n"
        for name, lines in (("Before", before), ("After", after)):
            yield f"{name}:\n\n```text\n" + "\n".join(lines).strip() + "\n```\n"


def main() -> None:
    """Appraise all cases twice, and write the page."""
    earlier, paths = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 512
    commits = f"before is {git('rev-parse', '--short', earlier)}, after is {git('rev-parse', '--short', 'HEAD')}"
    made = f"Made by `python -m benchmarks.headlines {earlier} {paths}`: {commits}; {paths} paths, seed 1."
    head = f"# What is said first\n\n{made}\n"
    with beside(earlier) as before:
        RESULTS.write_text("\n".join([head, *page((before, HERE), paths)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
