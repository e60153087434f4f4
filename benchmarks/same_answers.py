"""Whether a change of the code left every answer as it was: the cases of the library, appraised by two commits.

Run it with ``python -m benchmarks.same_answers COMMIT [PATHS]``; the earlier commit is checked out beside this one, and
both run in the same environment. It rewrites ``benchmarks/results/same-answers.md``. A difference is expected where a
pattern of ``benchmarks/answers_map.json`` says why; what is left is listed by its place in ``appraisal.json``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from benchmarks.commits import HERE, beside, environment, git

MAP = Path(__file__).parent / "answers_map.json"
RESULTS = Path(__file__).parent / "results" / "same-answers.md"
SHOWN = 12


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a JSON document, with its place; things of a list that have an id stand under that id."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from leaves(below, f"{place}.{key}" if place else key)
    elif isinstance(value, list) and value:
        ids = [one.get("id") if isinstance(one, dict) else None for one in value]
        named = all(isinstance(id, str) for id in ids) and len(set(ids)) == len(ids)
        for at, below in enumerate(value):
            yield from leaves(below, f"{place}.{ids[at] if named else at}")
    else:
        yield place, value


def differences(before: Any, after: Any) -> dict[str, tuple[Any, Any]]:
    """Places at which two JSON documents differ, with both values; "absent" where one has none."""
    a, b = dict(leaves(before)), dict(leaves(after))
    pairs = {place: (a.get(place, "absent"), b.get(place, "absent")) for place in sorted(a.keys() | b.keys())}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}


def appraise(tree: Path, case: str, paths: int, out: Path) -> Any:
    """What one commit says of a case of its library.

    Raises:
        subprocess.CalledProcessError: It cannot appraise the case.
    """
    words = [sys.executable, "-m", "guanzi", "appraise", case, "--paths", str(paths), "--out", str(out)]
    subprocess.run(words, env=environment(tree), cwd=tree, check=True, capture_output=True)
    return json.loads((out / "appraisal.json").read_text("utf-8"))


def rows(trees: tuple[Path, Path], paths: int, expected: dict[str, str]) -> Iterator[str]:
    """The table: a line a case, and below it what differs and is not expected."""
    left: dict[str, dict[str, tuple[Any, Any]]] = {}
    by_reason: Counter[str] = Counter()
    yield "| case | values | differ as expected | differ otherwise |"
    yield "|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        for case in sorted(one.name for one in (HERE / "src/guanzi/library/cases").iterdir() if one.is_dir()):
            before, after = (appraise(tree, case, paths, Path(folder) / str(n)) for n, tree in enumerate(trees))
            found = differences(before, after)
            why = {place: next((p for p in expected if fnmatchcase(place, p)), None) for place in found}
            by_reason.update(pattern for pattern in why.values() if pattern is not None)
            left[case] = {place: pair for place, pair in found.items() if why[place] is None}
            yield f"| {case} | {sum(1 for _ in leaves(after))} | {len(found) - len(left[case])} | {len(left[case])} |"
    yield ""
    yield "Expected, with the number of places:\n"
    yield from (f"- `{pattern}` ({by_reason[pattern]}): {why}" for pattern, why in expected.items())
    if any(left.values()):
        yield "\nNot expected:\n"
    for case, places in left.items():
        shown = list(places.items())[:SHOWN]
        yield from (f"- {case}, `{place}`: {_short(a)} → {_short(b)}" for place, (a, b) in shown)
        if len(places) > SHOWN:
            yield f"- {case}: {len(places) - SHOWN} more"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"


def main() -> None:
    """Appraise all cases twice, and write the page."""
    earlier, paths = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 512
    head = (
        f"# The same answers\n\nMade by `python -m benchmarks.same_answers {earlier} {paths}`: before is "
        f"{git('rev-parse', '--short', earlier)}, after is {git('rev-parse', '--short', 'HEAD')}; each case of the "
        f"library appraised as of its day of decision with {paths} paths and seed 1.\n"
    )
    with beside(earlier) as before:
        lines = [head]
        for row in rows((before, HERE), paths, json.loads(MAP.read_text("utf-8"))):
            print(row, flush=True)
            lines.append(row)
        RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
