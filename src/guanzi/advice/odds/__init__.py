"""Odds: what the register of bets says of a case, and what it is worth to ask before deciding."""

from guanzi.advice.odds.answers import STATED, CaseAnswer, case_says
from guanzi.advice.odds.learning import answers_of, odds_by, odds_without, settled
from guanzi.advice.odds.pricing import PricedAnswer, PricedBet, price_bet, worth_of_knowing

__all__ = [
    "STATED",
    "CaseAnswer",
    "PricedAnswer",
    "PricedBet",
    "answers_of",
    "case_says",
    "odds_by",
    "odds_without",
    "price_bet",
    "settled",
    "worth_of_knowing",
]
