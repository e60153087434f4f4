"""Structured expert judgement: who of a panel is calibrated, how to pool what they say, and whether weighing pays."""

from guanzi.diligence.experts.classical import (
    Performance,
    equal_weights,
    half_cut,
    intrinsic_range,
    optimal_weights,
    performance,
    pool,
)
from guanzi.diligence.experts.evaluation import PanelResult, Unscored, evaluate_panels
from guanzi.diligence.experts.panel import Panel, Question, Seeds, panel_of, seeds_of

__all__ = [
    "Panel",
    "PanelResult",
    "Performance",
    "Question",
    "Seeds",
    "Unscored",
    "equal_weights",
    "evaluate_panels",
    "half_cut",
    "intrinsic_range",
    "optimal_weights",
    "panel_of",
    "performance",
    "pool",
    "seeds_of",
]
