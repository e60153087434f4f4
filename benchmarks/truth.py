"""Hold everything that is said of thousands of cases to the facts, and write what was found.

The first cases are those of research notes, where they are at hand; of the others three in five are invented and two
are mutants of the library and of the cases that it lacks. All are appraised with few paths; of every tenth all papers,
pages, screens and workbooks are read in both languages, with the forecasts that monitor, every release and a fund of
three deals follow, what changed, other playbooks, sensitivity, a better deal, how far to go and a portfolio, and the
case is appraised again after changes that must not matter (order, ids, names, currency, size, a fact without use). What
is done is kept in ``build/truth.jsonl``, so that a run which was stopped goes on where it was.

Run: python -m benchmarks.truth [--cases 2000] [--before]. Writes truth.md (and truth.json, the counts) into
benchmarks/results; ``--before`` keeps the counts as those before the fixes.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from tests.truth.beside import add_beside, add_searched
from tests.truth.faults import Fault
from tests.truth.generation import CaseData
from tests.truth.known import KNOWN
from tests.truth.metamorphic import moved
from tests.truth.properties import PROPERTIES, faults_of, many
from tests.truth.reading import read
from tests.truth.refusals import refused
from tests.truth.rendered import draw_all

from guanzi.base.core import InvalidInput

ROOT = Path(__file__).resolve().parents[1]
EVERY = 10
"""Of so many cases one is read whole: papers, pages, monitor, release, fund."""
PATHS = 64
KEPT = ROOT / "build" / "truth.jsonl"
WORDS = {
    "grounded": "numbers, days and rows stand in the data",
    "denial": "no denial of what is held",
    "verdict": "one object, one verdict",
    "arithmetic": "arithmetic",
    "nouns": "words of the case",
    "pages": "pages, screens, papers and workbooks say what the document says",
    "languages": "both languages say the same numbers",
    "metamorphic": "order, ids, names, currency, size and unused facts change nothing",
    "refusal": "a case that can be read is appraised",
}


@dataclass
class Found:
    """What one case showed.

    Attributes:
        number: Its place in the list of cases.
        label: How it came about.
        whole: All papers and pages were read.
        held: Properties to which the case was held.
        kinds: Number of faults by property and kind.
        examples: One fault of each kind, in words.
    """

    number: int
    label: str
    whole: bool
    held: list[str]
    kinds: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)


def look(number: int, data: CaseData) -> Found:
    """Appraise a case and hold all that is said of it to the facts."""
    whole = number % EVERY == 0
    found = Found(number, data.label, whole, ["refusal", *PROPERTIES, *(("pages", "metamorphic") if whole else ())])
    with tempfile.TemporaryDirectory() as folder:
        try:
            followed = PATHS if whole else 0
            reading = read(data, Path(folder), paths=PATHS, followed=followed, whole=whole, released=None)
            if whole:
                add_beside(reading, Path(folder))
                add_searched(reading, Path(folder))
                draw_all(reading)
            faults = [*faults_of(reading), *(moved(data) if whole else ())]
        except InvalidInput as error:
            faults = list(refused(data, Path(folder) / "again", error))
        except Exception as error:  # whatever breaks is a fault of the product, and the run goes on
            faults = [Fault("refusal", "", "", repr(error), data.label, f"crash:{type(error).__name__}")]
    counted = Counter(f"{fault.property} {fault.id}" for fault in faults)
    found.kinds = dict(counted)
    found.examples = {f"{fault.property} {fault.id}": str(fault) for fault in reversed(faults)}
    return found


def numbered(number: int) -> Found:
    """The case of a number, appraised and held."""
    with tempfile.TemporaryDirectory() as made:
        return look(*next(many(number, number + 1, Path(made))))


def kept(path: Path) -> Iterator[Found]:
    """What earlier runs found."""
    if path.is_file():
        for line in path.read_text("utf-8").splitlines():
            yield Found(**json.loads(line))


def summed(found: list[Found]) -> dict[str, Any]:
    """Cases tried, and by kind of fault the number of cases that show it."""
    kinds: Counter[str] = Counter(kind for one in found for kind in one.kinds)
    properties: Counter[str] = Counter(name for one in found for name in {kind.partition(" ")[0] for kind in one.kinds})
    return {
        "cases": len(found),
        "whole": sum(one.whole for one in found),
        "held": dict(sorted(Counter(name for one in found for name in one.held).items())),
        "by_property": dict(sorted(properties.items())),
        "by_kind": dict(sorted(kinds.items())),
    }


def page(now: dict[str, Any], before: dict[str, Any] | None, examples: dict[str, str]) -> str:
    """The table as Markdown."""
    lines = ["# Sentences held to the facts", "", (__doc__ or "").split("\n\n")[1].replace("\n", " "), ""]
    for name, told in (("Now", now), ("Before", before)):
        if told is not None:
            tree = f" ({told['tree']})" if told["tree"] else ""
            lines += [f"{name}{tree}: {told['cases']:,} cases, {told['whole']:,} of them whole.", ""]
    lines += ["| property | cases tried | cases with a fault | kinds of fault | before: of cases | kinds |"]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, words in WORDS.items():
        tried = now["held"].get(name, 0)
        counts = [_cells(told, name) for told in (now, before)]
        held = 0 if before is None else before["held"].get(name, 0)
        old = f"{counts[1][0]:,} of {held:,} | {counts[1][1]}" if held else "not tried |"
        lines.append(f"| {words} | {tried:,} | {counts[0][0]:,} | {counts[0][1]} | {old} |")
    lines += ["", "## Kinds of fault that are left", ""]
    for kind, n in sorted(now["by_kind"].items(), key=lambda item: -item[1]):
        name, _, id = kind.partition(" ")
        lines.append(f"- {n:,} cases, {name}, `{id}`{_where(name, id)}: {examples.get(kind, '')[:400]}")
    return "\n".join(lines) + "\n"


def _cells(told: dict[str, Any] | None, name: str) -> tuple[int, int]:
    if told is None:
        return 0, 0
    return told["by_property"].get(name, 0), sum(kind.startswith(f"{name} ") for kind in told["by_kind"])


def _where(name: str, id: str) -> str:
    return next((f" ({told})" for (of, kind), told in KNOWN.items() if of == name and fnmatchcase(id, kind)), "")


def main() -> None:
    """Try the cases that are left, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--before", action="store_true")
    parser.add_argument("--tree", default="", help="what the product was, e.g. a commit")
    parser.add_argument("--kept", type=Path, default=KEPT)
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    asked = parser.parse_args()
    done = {one.number: one for one in kept(asked.kept)}
    asked.kept.parent.mkdir(parents=True, exist_ok=True)
    left = [number for number in range(asked.cases) if number not in done]
    with asked.kept.open("a", encoding="utf-8") as file, ProcessPoolExecutor(asked.workers) as pool:
        for one in pool.map(numbered, left):
            done[one.number] = one
            file.write(json.dumps(one.__dict__, ensure_ascii=False) + "\n")
            file.flush()
    found = [done[number] for number in range(asked.cases)]
    now, stored = summed(found) | {"tree": asked.tree}, asked.results / "truth.json"
    told = json.loads(stored.read_text("utf-8")) if stored.is_file() else {}
    told["before" if asked.before else "after"] = now
    stored.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", "utf-8")
    examples = {kind: text for one in reversed(found) for kind, text in one.examples.items()}
    (asked.results / "truth.md").write_text(page(now, told.get("before"), examples), "utf-8")


if __name__ == "__main__":
    main()
