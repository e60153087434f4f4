"""Unit economics: lifecycle cost models with distributions in, and break-even, cost and margin of a unit out."""

from guanzi.study.unitcost.analysis import RESULTS, Analysis, CostOutcome, Quantile, analyse, finite_or_words
from guanzi.study.unitcost.casefacts import prepare_case
from guanzi.study.unitcost.model import CostModel
from guanzi.study.unitcost.reading import HeldInput, InputStatement, PreparedInputs, prepare
from guanzi.study.unitcost.shipped import MODELS
from guanzi.study.unitcost.spread import shape_of

__all__ = [
    "MODELS",
    "RESULTS",
    "Analysis",
    "CostModel",
    "CostOutcome",
    "HeldInput",
    "InputStatement",
    "PreparedInputs",
    "Quantile",
    "analyse",
    "finite_or_words",
    "prepare",
    "prepare_case",
    "shape_of",
]
