"""Backtest: what happened against what was predicted, opened only after the appraisal is finished."""

from guanzi.advice.backtest.backtest import ABLATIONS, Backtest, CaseResult, Scores, backtest, work
from guanzi.advice.backtest.compare import COMPARATORS
from guanzi.advice.backtest.contract import Contract, Mean, TieringEffect
from guanzi.advice.backtest.hindsight import Hindsight, OutcomeFact, Point, Series, hindsight
from guanzi.advice.backtest.limits import limits
from guanzi.advice.backtest.odds import method
from guanzi.advice.backtest.playbook_fit import playbook_fits
from guanzi.advice.backtest.record import SUCCESS, judged_bets, precedents_text, settled_bet
from guanzi.advice.backtest.replay import load_library, replay
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
    "SUCCESS",
    "ActionData",
    "Backtest",
    "CaseResult",
    "Contract",
    "CriterionData",
    "Hindsight",
    "Mean",
    "OutcomeFact",
    "PillarData",
    "Point",
    "Replicability",
    "Scores",
    "Series",
    "TieringEffect",
    "backtest",
    "backtest_data",
    "backtest_json",
    "hindsight",
    "judged_bets",
    "limits",
    "load_library",
    "method",
    "playbook_fits",
    "precedents_text",
    "replay",
    "replicability",
    "settled_bet",
    "work",
]
