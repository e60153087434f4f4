"""Structuring: the difference of two deals, and the search for a better one that the other side would still sign."""

from guanzi.structuring.binding import Bound, tiered
from guanzi.structuring.changes import Restructured, Step
from guanzi.structuring.clauses import ClauseChange, ValueChange, compare_clauses
from guanzi.structuring.counterexamples import Counterexample, counterexamples, runs, simulable
from guanzi.structuring.difference import Difference, difference, pair_data
from guanzi.structuring.figures import Figure, figures
from guanzi.structuring.free import FreeTerm, free_terms
from guanzi.structuring.fresh import Point
from guanzi.structuring.limits import Limit, parse_limits
from guanzi.structuring.measures import MEASURES, Estimate, Measure, Pair
from guanzi.structuring.mends import mended
from guanzi.structuring.portfolio import GROUPS, Account, Holding, Portfolio, portfolio
from guanzi.structuring.prices import Clash, Price
from guanzi.structuring.restructure import restructured, tier_name
from guanzi.structuring.search import GOALS, Search, search
from guanzi.structuring.setting import Setting
from guanzi.structuring.stopping import Stopping, gated_from, stopping
from guanzi.structuring.trials import Draft
from guanzi.structuring.walkaway import Reach, Rival, Rung, chance_to_win, reaches, winners_curse

__all__ = [
    "GOALS",
    "GROUPS",
    "MEASURES",
    "Account",
    "Bound",
    "Clash",
    "ClauseChange",
    "Counterexample",
    "Difference",
    "Draft",
    "Estimate",
    "Figure",
    "FreeTerm",
    "Holding",
    "Limit",
    "Measure",
    "Pair",
    "Point",
    "Portfolio",
    "Price",
    "Reach",
    "Restructured",
    "Rival",
    "Rung",
    "Search",
    "Setting",
    "Step",
    "Stopping",
    "ValueChange",
    "chance_to_win",
    "compare_clauses",
    "counterexamples",
    "difference",
    "figures",
    "free_terms",
    "gated_from",
    "mended",
    "pair_data",
    "parse_limits",
    "portfolio",
    "reaches",
    "restructured",
    "runs",
    "search",
    "simulable",
    "stopping",
    "tier_name",
    "tiered",
    "winners_curse",
]
