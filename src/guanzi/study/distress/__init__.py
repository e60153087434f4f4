"""Distress: the probability that a firm fails, from statements with gaps; measured, calibrated, explained."""

from guanzi.study.distress.audit import Leak, audit, shared_rows
from guanzi.study.distress.card import Card, Metrics, TrainingData
from guanzi.study.distress.evaluation import Calibration, Deals, FailureEvaluation, evaluate_apart, evaluate_folds
from guanzi.study.distress.horizon import at_horizon
from guanzi.study.distress.intervals import Outcomes, conformal_outcomes, probability_intervals
from guanzi.study.distress.items import ITEMS, statement_ratios
from guanzi.study.distress.metrics import Measured
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.scoring import Part, Scored, score
from guanzi.study.distress.shift import prior_shift
from guanzi.study.distress.shipped import load_model, model_cards, model_known_on
from guanzi.study.distress.statement import CaseScore, FinancialStatement, score_case, statement
from guanzi.study.distress.storage import model_text, read_model
from guanzi.study.distress.table import FirmTable, read_labelled, read_unlabelled

__all__ = [
    "ITEMS",
    "Calibration",
    "Card",
    "CaseScore",
    "Deals",
    "DistressModel",
    "FailureEvaluation",
    "FinancialStatement",
    "FirmTable",
    "Leak",
    "Measured",
    "Metrics",
    "Outcomes",
    "Part",
    "Scored",
    "TrainingData",
    "at_horizon",
    "audit",
    "conformal_outcomes",
    "evaluate_apart",
    "evaluate_folds",
    "load_model",
    "model_cards",
    "model_known_on",
    "model_text",
    "prior_shift",
    "probability_intervals",
    "read_labelled",
    "read_model",
    "read_unlabelled",
    "score",
    "score_case",
    "shared_rows",
    "statement",
    "statement_ratios",
]
