"""Unit economics: lifecycle cost models with distributions in, and break-even, cost and margin of a unit out."""

from guanzi.study.unitcost.analysis import RESULTS, Analysis, Bar, Outcome, Quantile, ResultName, analyse, told
from guanzi.study.unitcost.casefacts import prepare_case
from guanzi.study.unitcost.fab import FAB
from guanzi.study.unitcost.model import CostModel, InputSpec
from guanzi.study.unitcost.reading import Held, Prepared, Statement, prepare
from guanzi.study.unitcost.shipped import MODELS
from guanzi.study.unitcost.spread import Interval, Lognormal, Point, Spread, Triangular
from guanzi.study.unitcost.swap_station import SWAP_STATION
from guanzi.study.unitcost.vehicle import VEHICLE

__all__ = [
    "FAB",
    "MODELS",
    "RESULTS",
    "SWAP_STATION",
    "VEHICLE",
    "Analysis",
    "Bar",
    "CostModel",
    "Held",
    "InputSpec",
    "Interval",
    "Lognormal",
    "Outcome",
    "Point",
    "Prepared",
    "Quantile",
    "ResultName",
    "Spread",
    "Statement",
    "Triangular",
    "analyse",
    "prepare",
    "prepare_case",
    "told",
]
