"""Technology: route against route, adoption, the window of a market, and patents."""

from guanzi.study.technology.bass import adoption
from guanzi.study.technology.patents import Family, patents_of
from guanzi.study.technology.portfolio import PatentPortfolio, portfolio
from guanzi.study.technology.routes import RouteSeries, routes_in, routes_of_case
from guanzi.study.technology.substitution import Substitution, substitution
from guanzi.study.technology.windows import (
    Opening,
    Signal,
    judge_window,
    signal_words,
    window_half,
    window_open_to,
    window_verdict,
)

__all__ = [
    "Family",
    "Opening",
    "PatentPortfolio",
    "RouteSeries",
    "Signal",
    "Substitution",
    "adoption",
    "judge_window",
    "patents_of",
    "portfolio",
    "routes_in",
    "routes_of_case",
    "signal_words",
    "substitution",
    "window_half",
    "window_open_to",
    "window_verdict",
]
