"""Research notes into cases: what of them carries over without a hand, measured on a folder of notes.

Run: python benchmarks/notes.py NOTES --state after [--results benchmarks/results].

`--state` names the column; earlier columns of the results are kept, so that the same command tells before and after.
A fact carries over when its name and unit are of the vocabulary and no doubt keeps it from the analyses. One step is
the import's own: nearest names accepted, dates confirmed with one reason. Nothing is measured against an outcome.
"""

from __future__ import annotations

import argparse
import inspect
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from guanzi.base.core import render
from guanzi.intake.notes import import_notes
from guanzi.record.evidence import Case, load_case, read_outcome
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME

REASON = "The note says that the content describes the state at the decision."
ROWS = {
    "notes": "notes",
    "facts": "facts known at the decision",
    "carried": "carry over without a hand",
    "doubtful": "come in as doubtful",
    "unknown": "with a name outside the vocabulary",
    "stepped": "carry over after one step",
    "fit": "cases that are fit",
    "fit_confirmed": "cases that are fit once dates are confirmed",
    "fit_stepped": "cases that are fit after one step*",
    "labelled": "labels, of notes that have one",
    "told": "notes with a label",
    "duties": "instalments and covenants",
    "in_sheet": "of them in the term sheet",
    "named": "left out in part or whole, and named by the import",
    "unsaid": "left out, and not named",
}


def main() -> None:
    """Import every note of a folder, count, and write the table with all states."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--state", required=True)
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    asked = parser.parse_args()
    paths = sorted(asked.notes.glob("*.yaml"))
    if not paths:
        sys.exit(f"no notes in {asked.notes}")
    counted: Counter[str] = Counter(notes=len(paths))
    labels = {}
    for path in paths:
        counts, label = measure(path)
        counted.update(counts)
        labels[path.stem] = label
    kept = asked.results / "notes.json"
    states = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    states[asked.state] = {"counts": {key: counted[key] for key in ROWS}, "labels": labels}
    kept.write_text(json.dumps(states, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (asked.results / "notes.md").write_text(page(states), encoding="utf-8")
    print(page(states))


def measure(path: Path) -> tuple[Counter[str], list[str]]:
    """What became of one note, and its label: as told, as read, and the decision."""
    notes = yaml.safe_load(path.read_text("utf-8"))
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        made = import_notes(path, Path(folder) / "made")
        case = load_case(made.folder)
        sheet = case.sheets[0].document.data
        left = [render(r.text, "en") for r in made.remarks if "later_clause" in r.text.id or "clause_part" in r.text.id]
        counted["facts"] += len(case.facts)
        counted["carried"] += sum(carried(f.name, f.unit, f.availability) for f in case.facts)
        counted["doubtful"] += sum(f.availability == "doubtful" for f in case.facts)
        counted["unknown"] += sum(f.name not in UNITS_BY_NAME for f in case.facts)
        counted["fit"] += case.fitness == "fit"
        clauses = set(sheet.get("unknown_clauses", {})) | set(sheet.get("instruments", {}))
        duties = [f"instalment_{n}" for n, _ in enumerate(notes.get("tranches") or [], 1)]
        duties += [f"clause_{n}" for n, _ in enumerate(notes.get("covenants") or [], 1)]
        counted["duties"] += len(duties)
        for duty in duties:
            held = any(id == duty or id.startswith(f"{duty}_") for id in clauses)
            said = any(f"{duty} " in f"{text} " or f"{duty}_" in text for text in left)
            counted["in_sheet"] += held
            counted["named"] += said
            counted["unsaid"] += not held and not said
        told = str(notes.get("outcome_label") or "")
        label = read_outcome(made.folder).label
        counted["told"] += bool(told)
        counted["labelled"] += label is not None
        confirmed = one_step(path, Path(folder) / "confirmed", accept_names=False) or case
        counted["fit_confirmed"] += confirmed.fitness == "fit"
        stepped = one_step(path, Path(folder) / "stepped", accept_names=True) or case
        counted["stepped"] += sum(carried(f.name, f.unit, f.availability) for f in stepped.facts)
        counted["fit_stepped"] += stepped.fitness == "fit"
    return counted, [told, label.label if label else "", case.decision]


def carried(name: str, unit: str, availability: str) -> bool:
    """Whether analyses find and count a fact as it was imported."""
    return unit in UNITS_BY_NAME.get(name, ()) and availability == "confirmed"


def one_step(path: Path, out: Path, accept_names: bool) -> Case | None:
    """The case with nearest names accepted and dates confirmed; None before the import could do that."""
    if "confirm" not in inspect.signature(import_notes).parameters:
        return None
    return load_case(import_notes(path, out, accept_names=accept_names, confirm=REASON).folder)


def page(states: dict[str, Any]) -> str:
    """The table of all states, and how each label was read."""
    lines = ["# Research notes into cases", ""]
    lines += ["`python benchmarks/notes.py NOTES --state NAME`, over the notes behind the library's cases.", ""]
    lines += ["| | " + " | ".join(states) + " |", "|---|" + "---:|" * len(states)]
    for key, said in ROWS.items():
        lines.append(f"| {said} | " + " | ".join(cell(state["counts"], key) for state in states.values()) + " |")
    last = list(states)[-1]
    lines += ["", "\\* An offer that has its name from the vocabulary no longer counts as a fact about the company."]
    lines += ["", f"## Labels ({last})", "", "| note | told | label | decision |", "|---|---|---|---|"]
    for id, (told, label, decision) in states[last]["labels"].items():
        lines.append(f"| {id} | {told} | {label or '–'} | {decision} |")
    return "\n".join(lines) + "\n"


def cell(counts: dict[str, int], key: str) -> str:
    """A count, with its share where it is part of the facts."""
    if key in ("carried", "doubtful", "unknown", "stepped") and counts["facts"]:
        return f"{counts[key]} ({counts[key] / counts['facts']:.0%})"
    return str(counts.get(key, counts["fit"] if key == "fit_confirmed" else ""))


if __name__ == "__main__":
    main()
