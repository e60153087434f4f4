"""Structured expert judgement: who of a panel is calibrated, how to pool what they say, and whether weighing pays."""

from guanzi.study.experts.classical import Performance
from guanzi.study.experts.dispersion import Dispersion, RoundChange
from guanzi.study.experts.elicited import Assessed, Elicited, elicit, feedback
from guanzi.study.experts.evaluation import PanelResult, Unscored, evaluate_panels
from guanzi.study.experts.panel import panel_of

__all__ = [
    "Assessed",
    "Dispersion",
    "Elicited",
    "PanelResult",
    "Performance",
    "RoundChange",
    "Unscored",
    "elicit",
    "evaluate_panels",
    "feedback",
    "panel_of",
]
