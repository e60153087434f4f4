"""Backtest: what happened against what was predicted, opened only after the appraisal is finished."""

from guanzi.backtest.backtest import Backtest, CaseResult, Decisions, Scores, backtest
from guanzi.backtest.hindsight import Hindsight, OutcomeFact, Point, Series, hindsight
from guanzi.backtest.scores import crps, in_band

__all__ = ["Hindsight", "OutcomeFact", "Point", "Series", "crps", "hindsight", "in_band"]
from guanzi.backtest.measures import Bin, Estimate
from guanzi.backtest.odds import Method, method
from guanzi.backtest.record import precedents_text
from guanzi.backtest.replay import Replay, load_library, replay
from guanzi.backtest.serial import backtest_data, backtest_json

__all__ = [
    "Backtest",
    "Bin",
    "CaseResult",
    "Decisions",
    "Estimate",
    "Hindsight",
    "Method",
    "OutcomeFact",
    "Point",
    "Replay",
    "Scores",
    "Series",
    "backtest",
    "backtest_data",
    "backtest_json",
    "hindsight",
    "load_library",
    "method",
    "precedents_text",
    "replay",
]
