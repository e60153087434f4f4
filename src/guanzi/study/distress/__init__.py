"""Distress: the probability that a firm fails, from statements with gaps; measured, calibrated, explained."""

from guanzi.study.distress.audit import Leak, audit, shared_rows
from guanzi.study.distress.card import Card, Metrics, TrainingData
from guanzi.study.distress.evaluation import Calibration, Deals, FailureEvaluation, evaluate_apart, evaluate_folds
from guanzi.study.distress.horizon import at_horizon
from guanzi.study.distress.items import statement_ratios
from guanzi.study.distress.metrics import Measured
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.scoring import Scored, score
from guanzi.study.distress.shipped import load_model, model_cards, model_known_on
from guanzi.study.distress.statement import CaseScore, score_case, statement
from guanzi.study.distress.storage import model_text
from guanzi.study.distress.table import FirmTable, read_labelled, read_unlabelled

__all__ = [
    "Calibration",
    "Card",
    "CaseScore",
    "Deals",
    "DistressModel",
    "FailureEvaluation",
    "FirmTable",
    "Leak",
    "Measured",
    "Metrics",
    "Scored",
    "TrainingData",
    "at_horizon",
    "audit",
    "evaluate_apart",
    "evaluate_folds",
    "load_model",
    "model_cards",
    "model_known_on",
    "model_text",
    "read_labelled",
    "read_unlabelled",
    "score",
    "score_case",
    "shared_rows",
    "statement",
    "statement_ratios",
]
