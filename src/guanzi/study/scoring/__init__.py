"""Scoring: how good a ranking or a probability was, of firms that fail as of industries that come."""

from guanzi.study.scoring.measures import average_precision, ece, roc_auc

__all__ = [
    "average_precision",
    "ece",
    "roc_auc",
]
