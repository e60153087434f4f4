"""Unit economics: lifecycle cost models with distributions in, and break-even, cost and margin of a unit out."""

from guanzi.study.unitcost.analysis import RESULTS, Analysis, CostOutcome, InputBar, Quantile, ResultName, analyse, told
from guanzi.study.unitcost.casefacts import prepare_case
from guanzi.study.unitcost.fab import FAB
from guanzi.study.unitcost.model import CostModel, InputSpec
from guanzi.study.unitcost.reading import HeldInput, InputStatement, PreparedInputs, prepare
from guanzi.study.unitcost.shipped import MODELS
from guanzi.study.unitcost.spread import Interval, Lognormal, SingleValue, Spread, TriangularSpread, shape_of
from guanzi.study.unitcost.swap_station import SWAP_STATION
from guanzi.study.unitcost.vehicle import VEHICLE

__all__ = [
    "FAB",
    "MODELS",
    "RESULTS",
    "SWAP_STATION",
    "VEHICLE",
    "Analysis",
    "CostModel",
    "CostOutcome",
    "HeldInput",
    "InputBar",
    "InputSpec",
    "InputStatement",
    "Interval",
    "Lognormal",
    "PreparedInputs",
    "Quantile",
    "ResultName",
    "SingleValue",
    "Spread",
    "TriangularSpread",
    "analyse",
    "prepare",
    "prepare_case",
    "shape_of",
    "told",
]
