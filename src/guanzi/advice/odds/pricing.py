"""What a bet is worth by the odds of the register, and what it is worth to have a question answered before deciding.

A bet pays if its chance of success exceeds what is lost on failure by the sum of what is lost and gained. All worths
are parts of what is lost on failure, so a bet of which no sum is known has them, too. A question that nobody has
answered counts as yes and as no alike; knowing it first is worth what is saved where only one of the answers pays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from guanzi.study.bets import QUESTIONS, BetOdds, coded

QUARTILE = 0.25
"""An unknown ratio lies as likely in the upper as in the lower half of its scale: the middle of each half."""
ENDS: Mapping[str, tuple[float, float]] = {QUESTIONS[-1]: (QUARTILE, -QUARTILE)}
"""The code of a good and of a bad answer, where they are not those of yes and no."""


@dataclass(frozen=True, slots=True)
class PricedAnswer:
    """A question, and what its answer does to the chance.

    Attributes:
        question: Which one.
        known: Whether it is answered.
        change: What the answer adds to the chance; 0 where it is unknown.
        well, badly: The chance where it is answered well, and badly; of an answered question both are the chance.
        worth: What it is worth to know it before deciding, as a part of what is lost on failure.
    """

    question: str
    known: bool
    change: float
    well: float
    badly: float
    worth: float


@dataclass(frozen=True, slots=True)
class PricedBet:
    """A bet as the odds price it.

    Attributes:
        chance, low, high: Mean chance of success and its 90 % interval.
        needed: The chance at which it breaks even.
        answers: Every question, in its order.
    """

    chance: float
    low: float
    high: float
    needed: float
    answers: tuple[PricedAnswer, ...]

    @property
    def surplus(self) -> float:
        """The chance beyond the one at which it breaks even."""
        return self.chance - self.needed

    @property
    def worth(self) -> float:
        """What the answer is worth that it is worth most to know; 0 where all are known."""
        return max((answer.worth for answer in self.answers), default=0.0)


def price_bet(odds: BetOdds, given: Mapping[str, str | float | None], needed: float, margin: float) -> PricedBet:
    """Price a bet of a population that the register does not hold.

    Args:
        odds: What was learnt from other bets. Answers whose slope is not above zero are not counted: nobody has shown
            that they speak for a bet.
        given: What is answered, by question.
        needed: The chance at which it breaks even, from 0 to 1.
        margin: By how much the chance must exceed it.
    """
    speaks = odds.slopes[:, 0] > 0.0
    row = np.where(speaks, coded(given), 0.0)
    known = [given.get(name) is not None for name in QUESTIONS]
    rows = [row]
    for n, name in enumerate(QUESTIONS):
        for code in (0.0, *ENDS.get(name, (0.5, -0.5))):
            rows.append(row.copy())
            rows[-1][n] = code if speaks[n] else 0.0
    found = odds.forecast(np.vstack(rows), [""] * len(rows))
    chance, low, high = (float(x) for x in found[0])
    answers = []
    for n, name in enumerate(QUESTIONS):
        without, well, badly = (float(x) for x in found[1 + 3 * n : 4 + 3 * n, 0])
        if known[n]:
            answers.append(PricedAnswer(name, True, chance - without, chance, chance, 0.0))
        else:
            worth = worth_of_knowing((well, badly), needed, margin)
            answers.append(PricedAnswer(name, False, 0.0, well, badly, worth))
    return PricedBet(chance, low, high, needed, tuple(answers))


def worth_of_knowing(chances: Sequence[float], needed: float, margin: float) -> float:
    """What it is worth to know which of several equally likely chances a bet has, as a part of what it can lose.

    A bet is made where its chance is at least ``needed + margin``; the margin counts as a cost of making it. Where
    nothing can be lost, knowing is worth nothing.

    >>> round(worth_of_knowing((0.7, 0.3), 0.5, 0.0), 3), worth_of_knowing((0.9, 0.7), 0.5, 0.0)
    (0.2, 0.0)
    """
    if needed <= 0.0:
        return 0.0
    worths = [(chance - needed - margin) / needed for chance in chances]
    mean = sum(worths) / len(worths)
    return max(0.0, sum(max(worth, 0.0) for worth in worths) / len(worths) - max(mean, 0.0))
