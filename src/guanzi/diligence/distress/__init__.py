"""Distress: the probability that a firm fails, from statements with gaps; measured, calibrated, explained."""

from guanzi.diligence.distress.audit import Leak, audit, shared_rows
from guanzi.diligence.distress.card import Card, Metrics, TrainingData
from guanzi.diligence.distress.evaluation import Calibration, Evaluation, evaluate_apart, evaluate_folds
from guanzi.diligence.distress.horizon import HORIZONS, at_horizon
from guanzi.diligence.distress.intervals import Outcomes, conformal_outcomes, probability_intervals
from guanzi.diligence.distress.items import ITEMS, statement_ratios
from guanzi.diligence.distress.metrics import Measured
from guanzi.diligence.distress.model import DistressModel
from guanzi.diligence.distress.scoring import Part, Scored, score
from guanzi.diligence.distress.shift import prior_shift
from guanzi.diligence.distress.shipped import load_model, model_cards, model_known_on
from guanzi.diligence.distress.statement import CaseScore, Statement, score_case, statement
from guanzi.diligence.distress.storage import model_text, read_model
from guanzi.diligence.distress.table import Table, labelled, unlabelled

__all__ = [
    "HORIZONS",
    "ITEMS",
    "Calibration",
    "Card",
    "CaseScore",
    "DistressModel",
    "Evaluation",
    "Leak",
    "Measured",
    "Metrics",
    "Outcomes",
    "Part",
    "Scored",
    "Statement",
    "Table",
    "TrainingData",
    "at_horizon",
    "audit",
    "conformal_outcomes",
    "evaluate_apart",
    "evaluate_folds",
    "labelled",
    "load_model",
    "model_cards",
    "model_known_on",
    "model_text",
    "prior_shift",
    "probability_intervals",
    "read_model",
    "score",
    "score_case",
    "shared_rows",
    "statement",
    "statement_ratios",
    "unlabelled",
]
