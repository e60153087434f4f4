"""Structuring: the difference of two deals, and the search for a better one that the other side would still sign."""

from guanzi.advice.structuring.binding import TieredForm, bind_to_tiers
from guanzi.advice.structuring.budget import (
    BudgetCandidate,
    BudgetChoice,
    BudgetStudy,
    Swap,
    study_budget,
)
from guanzi.advice.structuring.changes import Restructured, Step
from guanzi.advice.structuring.choosing import MOST, best_sets
from guanzi.advice.structuring.clauses import ClauseChange, compare_clauses
from guanzi.advice.structuring.counterexamples import Stories, counterexamples, make_simulable, runs
from guanzi.advice.structuring.difference import Difference, difference, pair_data
from guanzi.advice.structuring.duality import FairStep
from guanzi.advice.structuring.figures import SheetFigure, TextPassage, figures, redrafted, written
from guanzi.advice.structuring.fixes import fix_sheet
from guanzi.advice.structuring.free import FreeTerm, free_terms
from guanzi.advice.structuring.limits import MeasureLimit, parse_limits
from guanzi.advice.structuring.measures import MEASURES, TAIL, Estimate, Measure, Pair, tail
from guanzi.advice.structuring.outofsample import OutOfSamplePoint
from guanzi.advice.structuring.portfolio import GROUPS, Holding, Portfolio, PortfolioAccount, portfolio
from guanzi.advice.structuring.restructure import restructure_sheet, tier_name
from guanzi.advice.structuring.risk import herfindahl
from guanzi.advice.structuring.search import GOALS, Search, Sought, search
from guanzi.advice.structuring.setting import DealSetting
from guanzi.advice.structuring.stopping import Stopping, gate_from, stopping
from guanzi.advice.structuring.trials import Draft
from guanzi.advice.structuring.walkaway import Reach, Rival, chance_to_win, reaches, winners_curse

__all__ = [
    "GOALS",
    "GROUPS",
    "MEASURES",
    "MOST",
    "TAIL",
    "BudgetCandidate",
    "BudgetChoice",
    "BudgetStudy",
    "ClauseChange",
    "DealSetting",
    "Difference",
    "Draft",
    "Estimate",
    "FairStep",
    "FreeTerm",
    "Holding",
    "Measure",
    "MeasureLimit",
    "OutOfSamplePoint",
    "Pair",
    "Portfolio",
    "PortfolioAccount",
    "Reach",
    "Restructured",
    "Rival",
    "Search",
    "SheetFigure",
    "Sought",
    "Step",
    "Stopping",
    "Stories",
    "Swap",
    "TextPassage",
    "TieredForm",
    "best_sets",
    "bind_to_tiers",
    "chance_to_win",
    "compare_clauses",
    "counterexamples",
    "difference",
    "figures",
    "fix_sheet",
    "free_terms",
    "gate_from",
    "herfindahl",
    "make_simulable",
    "pair_data",
    "parse_limits",
    "portfolio",
    "reaches",
    "redrafted",
    "restructure_sheet",
    "runs",
    "search",
    "stopping",
    "study_budget",
    "tail",
    "tier_name",
    "winners_curse",
    "written",
]
