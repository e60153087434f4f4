"""What following a rule would have brought: the advice, a probability, and simple rules, one stake per bet.

Stakes differ by a thousand times and most are not known, so every bet counts the same: +1 for a success, −1 for a
failure, 0 if partial; and once more with a failure that costs twice what a success brings.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from guanzi.advice.backtest.replay import Replay
from guanzi.study import forecasting
from guanzi.study.forecasting import BootstrapEstimate, Floats

FOR_YES = ("back", "back_with_conditions")
DOUBLE = 2.0


class ScoredCase(Protocol):
    """A scored case, as far as a rule looks at it."""

    @property
    def replay(self) -> Replay:
        """The case as it stood on the day."""

    @property
    def probability(self) -> float:
        """Of success."""

    @property
    def base_rate(self) -> float:
        """Of success, by bets of other cities."""

    @property
    def success(self) -> float | None:
        """By the record."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What following a rule would have brought.

    Attributes:
        yes: Bets that it would have made.
        value: Successes less failures among them.
        per_bet: Value by bet that was offered, with an interval from resampling cities.
        double: Value where a failure costs twice what a success brings.
        failures_backed: Failures among the bets made.
        successes_missed: Successes among those left.
    """

    yes: int
    value: float
    per_bet: BootstrapEstimate
    double: float
    failures_backed: int
    successes_missed: int


def decide_all(scored: Sequence[ScoredCase]) -> dict[str, Decisions]:
    """Every rule on every scored case."""
    return {name: _decided(rule, scored) for name, rule in RULES.items()}


RULES: Mapping[str, Callable[[ScoredCase], bool]] = {
    "advice": lambda r: r.replay.advice in FOR_YES,
    "advice_without_conditions": lambda r: r.replay.advice == "back",
    "probability_above_half": lambda r: r.probability > 0.5,
    "base_rate_above_half": lambda r: r.base_rate > 0.5,
    "zmijewski_safe": lambda r: r.replay.distress is None or r.replay.distress <= 0.5,
    "has_sold": lambda r: r.replay.has_sold,
    "always_yes": lambda r: True,
    "always_no": lambda r: False,
}
"""Name to whether a rule makes a bet."""


def _decided(rule: Callable[[ScoredCase], bool], scored: Sequence[ScoredCase]) -> Decisions:
    made = np.array([float(rule(r)) for r in scored])
    y = np.array([r.success or 0.0 for r in scored])
    cities = [r.replay.profile.region for r in scored]
    return Decisions(
        yes=int(made.sum()),
        value=float(_value(made, y, 1.0).sum()),
        per_bet=forecasting.estimate(lambda p, of: float(_value(p, of, 1.0).mean()), made, y, cities),
        double=float(_value(made, y, DOUBLE).sum()),
        failures_backed=int(((made == 1.0) & (y == 0.0)).sum()),
        successes_missed=int(((made == 0.0) & (y == 1.0)).sum()),
    )


def _value(made: Floats, y: Floats, cost: float) -> Floats:
    return np.asarray(made * (y - cost * (1.0 - y)))
