"""What following an advice would have brought: net benefit per scored bet, in gains of a success.

A success brings one gain, a failure costs as many gains as the ratio says, a partial success half of each. Money that
is tied to steps of the company loses half on failure: the playbook has at most half paid before the first step. Ratios
and that half are stated, and were not chosen by what came of the cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from guanzi.advice.backtest.record import SUCCESS, open_outcomes
from guanzi.record.evidence import Case

RATIOS = (0.5, 1.0, 2.0)
"""What a failure loses by what a success gains."""
PAID_FIRST = 0.5
"""Part of the money that is lost on failure where the rest waits for steps of the company."""
BACKS = ("back", "back_with_conditions")


def benefits(library: Sequence[Case], advice: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Net benefit of always no, always yes and of each table, with and without tiers; refusals are not scored."""
    labels = open_outcomes(library).labels
    scored = {name: SUCCESS[label] for name, label in labels.items() if label in SUCCESS}
    rules: dict[str, tuple[Callable[[str], bool], float]] = {
        "always no": (lambda _: False, 1.0),
        "always yes": (lambda _: True, 1.0),
        "always yes, with tiers": (lambda _: True, PAID_FIRST),
    }
    for table, found in advice.items():
        backs = {name for name, said in found.items() if said in BACKS}
        rules[f"`{table}`"] = (backs.__contains__, 1.0)
        rules[f"`{table}`, with tiers"] = (backs.__contains__, PAID_FIRST)
    return {"scored": len(scored), "rules": {name: _row(scored, *rule) for name, rule in rules.items()}}


def _row(scored: Mapping[str, float], made: Callable[[str], bool], lost: float) -> dict[str, Any]:
    bets = [success for name, success in scored.items() if made(name)]
    return {
        "made": len(bets),
        "failures": bets.count(0.0),
        "left": sum(success == 1.0 for name, success in scored.items() if not made(name)),
        "net": [round(sum(s - ratio * lost * (1 - s) for s in bets) / len(scored), 4) for ratio in RATIOS],
    }
