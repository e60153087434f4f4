"""Bets: the register of public bets, and files of bets of the user's own."""

from guanzi.intake.bets.asked import BET_COLUMNS, AskedBet, BetFile, read_bets, read_outcomes
from guanzi.intake.bets.outcomes import BetOutcome, PopulationRecord, outcomes, outcomes_hash, settled_bets
from guanzi.intake.bets.places import case_answers
from guanzi.intake.bets.register import (
    PublicBet,
    day_of_text,
    named,
    populations,
    register,
    register_hash,
    second_codings,
)

__all__ = [
    "BET_COLUMNS",
    "AskedBet",
    "BetFile",
    "BetOutcome",
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
