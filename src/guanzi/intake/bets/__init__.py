"""Bets: the register of public bets, and files of bets of the user's own."""

from guanzi.intake.bets.outcomes import SUCCESS, BetOutcome, outcomes, outcomes_hash, settled_bets
from guanzi.intake.bets.register import (
    BetPopulation,
    PublicBet,
    day_of_text,
    named,
    populations,
    register,
    register_hash,
    second_codings,
)

__all__ = [
    "SUCCESS",
    "BetOutcome",
    "BetPopulation",
    "PublicBet",
    "day_of_text",
    "named",
    "outcomes",
    "outcomes_hash",
    "populations",
    "register",
    "register_hash",
    "second_codings",
    "settled_bets",
]
