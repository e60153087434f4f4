"""NIO replayed report by report after its signing: which forecast of the day held the quarters that came next.

python benchmarks/replay.py       # half a minute; writes benchmarks/results/replay.json and .md

Each day uses what was known on it; what came later is read for the scores alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from guanzi.advice.following import Ahead, Replayed, count_covered, crps, replay, replay_days, sign
from guanzi.record.evidence import find_case, load_case, watched_case
from guanzi.record.playbooks import load_playbook

RESULTS = Path(__file__).resolve().parent / "results"
CASE, PLAYBOOK = "nio-hefei-2020", "hefei"
METHODS = {
    "signed": "forecast of signing",
    "learnt": "the same, weighed by what was reported",
    "fresh": "a fresh one, from the facts of the day",
    "walk": "walk from the same quarter a year before",
}
QUANTITIES = {"units": "deliveries", "revenue": "revenue"}


def main() -> None:
    """Run, and write both files."""
    case = watched_case(load_case(find_case(CASE)))
    signed = sign(case, load_playbook(PLAYBOOK))
    found = replay(case, signed, replay_days(case, signed))
    scores = list(_scores([a for d in found for a in d.ahead]))
    data = {
        "case": CASE,
        "days": [
            {"day": d.day.isoformat(), "effective_paths": round(d.effective), "refused": d.refused} for d in found
        ],
        "scores": scores,
    }
    (RESULTS / "replay.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8", newline="\n")
    (RESULTS / "replay.md").write_text(_tables(scores, found), encoding="utf-8", newline="\n")


def _scores(ahead: Sequence[Ahead]) -> Iterator[dict[str, object]]:
    for quantity in QUANTITIES:
        for method in METHODS:
            own = [a for a in ahead if (a.quantity, a.method) == (quantity, method)]
            if own:
                half, nine, n = count_covered(own)
                score = float(np.mean([crps(a) / a.came for a in own]))
                yield {
                    "quantity": quantity, "method": method, "n": n, "within_50": half, "within_90": nine,
                    "crps": round(score, 3),
                }  # fmt: skip


def _tables(scores: Sequence[dict[str, object]], found: Sequence[Replayed]) -> str:
    lines = ["<!-- Made by benchmarks/replay.py from replay.json; do not edit. -->", "<!-- --8<-- [start:scores] -->"]
    lines += [
        "| quantity | forecast | figures | in the 50 % band | in the 90 % band | CRPS by size |",
        "|---|---|---|---|---|---|",
    ]
    for s in scores:
        lines.append(
            f"| {QUANTITIES[str(s['quantity'])]} | {METHODS[str(s['method'])]} | {s['n']} | {s['within_50']} | "
            f"{s['within_90']} | {s['crps']} |"
        )
    refused = sum(d.refused for d in found)
    lines += ["<!-- --8<-- [end:scores] -->", "<!-- --8<-- [start:days] -->"]
    lines.append(f"On {refused} of {len(found)} days the forecast that learns was refused.")
    lines += ["", "| day | effective paths of 65,536 |", "|---|---|"]
    lines += [f"| {d.day.isoformat()} | {d.effective:,.0f}{' (refused)' if d.refused else ''} |" for d in found]
    lines += ["<!-- --8<-- [end:days] -->"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
