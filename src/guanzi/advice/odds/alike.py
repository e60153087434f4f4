"""Which bets of the register were answered most like a case, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from guanzi.advice.odds.learning import answers_of
from guanzi.intake.bets import PublicBet
from guanzi.study.bets import QUESTIONS, BetOdds, coded

MOST = 10
"""So many bets are named."""


@dataclass(frozen=True, slots=True)
class AlikeBet:
    """A settled bet that was answered like the case.

    Attributes:
        bet: The row of the register.
        success: 1 worked out, ½ partly, 0 failed.
        same: Questions that both answer alike, of those that the case answers.
    """

    bet: PublicBet
    success: float
    same: int


def alike_bets(
    odds: BetOdds, given: Mapping[str, str | float | None], bets: Iterable[tuple[PublicBet, float]]
) -> tuple[AlikeBet, ...]:
    """The bets most like a case, the nearest first; none that shares no answer with it.

    The distance of two bets is by how much their answers differ, each question weighed by its slope; questions that the
    case leaves open do not count, and an open answer of a bet counts as the middle. Of equally near bets the later
    decision comes first.

    Args:
        odds: What was learnt, with a slope for each question.
        given: What the case answers, by question.
        bets: Settled bets, each with its success.
    """
    known = np.array([given.get(name) is not None for name in QUESTIONS])
    weights, own = np.where(known, np.maximum(odds.slopes[:, 0], 0.0), 0.0), coded(given)
    found = []
    for bet, success in bets:
        apart = np.abs(own - coded(answers_of(bet)))
        same = int((known & (apart < SAME)).sum())
        if same:
            found.append((float(weights @ apart), bet, success, same))
    found.sort(key=lambda one: one[1].id)
    found.sort(key=lambda one: one[1].decided, reverse=True)
    found.sort(key=lambda one: round(one[0], 9))
    return tuple(AlikeBet(bet, success, same) for _, bet, success, same in found[:MOST])


SAME = 0.1
"""Ratios of sales to plan whose codes differ by less are answered alike: a tenth of the scale from 0.01 to 10."""
