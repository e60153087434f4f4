"""Distress: the probability that a firm fails, from statements with gaps; measured, calibrated, explained."""

from guanzi.diligence.distress.audit import Leak, audit, shared_rows
from guanzi.diligence.distress.evaluation import Calibration, Evaluation, evaluate_apart, evaluate_folds
from guanzi.diligence.distress.metrics import Measured
from guanzi.diligence.distress.model import DistressModel
from guanzi.diligence.distress.shift import prior_shift
from guanzi.diligence.distress.table import Table, labelled, unlabelled

__all__ = [
    "Calibration",
    "DistressModel",
    "Evaluation",
    "Leak",
    "Measured",
    "Table",
    "audit",
    "evaluate_apart",
    "evaluate_folds",
    "labelled",
    "prior_shift",
    "shared_rows",
    "unlabelled",
]
