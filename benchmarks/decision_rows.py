"""Every row of the decision table for every shipped case: what it looked at, and how it came out.

python benchmarks/decision_rows.py       # a minute; writes benchmarks/results/decision-rows.json and .md

No outcome is opened.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guanzi.advice.appraisal import Appraisal, Extent, appraise
from guanzi.advice.backtest import load_library
from guanzi.base.core import render
from guanzi.record.playbooks import load_playbook

RESULTS = Path(__file__).resolve().parent / "results"
PATHS = 4_096
PLAYBOOK = "hefei"
SPOKEN = {"pass": "passed", "fail": "failed", "no_evidence": "could not be judged", "not_applicable": "not applicable"}


def main() -> None:
    """Run, and write both files."""
    playbook = load_playbook(PLAYBOOK)
    cases = {}
    for case in load_library()[0]:
        cases[case.id] = _case(appraise(case, None, playbook, PATHS, extent=Extent(sensitivity=False)))
    data = {"playbook_sha256": playbook.sha256, "paths": PATHS, "cases": cases}
    text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
    (RESULTS / "decision-rows.json").write_text(text, encoding="utf-8", newline="\n")
    (RESULTS / "decision-rows.md").write_text(tables(data), encoding="utf-8", newline="\n")


def _case(found: Appraisal) -> dict[str, Any]:
    rows = {}
    for row in found.rows:
        figures = {id: found.figures[id].value for id in row.figures}
        rows[row.id] = {
            "stage": row.stage,
            "rule": render(row.rule.model_dump()),
            "outcome": row.outcome,
            "consequence": row.consequence,
            "figures": {id: None if value is None else float(f"{value:.4g}") for id, value in figures.items()},
            "units": {id: found.figures[id].unit for id in row.figures},
            "findings": list(row.findings),
        }
    missing = [
        {"id": m.id, "what": render(m.text.model_dump()), "rows": len(m.rows)} for m in found.missing if m.material
    ]
    return {"advice": found.advice, "rows": rows, "could_turn": missing}


def tables(data: dict[str, Any]) -> str:
    """The tables of the documentation page, each between the marks by which the page takes it in."""
    parts = {"advice": _advice(data), "rows": _rows(data)}
    head = "<!-- Made by benchmarks/decision_rows.py from decision-rows.json; do not edit. -->\n"
    return head + "".join(
        f"\n<!-- --8<-- [start:{name}] -->\n" + "\n".join(lines) + f"\n<!-- --8<-- [end:{name}] -->\n"
        for name, lines in parts.items()
    )


def _advice(data: dict[str, Any]) -> Iterator[str]:
    yield "| case | advice | could turn it (most rows first) |"
    yield "|---|---|---|"
    for name, case in sorted(data["cases"].items()):
        turns = "; ".join(f"{m['what']} ({m['rows']})" for m in case["could_turn"]) or "–"
        yield f"| `{name}` | {case['advice'].replace('_', ' ')} | {turns} |"


def _rows(data: dict[str, Any]) -> Iterator[str]:
    cases = sorted(data["cases"].items())
    yield "| row | case | outcome | value, evidence | leads to |"
    yield "|---|---|---|---|---|"
    for id in next(iter(data["cases"].values()))["rows"]:
        for name, case in cases:
            row = case["rows"][id]
            held = [f"`{f}` {_value(v, row['units'][f])}" for f, v in row["figures"].items()]
            held += [f"`{f}`" for f in row["findings"]]
            leads = "–" if row["consequence"] in ("pass", "note") else row["consequence"].replace("_", " ")
            yield f"| `{id}` | `{name}` | {SPOKEN[row['outcome']]} | {', '.join(held) or '–'} | {leads} |"


def _value(value: float | None, unit: str) -> str:
    if value is None:
        return "unknown"
    return f"{100 * value:.4g} %" if unit == "ratio" else f"{value:.4g} {unit}"


if __name__ == "__main__":
    main()
