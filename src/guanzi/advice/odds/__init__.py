"""Odds: what the register of bets says of a case, and what it is worth to ask before deciding."""

from typing import TYPE_CHECKING

from guanzi.advice.odds.alike import alike_bets
from guanzi.advice.odds.answers import STATED, CaseAnswer, case_says
from guanzi.advice.odds.learning import answers_of, odds_by, odds_without, settled_by
from guanzi.advice.odds.outside import RegisterView, register_view
from guanzi.advice.odds.pricing import PricedAnswer, PricedBet, price_bet, worth_of_knowing
from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.advice.odds.register_rows import settled
else:
    _, __getattr__ = late_names(__name__)

__all__ = [
    "STATED",
    "CaseAnswer",
    "PricedAnswer",
    "PricedBet",
    "RegisterView",
    "alike_bets",
    "answers_of",
    "case_says",
    "odds_by",
    "odds_without",
    "price_bet",
    "register_view",
    "settled",
    "settled_by",
    "worth_of_knowing",
]
