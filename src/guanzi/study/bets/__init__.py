"""Bets: how often public bets of a kind work out, learnt from whole populations instead of told stories.

What measures forecasts needs a large library: it loads when it is first asked for.
"""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names
from guanzi.study.bets.agreement import kappa
from guanzi.study.bets.answers import (
    COMMITTED,
    QUESTIONS,
    RATIO,
    REPLACED,
    SHORT,
    Answers,
    Floats,
    coded,
    sales_to_plan,
    stood_in,
)
from guanzi.study.bets.model import BetOdds, learn
from guanzi.study.bets.settling import YEARS_TO_OUTCOME
from guanzi.study.bets.single import BetForecast, asked_answers, forecast_bet

if TYPE_CHECKING:
    from guanzi.study.bets.folds import (
        Settled,
        auc_interval,
        by_time,
        counts,
        permuted,
        without_population,
    )
    from guanzi.study.bets.measures import SkillMeasure, SkillScores, half_auc, scores, stratified_auc
    from guanzi.study.bets.record import ExpectedSum, PlacedBet, PlaceRecord, place_record
else:
    _, __getattr__ = late_names(__name__)

__all__ = [
    "COMMITTED",
    "QUESTIONS",
    "RATIO",
    "REPLACED",
    "SHORT",
    "YEARS_TO_OUTCOME",
    "Answers",
    "BetForecast",
    "BetOdds",
    "ExpectedSum",
    "Floats",
    "PlaceRecord",
    "PlacedBet",
    "Settled",
    "SkillMeasure",
    "SkillScores",
    "asked_answers",
    "auc_interval",
    "by_time",
    "coded",
    "counts",
    "forecast_bet",
    "half_auc",
    "kappa",
    "learn",
    "permuted",
    "place_record",
    "sales_to_plan",
    "scores",
    "stood_in",
    "stratified_auc",
    "without_population",
]
