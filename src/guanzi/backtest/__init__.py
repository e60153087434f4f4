"""Backtest: what happened against what was predicted, opened only after the appraisal is finished."""

from guanzi.backtest.backtest import ABLATIONS, Apart, Backtest, CaseResult, Scores, backtest, work
from guanzi.backtest.compare import COMPARATORS
from guanzi.backtest.contract import Contract, Effect, Mean, Side
from guanzi.backtest.decisions import Decisions
from guanzi.backtest.hindsight import Hindsight, OutcomeFact, Point, Series, hindsight
from guanzi.backtest.limits import limits
from guanzi.backtest.odds import Method, method
from guanzi.backtest.record import precedents_text
from guanzi.backtest.replay import Found, Replay, load_library, replay
from guanzi.backtest.replicability import STAGES, ActionData, CriterionData, PillarData, Replicability, replicability
from guanzi.backtest.serial import backtest_data, backtest_json

__all__ = [
    "ABLATIONS",
    "COMPARATORS",
    "STAGES",
    "ActionData",
    "Apart",
    "Backtest",
    "CaseResult",
    "Contract",
    "CriterionData",
    "Decisions",
    "Effect",
    "Found",
    "Hindsight",
    "Mean",
    "Method",
    "OutcomeFact",
    "PillarData",
    "Point",
    "Replay",
    "Replicability",
    "Scores",
    "Series",
    "Side",
    "backtest",
    "backtest_data",
    "backtest_json",
    "hindsight",
    "limits",
    "load_library",
    "method",
    "precedents_text",
    "replay",
    "replicability",
    "work",
]
