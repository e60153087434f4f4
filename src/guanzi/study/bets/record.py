"""Luck or method: what came of the bets of one place against what is expected of bets that were answered alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guanzi.study.bets.answers import QUESTIONS, Floats
from guanzi.study.bets.folds import drawn_sums
from guanzi.study.bets.model import BetOdds

type Verdict = Literal["better", "as_expected", "worse"]
type BetSource = Literal["register", "case", "file"]

DRAWS, SEED = 20_000, 20261130
RARE = 0.05
"""A record that comes about less often than this is not what is expected."""
MOST_HIDDEN = 60
"""So many forgotten failures are tried at most."""


@dataclass(frozen=True, slots=True)
class PlacedBet:
    """A settled bet of the place.

    Attributes:
        id, name: Its own; the name is empty where only the id says it.
        population: The one whose level it has; empty: none, the pooled level.
        decided: As written.
        row: Its answers as numbers.
        success: 1, ½ or 0.
        source: Who holds it.
        knew: Who answered knew how it ended.
        alone: Its chance by the level of its population, with nothing answered.
        answered: Its chance with its answers.
    """

    id: str
    name: str
    population: str
    decided: str
    row: Floats
    success: float
    source: BetSource
    knew: bool
    alone: float = 0.0
    answered: float = 0.0


@dataclass(frozen=True, slots=True)
class ExpectedSum:
    """The sum of successes as it is forecast.

    Attributes:
        mean: Its mean.
        low, high: 90 % interval.
        as_many: Chance of as many successes as came, or more.
        as_few: Chance of as few, or fewer.
    """

    mean: float
    low: float
    high: float
    as_many: float
    as_few: float


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A record.

    Attributes:
        of: Whose.
        bets: Those that are settled, by the day of decision.
        unsettled: Ids of known bets without an outcome.
        came: Sum of successes.
        unanswered: What is expected with nothing answered.
        answered: What is expected with the answers.
        hidden: The fewest failures nobody wrote of with which a record that is better than expected would no longer be;
            None: it is not better, or more than ``MOST_HIDDEN`` would be needed.
    """

    of: str
    bets: tuple[PlacedBet, ...]
    unsettled: tuple[str, ...]
    came: float
    unanswered: ExpectedSum
    answered: ExpectedSum
    hidden: int | None

    @property
    def verdict(self) -> Verdict:
        """Whether it is what is expected of bets that were answered alike."""
        return "better" if self.answered.as_many < RARE else "worse" if self.answered.as_few < RARE else "as_expected"


def place_record(odds: BetOdds, bets: Sequence[PlacedBet], of: str, unsettled: tuple[str, ...] = ()) -> PlaceRecord:
    """The record of settled bets, at least one, against odds that were learnt without them."""
    ordered = sorted(bets, key=lambda bet: (bet.decided, bet.id))
    populations, rows = [bet.population for bet in ordered], np.array([bet.row for bet in ordered])
    nothing = np.zeros_like(rows)
    alone, told = (odds.forecast(x, populations)[:, 0].tolist() for x in (nothing, rows))
    placed = tuple(replace(bet, alone=a, answered=t) for bet, a, t in zip(ordered, alone, told, strict=True))
    came = sum(bet.success for bet in bets)
    unanswered, answered = (_expected(drawn_sums(odds, x, populations, DRAWS, SEED), came) for x in (nothing, rows))
    hidden = _hidden(odds, rows, populations, came) if answered.as_many < RARE else None
    return PlaceRecord(of, placed, unsettled, came, unanswered, answered, hidden)


def _expected(sums: NDArray[np.int64], came: float) -> ExpectedSum:
    low, high = np.quantile(sums, (0.05, 0.95))
    many, few = float((sums >= came).mean()), float((sums <= came).mean())
    return ExpectedSum(float(sums.mean()), float(low), float(high), many, few)


def _hidden(odds: BetOdds, rows: Floats, populations: list[str], came: float) -> int | None:
    """The fewest failures of which nothing is known that make as many successes no longer rare."""
    for more in range(1, MOST_HIDDEN + 1):
        longer = np.vstack([rows, np.zeros((more, len(QUESTIONS)))])
        sums = drawn_sums(odds, longer, [*populations, *[""] * more], DRAWS // 4, SEED)
        if float((sums >= came).mean()) >= RARE:
            return more
    return None
