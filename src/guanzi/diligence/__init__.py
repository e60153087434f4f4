"""Due diligence: checks that turn facts into findings, distress scores, trends. Pure functions."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from guanzi.diligence.check import Check, Need
from guanzi.diligence.deal import DealFacts
from guanzi.diligence.experts import (
    Assessed,
    Change,
    Dispersion,
    Elicited,
    PanelResult,
    Performance,
    Unscored,
    elicit,
    evaluate_panels,
    feedback,
    panel_of,
)
from guanzi.diligence.plan import GRADES, Answer, answers
from guanzi.diligence.ratios import Score, Statements, altman_z2, distress_scores, ratio_warning, zmijewski
from guanzi.diligence.reading import Reading, latest
from guanzi.diligence.run import Coverage, checks, coverage, run_checks
from guanzi.diligence.trend import Trend, log_linear_trend

if TYPE_CHECKING:
    from guanzi.diligence import distress as distress
    from guanzi.diligence import entities as entities
    from guanzi.diligence import ranking as ranking
    from guanzi.diligence import technology as technology
    from guanzi.diligence import unitcost as unitcost
    from guanzi.diligence import users as users

__all__ = [
    "GRADES",
    "Answer",
    "Assessed",
    "Change",
    "Check",
    "Coverage",
    "DealFacts",
    "Dispersion",
    "Elicited",
    "Need",
    "PanelResult",
    "Performance",
    "Reading",
    "Score",
    "Statements",
    "Trend",
    "Unscored",
    "altman_z2",
    "answers",
    "checks",
    "coverage",
    "distress",
    "distress_scores",
    "elicit",
    "entities",
    "evaluate_panels",
    "feedback",
    "latest",
    "log_linear_trend",
    "panel_of",
    "ranking",
    "ratio_warning",
    "run_checks",
    "technology",
    "unitcost",
    "users",
    "zmijewski",
]

_HEAVY = ("distress", "entities", "ranking", "technology", "unitcost", "users")


def __getattr__(name: str) -> Any:
    """``distress`` and the like are loaded when they are asked for, because their libraries are heavy."""
    if name in _HEAVY:
        return import_module(f"guanzi.diligence.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
