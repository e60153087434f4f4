"""Every row of the decision table for every shipped case, and the advice of the table that prices what is not known.

python -m benchmarks.decision_rows       # two minutes; writes benchmarks/results/decision-rows.json and .md

Outcomes are opened last, for what following each table would have brought; nothing is computed of a case after that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.net_benefit import RATIOS, benefits

from guanzi.advice.appraisal import Appraisal, AppraisalOptions, appraise
from guanzi.advice.backtest import load_library
from guanzi.base.core import render
from guanzi.record.playbooks import load_playbook

RESULTS = Path(__file__).resolve().parent / "results"
PATHS = 4_096
PLAYBOOK, PRICED = "hefei", "hefei-priced"
ODDS = ("odds.success", "odds.needed", "odds.waiting", "odds.worth", "odds.waiting_cost", "odds.expected_loss")
OPEN = "insufficient_evidence"
SPOKEN = {"pass": "passed", "fail": "failed", "no_evidence": "could not be judged", "not_applicable": "not applicable"}


def main() -> None:
    """Run, and write both files."""
    playbook, priced = load_playbook(PLAYBOOK), load_playbook(PRICED)
    library, options = load_library()[0], AppraisalOptions(sensitivity=False)
    cases = {case.id: _case(appraise(case, None, playbook, PATHS, options=options)) for case in library}
    pricing = {case.id: _priced(appraise(case, None, priced, PATHS, options=options)) for case in library}
    advice = {PLAYBOOK: _advices(cases), PRICED: _advices(pricing)}
    data = {
        "playbook_sha256": playbook.sha256,
        "paths": PATHS,
        "cases": cases,
        "priced_sha256": priced.sha256,
        "priced": pricing,
        "benefit": benefits(library, advice),
    }
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


def _priced(found: Appraisal) -> dict[str, Any]:
    odds = {id: found.figures[id].value for id in ODDS if id in found.figures}
    return {
        "advice": found.advice,
        "sum_known": "public.amount" in found.figures and found.figures["public.amount"].value is not None,
        "decided": [row.id for row in found.rows if row.decided],
        "precedents": [demand.id for demand in found.demands if demand.precedent],
        "conditions": len(found.demands),
        "odds": {id: None if value is None else float(f"{value:.4g}") for id, value in odds.items()},
        "fetch": [render(m.text.model_dump()) for m in found.missing if m.id.startswith("odds.")][:3],
    }


def _advices(cases: dict[str, Any]) -> dict[str, str]:
    return {name: case["advice"] for name, case in cases.items()}


def tables(data: dict[str, Any]) -> str:
    """The tables of the documentation page, each between the marks by which the page takes it in."""
    parts = {"priced": _compared(data), "benefit": _benefit(data), "advice": _advice(data), "rows": _rows(data)}
    head = "<!-- Made by benchmarks/decision_rows.py from decision-rows.json; do not edit. -->\n"
    return head + "".join(
        f"\n<!-- --8<-- [start:{name}] -->\n" + "\n".join(lines) + f"\n<!-- --8<-- [end:{name}] -->\n"
        for name, lines in parts.items()
    )


def _compared(data: dict[str, Any]) -> Iterator[str]:
    """The advice of both tables, and why the second says so."""
    put_off = [sum(case["advice"] == OPEN for case in data[key].values()) for key in ("cases", "priced")]
    n = len(data["cases"])
    yield f"The evidence does not suffice for {put_off[0]} of {n} cases with `{PLAYBOOK}` ({put_off[0] / n:.0%}),"
    yield f"and for {put_off[1]} with `{PRICED}` ({put_off[1] / n:.0%})."
    yield ""
    yield "| case | `hefei` | `hefei-priced` | chance / needed | why | before money is paid |"
    yield "|---|---|---|---|---|---|"
    for name, case in sorted(data["priced"].items()):
        odds, before = case["odds"], data["cases"][name]["advice"].replace("_", " ")
        told = f"{odds['odds.success']:.0%} / {odds['odds.needed']:.0%}" if odds else "–"
        yield f"| `{name}` | {before} | {_said(case)} | {told} | {_why(case)} | {_ids(case['precedents'])} |"


def _said(case: dict[str, Any]) -> str:
    backs = case["advice"] in ("back", "back_with_conditions")
    return "negotiate on conditions" if backs and not case["sum_known"] else case["advice"].replace("_", " ")


def _why(case: dict[str, Any]) -> str:
    odds = case["odds"]
    if case["advice"] == OPEN:
        worth = f"knowing is worth {odds['odds.worth']:.1%} of the money at risk, waiting costs"
        return f"{worth} {odds['odds.waiting_cost']:.1%}; fetch: {'; '.join(case['fetch'])}"
    if case["advice"] == "decline":
        return f"not met: {_ids(case['decided'])}"
    return f"the chance is enough; {case['conditions']} conditions"


def _ids(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _benefit(data: dict[str, Any]) -> Iterator[str]:
    heads = " | ".join(f"net benefit, loss is {ratio:g} gains" for ratio in RATIOS)
    scored = data["benefit"]["scored"]
    yield f"| followed | bets made, of {scored} scored | failures among them | successes left | {heads} |"
    yield "|---|---|---|---|" + "---|" * len(RATIOS)
    for name, row in data["benefit"]["rules"].items():
        values = " | ".join(f"{value:+.3f}" for value in row["net"])
        yield f"| {name} | {row['made']} | {row['failures']} | {row['left']} | {values} |"


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
