"""Bets: how often public bets of a kind work out, learnt from whole populations instead of told stories."""

from guanzi.study.bets.agreement import kappa
from guanzi.study.bets.answers import (
    QUESTIONS,
    REPLACED,
    STAND_INS,
    Answers,
    coded,
    finance_of,
    sales_to_plan,
    stood_in,
)
from guanzi.study.bets.folds import (
    HeldCount,
    Settled,
    auc_interval,
    by_time,
    counts,
    drawn_sums,
    permuted,
    without_population,
)
from guanzi.study.bets.measures import SkillMeasure, SkillScores, half_auc, scores, stratified_auc
from guanzi.study.bets.model import BetOdds, learn

__all__ = [
    "QUESTIONS",
    "REPLACED",
    "STAND_INS",
    "Answers",
    "BetOdds",
    "HeldCount",
    "Settled",
    "SkillMeasure",
    "SkillScores",
    "auc_interval",
    "by_time",
    "coded",
    "counts",
    "drawn_sums",
    "finance_of",
    "half_auc",
    "kappa",
    "learn",
    "permuted",
    "sales_to_plan",
    "scores",
    "stood_in",
    "stratified_auc",
    "without_population",
]
