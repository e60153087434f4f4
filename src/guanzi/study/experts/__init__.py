"""Structured expert judgement: who of a panel is calibrated, how to pool what they say, and whether weighing pays."""

from guanzi.study.experts.classical import (
    Performance,
    equal_weights,
    half_cut,
    intrinsic_range,
    optimal_weights,
    performance,
    pool,
)
from guanzi.study.experts.density import Assessments, Pooled, assessments
from guanzi.study.experts.dispersion import Dispersion, RoundChange, change, dispersion
from guanzi.study.experts.elicited import Assessed, Elicited, ExpertResult, elicit, feedback, panel_of_round
from guanzi.study.experts.evaluation import PanelResult, Unscored, evaluate_panels
from guanzi.study.experts.panel import ExpertPanel, ExpertQuestion, Seeds, panel_of, seeds_of

__all__ = [
    "Assessed",
    "Assessments",
    "Dispersion",
    "Elicited",
    "ExpertPanel",
    "ExpertQuestion",
    "ExpertResult",
    "PanelResult",
    "Performance",
    "Pooled",
    "RoundChange",
    "Seeds",
    "Unscored",
    "assessments",
    "change",
    "dispersion",
    "elicit",
    "equal_weights",
    "evaluate_panels",
    "feedback",
    "half_cut",
    "intrinsic_range",
    "optimal_weights",
    "panel_of",
    "panel_of_round",
    "performance",
    "pool",
    "seeds_of",
]
