"""Due diligence: checks that turn facts into findings, distress scores, trends. Pure functions."""

from guanzi.study.diligence.check import Check, Need, stale_of
from guanzi.study.diligence.checks.momentum import margin_rises
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.objects import SALES, sells
from guanzi.study.diligence.plan import GRADES, Answer, answers
from guanzi.study.diligence.ratios import Score, Statements, altman_z2, distress_scores, ratio_warning, zmijewski
from guanzi.study.diligence.run import Coverage, checks, coverage, run_checks, unasked
from guanzi.study.diligence.trend import Trend, linear_trend, log_linear_trend

__all__ = [
    "GRADES",
    "SALES",
    "Answer",
    "Check",
    "Coverage",
    "DealFacts",
    "Need",
    "Score",
    "Statements",
    "Trend",
    "altman_z2",
    "answers",
    "checks",
    "coverage",
    "distress_scores",
    "linear_trend",
    "log_linear_trend",
    "margin_rises",
    "ratio_warning",
    "run_checks",
    "sells",
    "stale_of",
    "unasked",
    "zmijewski",
]
