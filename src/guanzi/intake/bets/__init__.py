"""Bets: the register of public bets, and files of bets of the user's own."""

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
    "BetPopulation",
    "PublicBet",
    "day_of_text",
    "named",
    "populations",
    "register",
    "register_hash",
    "second_codings",
]
