"""Rows of the register as what whole forecasts are tried on: with success, population, sponsor and day."""

from __future__ import annotations

from collections.abc import Sequence

from guanzi.advice.odds.learning import coded_bets
from guanzi.intake.bets import PublicBet, settled_bets
from guanzi.study.bets import Settled


def settled(bets: Sequence[tuple[PublicBet, float]] | None = None) -> Settled:
    """Bets with their successes as what is learnt from; by default all that the register holds."""
    given = settled_bets() if bets is None else bets
    rows, success, populations = coded_bets(given)
    clusters, days = tuple(bet.cluster for bet, _ in given), tuple(bet.day for bet, _ in given)
    return Settled(rows, success, populations, clusters, days)
