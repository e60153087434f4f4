"""The table of money: what each kind of instrument counts in each figure, before and after one sum of money.

Before: what the walks of the version of 30 November 2026 said (``money_before.json``, written once by it). After: what
the figures say now. Run it from the root of the repository: ``.venv/bin/python benchmarks/money_table.py``; it writes
``benchmarks/results/money.md``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.advice.appraisal.money_figures import EXAMPLES, FIGURES, deal  # noqa: E402

BEFORE = Path(__file__).with_name("money_before.json")
RESULT = ROOT / "benchmarks" / "results" / "money.md"

CASES = (
    "Over the 26 shipped cases (appraisals of 2,000 paths, whole) one figure differs, in its last bit: the",
    "sum of samsung-taylor-2021, 319.09999999999997 before, 319.1 after. What compliance measures differs in two:",
    "`public_total` of samsung-taylor-2021 from 199.1 to 319.1 (public works were left out), and of",
    "solyndra-fremont-2009 from 0 to 535 (the guarantee was left out). Findings of the linter are the same.",
)


def shown(value: float | str | None) -> str:
    """A cell: a number without noise, a point for nothing, a question mark for what was not known."""
    if isinstance(value, str):
        return "refused"
    return "?" if value is None else "·" if not value else f"{value:.6g}"


def table() -> str:
    """The table in Markdown; a cell that changed has both numbers."""
    before = json.loads(BEFORE.read_text("utf-8"))
    lines = [
        "# The table of money",
        "",
        "Each row is one clause of the public side, in a deal in which otherwise the founder pays; each column is a",
        "figure that adds public money up. `before → after` where they differ, `·` for nothing, `?` for not known.",
        "Amounts are those of the clause in its figure, in the unit of the sheet.",
        "",
        *CASES,
        "",
    ]
    names = list(FIGURES)
    for start in range(0, len(names), 6):
        part = names[start : start + 6]
        lines += ["| clause | " + " | ".join(part) + " |", "|---" * (len(part) + 1) + "|"]
        for word in EXAMPLES:
            cells = []
            for name in part:
                now = round(FIGURES[name].of(deal(word)) - FIGURES[name].of(deal()), 4)
                was = before[name][word]
                same = isinstance(was, float | int) and abs(was - now) < 1e-3
                cells.append(shown(now) if same else f"**{shown(was)} → {shown(now)}**")
            lines.append(f"| `{word}` | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    RESULT.write_text(table(), "utf-8")
    print(RESULT.relative_to(ROOT))
