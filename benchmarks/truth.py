"""Hold everything that is said of thousands of cases to the facts, and write what was found.

The first cases are those of research notes, where they are at hand; of the others three in five are invented and two
are mutants of the library and of the cases that it lacks. All are appraised with few paths; of every tenth all papers,
pages, screens and workbooks are read in both languages, with the forecasts that monitor, every release and a fund of
three deals follow, what changed, other playbooks, sensitivity, a better deal, how far to go and a portfolio, and the
case is appraised again after changes that must not matter (order, ids, names, currency, size, a fact without use). What
is done is kept in ``build/truth.jsonl``, so that a run which was stopped goes on where it was. Of 57 cases of the
library, their mutants and invented ones ``make test`` reads 8 with what follows the signing, and of 20 more dossier,
brief, memorandum, minutes and money: half a minute of a core. ``make prove`` reads all 57 with
what follows the signing.

Run: python -m benchmarks.truth [--cases 2000] [--first 0] [--numbers 38 50 …] [--as after]. Writes truth.md (and
truth.json, the counts) into benchmarks/results. A run is kept under a name: ``before`` the fixes, ``after`` them,
``again`` for the faulty cases of that run on a later tree, ``fresh`` for numbers that nobody had looked at, ``prove``
for the 200 that each ``make prove`` draws anew. It ends with exit code 1 where more than ``--most`` have a fault.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from tests.truth.beside import add_beside, add_searched
from tests.truth.faults import Fault
from tests.truth.generation import CaseData
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
    "qualified": "ends of a figure and the age of accounts go with it",
    "followed": "after signing: nothing of a day to come, debts by their clause",
    "changes": "what changed is told as its two days have it, and laid to what made it",
    "refusal": "a case that can be read is appraised",
}
RUNS = {
    "before": "Before the last mends of denials, plurals and words",
    "after": "Run of 2,000",
    "again": "Faulty cases of that run, read again on a later tree",
    "fresh": "Fresh draw: numbers that nobody had looked at",
    "prove": "Last run of the long proofs: numbers drawn by the clock",
}
"""Under which names runs are kept."""
MENDED = {
    "nouns english-in-chinese:*": "product: a source is cited by its Chinese title",
    "grounded unheard:appraisal.note.few_futures.above": "harness: it knew no means of tables",
    "denial monitoring.release.solvent.*": "product: gate, release and monitor ask one question: does it go on",
    "grounded rows:position": "harness: a guarantee in force is a row of the position",
    "changes *": "product: a change is laid to what it needs, else to what suffices; harness: numbers of more digits",
    "metamorphic currency:*": "product: what is judged in yuan follows the price of a dollar that the case holds",
    "grounded cause-figures": "harness: figures laid to a change are counted as the page lays them",
    "nouns yuan:reports.parts_said": "harness: words of the sheet itself may end in a Chinese stop",
    "refusal crash:KeyError": "product: what a jump of a program reads has a row of its own",
    "qualified ends:public.amount_to_budget": "harness: a figure without two ends may be what another is at its most",
    "qualified one-end": "harness: a rate of tax is no end of the margin of an industry",
    "grounded list:causes": "harness: a change that moves nothing that is left is no row",
    "pages unheard:page": "harness: it did not know the sampling error beside a headline figure",
    "grounded number:reports.brief.more_conditions.n": "harness: what has no room on the brief is counted",
    "refusal appraisal.no_facts_yet": "harness: a day on which nothing was known is refused",
}
"""What mended a kind of fault."""


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
        "faulty": sum(bool(one.kinds) for one in found),
        "whole": sum(one.whole for one in found),
        "held": dict(sorted(Counter(name for one in found for name in one.held).items())),
        "by_property": dict(sorted(properties.items())),
        "by_kind": dict(sorted(kinds.items())),
        "examples": {kind: text[:400] for one in reversed(found) for kind, text in one.examples.items()},
    }


def page(runs: Mapping[str, Mapping[str, Any]]) -> str:
    """The runs that are kept as Markdown: properties with cases tried and faulty, and kinds of fault of each run."""
    lines = ["# Sentences held to the facts", "", (__doc__ or "").split("\n\n")[1].replace("\n", " "), ""]
    names = [name for name in RUNS if name in runs]
    for name in names:
        told = runs[name]
        tree, which = f" ({told['tree']})" if told["tree"] else "", f" {told['which']}." if told.get("which") else ""
        lines.append(f"- {RUNS[name]}{tree}: {_cases(told)}.{which}")
    lines += ["", "Cases with a fault, of cases tried:", "", "| property | " + " | ".join(names) + " |"]
    lines += ["| --- |" + " ---: |" * len(names)]
    for property, words in WORDS.items():
        cells = (f"{told['by_property'].get(property, 0):,} of {told['held'][property]:,}" if property in told["held"]
                 else "not tried" for told in (runs[name] for name in names))  # fmt: skip
        lines.append(f"| {words} | " + " | ".join(cells) + " |")
    again = runs.get("again", {}).get("by_kind")
    for name in names[1:]:
        lines += ["", f"## Kinds of fault: {RUNS[name][0].lower()}{RUNS[name][1:]}", ""]
        kinds = sorted(runs[name]["by_kind"].items(), key=lambda item: -item[1])
        for kind, n in kinds:
            left = (
                f", {again.get(kind, 0)} in the {runs['again']['cases']} read again"
                if name == "after" and again is not None
                else ""
            )
            mended = next((f" Mended in the {told}." for form, told in MENDED.items() if fnmatchcase(kind, form)), "")
            lines.append(f"- {n:,} cases{left}: `{kind}`.{mended} {runs[name]['examples'].get(kind, '')[:400]}")
        lines += [] if kinds else ["None."]
    return "\n".join(lines) + "\n"


def _cases(told: Mapping[str, Any]) -> str:
    faulty = f", {told['faulty']:,} with a fault" if "faulty" in told else ""
    return f"{told['cases']:,} cases, {told['whole']:,} of them whole{faulty}"


def main() -> int:
    """Try the cases that are left, and write the table; exit code 1 when too many have a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="number of the first case")
    parser.add_argument("--numbers", type=int, nargs="+", help="these cases and no others")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--as", dest="name", choices=RUNS, default="after", help="under which name the run is kept")
    parser.add_argument("--most", type=float, default=1.0, help="share of the cases that may have a fault")
    parser.add_argument("--tree", default="", help="what the product was, e.g. a commit")
    parser.add_argument("--kept", type=Path, default=KEPT)
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "results")
    asked = parser.parse_args()
    done = {one.number: one for one in kept(asked.kept)}
    asked.kept.parent.mkdir(parents=True, exist_ok=True)
    numbers = asked.numbers or range(asked.first, asked.first + asked.cases)
    with asked.kept.open("a", encoding="utf-8") as file, ProcessPoolExecutor(asked.workers) as pool:
        for one in pool.map(numbered, [number for number in numbers if number not in done]):
            done[one.number] = one
            file.write(json.dumps(one.__dict__, ensure_ascii=False) + "\n")
            file.flush()
    which = "" if asked.numbers or not asked.first else f"Numbers {asked.first:,} to {asked.first + asked.cases - 1:,}"
    now, stored = (
        summed([done[n] for n in numbers]) | {"tree": asked.tree, "which": which},
        asked.results / "truth.json",
    )
    told = json.loads(stored.read_text("utf-8")) if stored.is_file() else {}
    told[asked.name] = now | {"tree": asked.tree, "which": which}
    stored.write_text(json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    (asked.results / "truth.md").write_text(page(told), "utf-8")
    return int(now["faulty"] > asked.most * now["cases"])


if __name__ == "__main__":
    sys.exit(main())
