"""Bets: the register of public bets, and files of bets of the user's own."""

from guanzi.intake.bets.asked import AskedBet, BetFile, read_bets, read_outcomes
from guanzi.intake.bets.outcomes import SUCCESS, BetOutcome, PopulationRecord, outcomes, outcomes_hash, settled_bets
from guanzi.intake.bets.places import case_answers
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
    "AskedBet",
    "BetFile",
    "BetOutcome",
    "BetPopulation",
    "PopulationRecord",
    "PublicBet",
    "case_answers",
    "day_of_text",
    "named",
    "outcomes",
    "outcomes_hash",
    "populations",
    "read_bets",
    "read_outcomes",
    "register",
    "register_hash",
    "second_codings",
    "settled_bets",
]
