"""What the linter finds in deals whose end is known, and in deals as they should be.

    python benchmarks/lint.py > benchmarks/results/lint.txt

Each sheet is linted with its case's view, or alone; findings that have a corrected deal are simulated. The table says
which flaws that history found are among the findings; false alarms on the clean sheets are counted by the judgements
that stand, each with its reason, in ``benchmarks/lint/expected.yaml``.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from guanzi.base.core import render
from guanzi.base.reading import read_yaml
from guanzi.deal.lint import LEVELS, RULES, Diagnostic
from guanzi.jobs.shared.run import Run
from guanzi.jobs.terms import linting

REPO = Path(__file__).resolve().parents[1]
PLAYBOOK, PATHS, SEED = "hefei", 4096, 1
OWN = {rule.code for rule in RULES}


def linted(sheet: str, *, simulated: bool = True) -> linting.Linted:
    """One sheet with its findings; only the linter's own rules, no packs of public rules."""
    path = REPO / sheet
    name = str(path) if path.is_file() else sheet
    run = Run(PATHS, SEED) if simulated else None
    return linting.lint_deals(linting.Request((name,), playbook=PLAYBOOK, simulated=run))[0]


def own(result: linting.Linted) -> list[Diagnostic]:
    """Findings of the linter's own rules."""
    return [d for d in result.diagnostics if d.code in OWN]


def hits(found: list[Diagnostic], entry: dict[str, Any]) -> list[Diagnostic]:
    """Findings that say what an entry expects."""
    clause = entry.get("clause", "")
    return [d for d in found if d.code in entry["codes"] and d.clause.startswith(clause)]


def counts(found: list[Diagnostic]) -> str:
    """Errors, warnings and notes as columns."""
    number = Counter(d.level for d in found)
    return " ".join(f"{number[level]:8d}" for level in LEVELS)


def row(name: str, result: linting.Linted) -> str:
    """One line of the table."""
    told = [d for d in own(result) if d in result.stories.found]
    share = f"{len(told):8d}" if result.stories.note is None or told else "       -"
    return f"{name[:34]:34s} {counts(own(result))} {share}"


def main() -> None:
    """Print tables and stories."""
    expected = read_yaml(REPO / "benchmarks" / "lint" / "expected.yaml").data
    results = {entry["sheet"]: linted(entry["sheet"]) for entry in expected["sheets"]}
    print("Findings (levels from heavy to light), and how many of them have a counterexample\n")
    print(f"{'sheet':34s} {'errors':>8s} {'warnings':>8s} {'notes':>8s} {'counter':>8s}")
    for sheet, result in results.items():
        print(row(Path(sheet).stem, result))
    print(f"\n  -: not simulated (no money moves, or a value has no bracket). {PATHS} paths, seed {SEED}.\n")
    kept = [0, 0]
    print("What history found, and what the rules say\n")
    for entry in expected["sheets"]:
        result = results[entry["sheet"]]
        print(Path(entry["sheet"]).stem)
        for one in entry.get("found", ()):
            found = hits(own(result), one)
            kept[0] += bool(found)
            kept[1] += 1
            codes = ", ".join(dict.fromkeys(d.code for d in found))
            print(f"  {'found' if found else 'MISSED':8s} {one['says']} ({codes or ', '.join(one['codes'])})")
        for one in entry.get("absent", ()):
            wrong = hits(own(result), one)
            print(f"  {'BLAMED' if wrong else 'passed':8s} {one['says']} ({', '.join(one['codes'])})")
        for one in entry.get("beyond", ()):
            print(f"  {'beyond':8s} {one['says']}: {one['because']}")
    print(f"\n{kept[0]} of {kept[1]} flaws are among the findings; what no reading can find stands as beyond.\n")
    clean(expected)
    stories(expected, results)


def clean(expected: dict[str, Any]) -> None:
    """Findings on clean sheets, right and wrong."""
    print("Deals as they should be: findings, and false alarms by hand\n")
    print(f"{'sheet':34s} {'errors':>8s} {'warnings':>8s} {'notes':>8s} {'false':>8s}")
    total = 0
    for sheet in expected["clean"]:
        name = Path(sheet).stem
        found = own(linted(sheet, simulated=False))
        judged = {(j["sheet"], j["code"]): j for j in expected["judged"]}
        false = [d for d in found if not judged.get((name, d.code), {"right": False})["right"]]
        total += len(false)
        print(f"{name:34s} {counts(found)} {len(false):8d}")
        for code in dict.fromkeys(d.code for d in found):
            judgement = judged.get((name, code), {"right": False, "because": "not judged"})
            print(f"    {code} {'right' if judgement['right'] else 'FALSE'}: {judgement['because']}")
    print(f"\n{total} false alarms on {len(expected['clean'])} clean sheets.\n")


def stories(expected: dict[str, Any], results: dict[str, linting.Linted]) -> None:
    """The counterexample of each flaw that history found, where one exists."""
    print("Counterexamples of the flaws that history found\n")
    for entry in expected["sheets"]:
        result = results[entry["sheet"]]
        for one in entry.get("found", ()):
            candidates = [d for d in hits(own(result), one) if d in result.stories.found]
            if not candidates:
                continue
            told = max(candidates, key=lambda d: result.stories.found[d].cost)
            example = result.stories.found[told]
            sheet = result.sheet
            print(f"{Path(entry['sheet']).stem}, {told.code}: {one['says']}")
            print(
                f"  it costs something on {example.share:.1%} of the paths; corrected, the deal is worth "
                f"{example.mean:,.1f} (se {example.se:.1f}) {sheet.currency} m more on average"
            )
            for line in example.lines:
                print(f"  {render(line)}")
            print()


if __name__ == "__main__":
    sys.exit(main())
