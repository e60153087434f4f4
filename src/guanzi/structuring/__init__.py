"""Structuring: the difference of two deals, and the search for a better one that the other side would still sign."""

from guanzi.structuring.binding import Bound, tiered
from guanzi.structuring.changes import Restructured, Step
from guanzi.structuring.clauses import ClauseChange, ValueChange, compare_clauses
from guanzi.structuring.counterexamples import Counterexample, counterexamples, runs, simulable
from guanzi.structuring.difference import Difference, difference, pair_data
from guanzi.structuring.measures import MEASURES, Estimate, Measure, Pair
from guanzi.structuring.mends import mended
from guanzi.structuring.portfolio import GROUPS, Account, Holding, Portfolio, portfolio
from guanzi.structuring.restructure import restructured, tier_name
from guanzi.structuring.setting import Setting

__all__ = [
    "GROUPS",
    "MEASURES",
    "Account",
    "Bound",
    "ClauseChange",
    "Counterexample",
    "Difference",
    "Estimate",
    "Holding",
    "Measure",
    "Pair",
    "Portfolio",
    "Restructured",
    "Setting",
    "Step",
    "ValueChange",
    "compare_clauses",
    "counterexamples",
    "difference",
    "mended",
    "pair_data",
    "portfolio",
    "restructured",
    "runs",
    "simulable",
    "tier_name",
    "tiered",
]
