"""What odds are learnt from: the settled rows of the register, as the protocol says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from guanzi.base.core import Duration
from guanzi.intake.bets import PublicBet, settled_bets
from guanzi.study.bets import YEARS_TO_OUTCOME, Answers, BetOdds, Floats, coded, learn, sales_to_plan


def answers_of(bet: PublicBet) -> Answers:
    """What the register answers of a bet, with the ratio of its sales to a year of its plan."""
    return {**bet.answers, "sales_to_plan": sales_to_plan(bet.sales_before, bet.investment)}


def coded_bets(bets: Sequence[tuple[PublicBet, float]]) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Of bets with their successes what odds are learnt from: (bets, questions), successes, populations."""
    rows = np.array([coded(answers_of(bet)) for bet, _ in bets])
    return rows, np.array([success for _, success in bets]), tuple(bet.population for bet, _ in bets)


def odds_without(ids: Collection[str] = ()) -> BetOdds:
    """The odds that the register gives, learnt without some of its bets: none is forecast by its own outcome."""
    return _odds(frozenset(ids))


def odds_by(day: date, case: str = "") -> tuple[BetOdds, int] | None:
    """The odds that could be had on a day, and how many bets they are learnt from; None where none was settled.

    A bet is settled when the years have passed after which its outcome counts. Which of the younger ones had failed by
    the day is left out: their successes were not known yet. The bet that is the case itself is left out, too.
    """
    held = {bet.id for bet, _ in settled_by(day, case)}
    later = frozenset(bet.id for bet, _ in settled_bets() if bet.id not in held)
    return (_odds(later), len(held)) if held else None


def settled_by(day: date, case: str = "") -> tuple[tuple[PublicBet, float], ...]:
    """The bets from which :func:`odds_by` learns, each with its success."""
    cut = Duration(-12 * YEARS_TO_OUTCOME).after(day)
    return tuple(
        (bet, success)
        for bet, success in settled_bets()
        if bet.day is not None and bet.day < cut and bet.case != (case or None)
    )


@lru_cache(maxsize=64)
def _odds(without: frozenset[str]) -> BetOdds:
    return learn(*coded_bets([(bet, success) for bet, success in settled_bets() if bet.id not in without]))
