"""Backtest: what happened against what was predicted, opened only after the appraisal is finished."""

from guanzi.advice.backtest.backtest import ABLATIONS, Apart, Backtest, CaseResult, Scores, backtest, work
from guanzi.advice.backtest.compare import COMPARATORS
from guanzi.advice.backtest.contract import Contract, Mean, Side, TieringEffect
from guanzi.advice.backtest.decisions import Decisions
from guanzi.advice.backtest.hindsight import Hindsight, OutcomeFact, Point, Series, hindsight
from guanzi.advice.backtest.limits import limits
from guanzi.advice.backtest.odds import Method, method
from guanzi.advice.backtest.record import precedents_text
from guanzi.advice.backtest.replay import FindingCounts, Replay, load_library, replay
from guanzi.advice.backtest.replicability import (
    STAGES,
    ActionData,
    CriterionData,
    PillarData,
    Replicability,
    replicability,
)
from guanzi.advice.backtest.serial import backtest_data, backtest_json

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
    "FindingCounts",
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
    "TieringEffect",
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
